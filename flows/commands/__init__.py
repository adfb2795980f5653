"""The commands behind ``parley``."""
