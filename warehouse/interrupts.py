"""Ctrl-C while DuckDB works."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def interruptible() -> Iterator[None]:
    """
    Raise Ctrl-C as what it is.

    DuckDB's binding swallows the KeyboardInterrupt that comes during a query and
    raises a RuntimeError instead, which the user would get to see as a crash.
    """
    try:
        yield
    except (RuntimeError, duckdb.InterruptException) as error:
        if isinstance(error, RuntimeError) and "Query interrupted" not in str(error):
            raise
        raise KeyboardInterrupt from error
