"""From the bytes of a feed to its items, and which of them were seen before."""
