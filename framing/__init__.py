"""What is said: pure functions from text to frames. No network, clock, database or screen."""
