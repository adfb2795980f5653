"""What several pages say in the same words: how copies are counted, and what a frame is."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

WIRES = (
    "Copies of one text count once, however many outlets print it; the tooltip also says how many articles it reached. "
    "A copy that was not recognised as one still counts as a text. "
)


def describe(frame: Mapping[str, Any], frames: Mapping[str, Mapping[str, Any]]) -> None:
    """What the frame means and whom it serves; its mirror by name."""
    mirror = frames.get(frame["mirror"] or "")
    words = {**frame, "mirror": None if mirror is None else f"{mirror['label']} ({mirror['code']})"}
    for heading, field in (
        ("Definition", "definition"),
        ("Looks like it, and is not", "is_not"),
        ("Serves", "serves"),
        ("Why it serves", "serves_reason"),
        ("Mirror: the same of the other side", "mirror"),
        ("Why it has no mirror", "no_mirror"),
    ):
        if words[field]:
            left, right = st.columns([1, 3])
            left.caption(heading)
            right.text(words[field])
