"""Search: what a reader typed, as patterns that DuckDB matches without any extension."""

import re
from typing import Final

from framing.errors import ParleyError

MAX_TERMS: Final = 8
MIN_STEM: Final = 2
_TERM: Final = re.compile(r'"([^"]*)"|(\S+)')
_BEFORE: Final = r"(^|[^\p{L}\p{N}])"
_AFTER: Final = r"($|[^\p{L}\p{N}])"
_BETWEEN: Final = r"[^\p{L}\p{N}]+"
_ALIKE: Final = {"е": "[её]", "ё": "[её]"}
"""Written one way or the other by the same newsroom, as in framing.tokens."""
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»", '"'))
_WORD: Final = re.compile(r"[^\W_]+")


class QueryError(ParleyError):
    """What was typed cannot be searched for."""


def read_query(query: str) -> tuple[str, ...]:
    """
    Read what a reader typed.

    Args:
        query: Words between spaces, all of which must occur, in any order and any case: ``ceasefire``;
            ``capitul*`` for a beginning; ``"peace plan"`` for words side by side.

    Returns:
        One pattern per term in RE2's language, for ``regexp_matches``; a text is found when all match.
        Its three groups are what stands before the term, the term, and what stands after it. Matching
        takes time linear in the text whatever was typed.

    Raises:
        QueryError: Nothing to search for, a beginning that is too short, or too many terms.
    """
    terms = [phrase or word for phrase, word in _TERM.findall(query.translate(_QUOTES))]
    terms = [term for term in terms if _WORD.search(term)]
    if not terms:
        raise QueryError("There is no word to search for. Type words, such as: ceasefire Witkoff")
    if len(terms) > MAX_TERMS:
        raise QueryError(f"{len(terms)} terms are too many, at most {MAX_TERMS} are searched for. Leave some out.")
    return tuple(map(_pattern, terms))


def _pattern(term: str) -> str:
    """Punctuation around a word is dropped; inside, it is as good as any other."""
    is_stem = term.rstrip(".,;:!?").endswith("*")
    words = _WORD.findall(term)
    if is_stem and len(words[-1]) < MIN_STEM:
        raise QueryError(f"{term!r} would find nearly every text. Give at least {MIN_STEM} letters before the star.")
    body = _BETWEEN.join("".join(_ALIKE.get(c.lower(), re.escape(c)) for c in word) for word in words)
    return f"(?i){_BEFORE}({body}){'()' if is_stem else _AFTER}"
