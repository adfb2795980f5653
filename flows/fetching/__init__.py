"""The network edge: guarded, bounded in time and size, polite."""
