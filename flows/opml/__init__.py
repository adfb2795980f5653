"""Lists of feeds: read, taken into the registry, handed out."""
