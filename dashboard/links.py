"""Addresses of the dashboard's own pages with a choice in them, as the pages' controls write them themselves."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from dashboard import voices


def evidence(code: str, voice: str, outlets: Sequence[str], first: date, last: date) -> str:
    """
    The sentences behind a number.

    Args:
        code: Name of a code as the page *Evidence* lists it.
        voice: As in ``voices.NAMES``.
        outlets: Names as ``data.outlets`` gives them; none: all.
        first: First UTC day, within the archive.
        last: Last one.
    """
    choice = {"code": code, "voice": voices.NAMES[voice], "of": list(outlets), "period": [first, last]}
    return f"evidence?{urlencode(choice, doseq=True)}"


def trend(frame: str, voice: str, kind: str, unit: str) -> str:
    """
    A frame over time in one outlet or class.

    Args:
        frame: Name of the frame as the page *Trends* lists it.
        voice: As in ``voices.NAMES``.
        kind: outlet or class.
        unit: Its name as that page lists it.
    """
    lines = {"outlet": "Outlets", "class": "Classes"}[kind]
    choice = {"frame": frame, "voice": voices.NAMES[voice], "by": lines, lines.lower(): unit}
    return f"trends?{urlencode(choice)}"
