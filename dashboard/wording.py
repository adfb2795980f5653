"""What several pages say in the same words: whose voice is counted, and what a frame is."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

ANY_VOICE = (
    "**Any voice:** who speaks is not measured yet, so an article that quotes a frame, or even refutes it, counts "
    "like one that asserts it. Read this as *how much the frame is in the air*, not as what an outlet stands for. "
)
WIRES = "Copies of one wire text count each, so intervals are too narrow where outlets share a wire. "


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
