"""What a text makes of those it names: mentions, tone, the part they play, and words that take a side."""
