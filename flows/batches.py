"""Work in batches: what is fetched, then stored in one transaction."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
BATCH = 50
"""Feeds or pages stored in one transaction: what a kill can cost at most."""


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """``[1, 2, 3], 2`` -> ``[1, 2], [3]``."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
