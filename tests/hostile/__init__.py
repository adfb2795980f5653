"""The hostile web: outlets that do what the real web does, each with the end it must come to."""
