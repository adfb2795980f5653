"""Method: what each number means, how far each code can be trusted, and where Parley is known to fail."""

from typing import Any

import streamlit as st
from pandas import DataFrame

from dashboard import citing, data, empty, quality, shown, units, wording

TITLE = "Method"
ICON = ":material/science:"
POSITION = 12

WORDS = (
    "- **n, k**: articles measured, and those of them that carry the frame, copies included. **reach** is k / n.\n"
    "- **n_eff, k_eff**: the same in independent texts: copies of one text count once. **share** is k_eff / n_eff: the "
    "figure to lead with.\n"
    "- **share_low, share_high**: the 95 % interval of the share. Where two intervals overlap widely, the order is not "
    "settled.\n"
    "- **shrunken_share**: the share drawn towards that of the outlet's class, the more so the fewer texts it rests "
    "on.\n"
    "- **too_few**: fewer than 8 independent texts: to be looked at, not compared or ranked.\n"
    "- **coverage_flag**: whether that day's feeds answered. A fall on a flagged day is no change of framing.\n"
    "- **voice**: the outlet's own, quoted, reported, rejected, in scare quotes; *any* is all of them together.\n"
    "- **q**: p corrected for all that was compared together.\n"
    "- **null** is *not measured*, and is never counted as no."
)
HOW_TO_READ = (
    "**Precision**: of the sentences in which the frame was found, the share that carries it by the coders' word. "
    "**Recall**: of all sentences that carry it, the share in which it was found. **Blank is not known**: without a "
    "judged sample (*Label*) nobody knows, however many cues there are. Both are about sentences, in any voice. "
)


def show(archive: data.Archive) -> None:
    """From the words to the figures to the whole account."""
    st.markdown(WORDS)
    st.code(citing.citation(data.about(archive), archive.publication.path), language=None, wrap_lines=True)
    frames = data.frames(archive)
    if not frames:
        empty.explain(archive)
    else:
        show_frame(frames)
        show_quality(archive)
    show_account()


def show_frame(frames: dict[str, dict[str, Any]]) -> None:
    """One frame in words."""
    st.subheader("What a frame is")
    frame_id = st.selectbox(
        "Frame",
        list(frames),
        format_func=lambda key: f"{frames[key]['label']} ({frames[key]['code']})",
        key="frame",
        bind="query-params",
    )
    wording.describe(frames[frame_id], frames)


def show_quality(archive: data.Archive) -> None:
    """How far each frame can be trusted in each language."""
    st.subheader("How far to trust a frame")
    rows = quality.quality(archive)
    judged = rows[rows["n_decided"].fillna(0) > 0]
    st.caption(
        f"{HOW_TO_READ}**{len(judged):,} of {units.counted(len(rows), 'pair')}** of frame and language have judged "
        f"sentences. {old_samples(judged)}"
    )
    shown.numbers(rows, "parley-quality.csv", COLUMNS, list(COLUMNS))


def old_samples(judged: DataFrame) -> str:
    """Whether the judged answers are still those of the codebook in use."""
    n_old = int((~judged["is_current"].astype(bool)).sum())
    return f"**{n_old:,} of them judged the answers of an older codebook.**" if n_old else ""


def show_account() -> None:
    """The whole account, with the evaluation and the known failures."""
    st.subheader("The whole account")
    sections = quality.sections()
    if not sections:
        st.text("docs/methodology.md is not part of this installation; it stands in the source of Parley.")
    for heading, body in sections.items():
        with st.expander(heading):
            st.markdown(body)


PERCENT = {
    name: st.column_config.NumberColumn(label, format="percent")
    for name, label in (
        ("precision", "precision"),
        ("precision_low", "from"),
        ("precision_high", "to"),
        ("recall", "recall"),
        ("recall_low", "recall from"),
        ("recall_high", "recall to"),
        ("share_unmeasured", "articles not measured"),
    )
}
COLUMNS: dict[str, Any] = {
    "label": st.column_config.TextColumn("frame", pinned=True),
    "language": "language",
    "n_cues": "cues",
    "n_decided": "sentences judged",
    **{name: PERCENT[name] for name in ("precision", "precision_low", "precision_high")},
    **{name: PERCENT[name] for name in ("recall", "recall_low", "recall_high")},
    "alpha": st.column_config.NumberColumn("coders' alpha", format="%.2f"),
    "is_current": "of this codebook",
    "n_articles": "articles",
    "share_unmeasured": PERCENT["share_unmeasured"],
}
