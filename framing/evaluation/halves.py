"""The two halves of every labelled corpus: one to tune on, one that is only ever scored."""

import hashlib
from typing import Final

TUNED: Final = "A"
"""May be read, and tuned on."""
HELD_OUT: Final = "B"
"""Is only ever scored; nobody reads its texts."""


def half_of(document_id: str) -> str:
    """
    Which half a document belongs to, for ever: the first hex digit of its SHA-256 is even (A) or odd (B).

    Args:
        document_id: As its corpus names the document, without folder or file ending.
    """
    first_digit = hashlib.sha256(document_id.encode()).hexdigest()[0]
    return TUNED if int(first_digit, 16) % 2 == 0 else HELD_OUT
