"""Measuring the framing engine on labelled texts."""
