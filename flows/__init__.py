"""When things happen, and the network edge: one module per flow."""
