"""Lines of a page that lead to other stories or name advertisements: they change, and nobody edited the article."""

import re
from typing import Final

# Before the headline of another story, or alone. By language (en, de, fr, ru, uk).
_LEADS_ELSEWHERE: Final = """
    read more
    read also
    also read
    see also
    related
    more on this story
    recommended
    lesen sie auch
    lesen sie mehr
    mehr zum thema
    lire aussi
    à lire aussi
    lire également
    читайте также
    читать также
    смотрите также
    читайте подробнее
    подробнее
    по теме
    читайте також
    дивіться також
    читайте більше
    детальніше
    за темою
"""
# Alone in their line only: "Anzeige: ..." may report a charge.
_ADVERTISES: Final = """
    advertisement
    skip advertisement
    story continues below advertisement
    article continues below advertisement
    sponsored
    anzeige
    werbung
    publicité
    реклама
"""
MAX_LINKED: Final = 250
"""Characters after the colon: a headline. What is longer says something."""


def _any_of(table: str) -> str:
    """The table's lines as alternatives; an empty one would match anywhere, in quadratic time."""
    return "|".join(re.escape(line.strip()) for line in table.splitlines() if line.strip())


_FURNITURE: Final = re.compile(
    rf"^[^\w\n]*(?:(?:{_any_of(_LEADS_ELSEWHERE)})[ \t]*:[^\n]{{0,{MAX_LINKED}}}"
    rf"|(?:{_any_of(_LEADS_ELSEWHERE + _ADVERTISES)})[^\w\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)


def without_furniture(text: str) -> str:
    """The text with empty lines where labels stand: "Read more: ...", "Anzeige". Time is linear in the text."""
    return _FURNITURE.sub("", text)
