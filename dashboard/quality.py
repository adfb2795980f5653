"""The dashboard's reading of how far each code is to be trusted, and of the page that says what is counted."""

import re
from functools import cache
from pathlib import Path

from pandas import DataFrame

from dashboard.data import Archive, kept, rows_of

PAGE = Path(__file__).parents[1] / "docs" / "methodology.md"

_SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)


@kept
def quality(archive: Archive) -> DataFrame:
    """``quality`` without the cues themselves, in the codebook's order."""
    return rows_of(
        archive,
        """
        select q.* exclude (cues)
        from quality as q
        join frame as f using (frame_id)
        order by f.position, q.language
        """,
    )


@cache
def sections() -> dict[str, str]:
    """The sections of docs/methodology.md by heading; none where Parley was installed without its documents."""
    if not PAGE.exists():
        return {}
    return dict(_SECTION.findall(PAGE.read_text(encoding="utf-8")))
