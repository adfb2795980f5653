"""Where things are: the only package that opens DuckDB."""
