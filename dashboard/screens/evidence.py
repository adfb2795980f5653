"""Evidence: the sentences behind a number, each with its cue and the way to its source."""

from itertools import groupby
from typing import Any

import streamlit as st

from dashboard import data, empty, filters, foreign, texts, voices
from framing.codebook import KIND_NAMES

TITLE = "Evidence"
ICON = ":material/format_quote:"
POSITION = 5

VOICE = (
    "Beneath each sentence stands whose voice the frame is in; a rule may have erred. Read it before you count it, and "
    "follow the link for what stands around it. Each answer is archived as it came: the file lies in the home's `warc` "
    "folder."
)


def show(archive: data.Archive) -> None:
    """Choose, then read."""
    days = data.days(archive)
    codes = all_codes(archive)
    if days is None or not codes:
        empty.explain(archive)
        return
    left, voiced, right = st.columns([5, 2.5, 3], vertical_alignment="bottom")
    code = left.selectbox("What", list(codes), format_func=codes.__getitem__, key="code", bind="query-params")
    voice = voices.choose(voiced, sorted(voices.NAMES, key=lambda name: name != voices.ANY))
    period = filters.choose_period(right, days)
    outlets = filters.choose_outlets(data.outlets(archive))
    if period is None:
        return
    kind, code_id = code.split(":", 1)
    n_places, n_articles = texts.n_evidence(archive, kind, code_id, voice, outlets, *period)
    if not n_places:
        st.info(
            "No sentence in this choice. Widen the period, or choose another voice or other outlets.",
            icon=":material/search_off:",
        )
        return
    st.caption(f"**{n_places:,}** places in **{n_articles:,}** dated articles on the talks. {VOICE}")
    page = filters.choose_page(n_articles, texts.A_PAGE, of=(code, voice, outlets, period))
    places = texts.evidence(archive, kind, code_id, voice, outlets, *period, page)
    for _, article in groupby(places, key=lambda place: place["article_id"]):
        show_article(list(article))


def all_codes(archive: data.Archive) -> dict[str, str]:
    """Names of all there is evidence for, by kind and id: ``frame:deadlock``."""
    frames = {f"frame:{key}": f"{row['label']} ({row['code']})" for key, row in data.frames(archive).items()}
    tags = {
        f"{kind}:{key}": f"{KIND_NAMES[kind].capitalize()}: {row['label']} ({row['code']})"
        for (kind, key), row in texts.tags(archive).items()
    }
    return frames | tags


def show_article(places: list[dict[str, Any]]) -> None:
    """One article's sentences; several places in one sentence are marked in it together."""
    first = places[0]
    with st.container(border=True):
        st.html(foreign.headline(first))
        for _, sentence in groupby(places, key=lambda place: (place["part"], place["sentence_start"])):
            st.html(sentence_html(list(sentence)))
        st.html(foreign.archived(first) + foreign.read_here(first))


def sentence_html(places: list[dict[str, Any]]) -> str:
    """A sentence with its marks and, beneath, whose voice each is in and the cues that found it."""
    first = places[0]
    start = first["sentence_start"]
    marked = foreign.highlighted(first["sentence"], [(p["start_char"] - start, p["end_char"] - start) for p in places])
    where = "headline" if first["part"] == "title" else "text"
    cues: dict[str, list[str]] = {}
    for place in places:
        cues.setdefault(voices.told(place["voice"], place["speaker"], place["reason"]), []).append(place["cue"])
    told = " · ".join(f"{voice} · cue: {'; '.join(dict.fromkeys(found))}" for voice, found in cues.items())
    return foreign.block(marked) + foreign.small(f"{where} · {told}")
