"""Read: one article with every hit in it, its states, and whose words it carries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import streamlit as st
from pandas import DataFrame

from dashboard import annotated, articles, data, foreign, shown, units, voices
from dashboard.screens.edits import describe_frames, describe_notice, describe_time
from dashboard.screens.evidence import all_codes

TITLE = "Read"
ICON = ":material/article:"
POSITION = 7

NEWEST = 10
"""Articles offered where none is asked for."""

HOW_TO_READ = (
    "- **A colour is a voice, a number is a hit**; its reason stands beneath the text under that number. Rules of "
    "grammar tell the voices apart and fail at times: the sentence decides, not the colour.\n"
    "- **A hit is a cue that was found, no judgement of the article.** What no cue describes is not found.\n"
    "- **Words count as reused where 23 or more in a row stood in another article first**, of those that Parley saw in "
    "the 30 days before. An origin that Parley does not watch stays unknown: first seen is not first written.\n"
    "- **The text is that of the latest visit**; earlier states are told beneath by what changed."
)


def show(archive: data.Archive) -> None:
    """Find the article, then read it."""
    named = st.text_input(
        "Article",
        key="article",
        placeholder="Its address, or its id in the views",
        help="As in the views: `article.url` or `article.article_id`. Evidence, Search and Edits lead here.",
        bind="query-params",
    )
    found = articles.find(archive, named.strip()) if named and named.strip() else None
    if found is None:
        offer(articles.newest(archive, NEWEST))
    elif len(found) == 1:
        show_article(archive, found[0])
    else:
        st.warning(
            "Two outlets have an article at this address: name one by its id. *Search* finds both."
            if found
            else "No stored article has this address or id. Addresses are kept without tracking parameters; *Search* "
            "finds an article by its words.",
            icon=":material/search_off:",
        )


def offer(newest: Sequence[Mapping[str, Any]]) -> None:
    """What could be read, the newest first."""
    if not newest:
        st.info("No dated article on the talks is stored yet.", icon=":material/hourglass_empty:")
        return
    st.caption("The newest dated articles on the talks. *Evidence*, *Search* and *Edits* lead to any other.")
    for row in newest:
        with st.container(border=True):
            st.html(foreign.headline(row) + foreign.read_here(row))


def show_article(archive: data.Archive, article_id: str) -> None:
    """All that is known of one article, from its text to where its words stood first."""
    article = articles.article(archive, article_id)
    st.html(foreign.headline(article) + foreign.archived(article, article["fetched_utc"]))
    labels = all_codes(archive)
    reading, scoring = st.columns([7, 4], gap="large")
    with reading:
        show_text(article, articles.places(archive, article_id), labels)
    with scoring:
        show_scores(archive, article)
        show_reuse(archive, article_id)
    show_edits(archive, article, labels)
    with st.container(border=True):
        st.markdown("**How to read this**\n" + HOW_TO_READ)


def show_text(article: Mapping[str, Any], places: Sequence[dict[str, Any]], labels: Mapping[str, str]) -> None:
    """The text with its hits, and beneath it the reason of each."""
    if article["relevant"] is None:
        why = unmeasured(article)
        st.info(f"No hit is marked: {why}. This is not a zero.", icon=":material/question_mark:")
    elif not article["relevant"]:
        st.info("Not about the talks by the relevance gate, so no hit is shown.", icon=":material/block:")
    counts = Counter(f"{place['kind']}:{place['code_id']}" for place in places)
    chosen = st.multiselect(
        "Show",
        [code for code in labels if code in counts],
        default=[code for code in labels if code in counts and code.startswith("frame:")],
        format_func=lambda code: f"{labels.get(code, code)} · {counts[code]}",
        help="Frames at first; topics and signals can be added.",
        key=f"codes of {article['article_id']}",
    )
    marked = [place for place in places if f"{place['kind']}:{place['code_id']}" in chosen]
    if marked:
        st.html(annotated.legend({place["voice"] for place in marked}))
    st.html(annotated.article_html(article["title"], article["text"], marked))
    for number, place in enumerate(marked, start=1):
        label = labels.get(f"{place['kind']}:{place['code_id']}", place["code_id"])
        told = voices.told(place["voice"], place["speaker"], place["reason"])
        st.html(foreign.small(f"{number} · {label} · {told} · cue: {place['cue']}"))


def unmeasured(article: Mapping[str, Any]) -> str:
    """Why nothing was looked for in the article."""
    if article["scored_utc"] is None:
        return "not scored yet"
    if article["language"] is None:
        return "not measured: its language was not identified"
    return "not measured: no cues for its language"


def show_scores(archive: data.Archive, article: Mapping[str, Any]) -> None:
    """The frames of the latest state: carried, share of sentences, sentences by voice."""
    st.subheader("Frames")
    labels = {key: f"{row['label']} ({row['code']})" for key, row in data.frames(archive).items()}
    rows = [row for row in articles.frame_scores(archive, article["article_id"]) if row["is_latest"]]
    measured = [row for row in rows if row["carried"] is not None]
    if article["relevant"] is False:
        st.text("Not about the talks: in no figure.")
        return
    if not measured:
        st.text("Not measured.")
        return
    by_voice = Counter(
        {
            key: len(sentences)
            for key, sentences in annotated.sentences_by_voice(articles.places(archive, article["article_id"])).items()
        }
    )
    carried = [row for row in measured if row["carried"]]
    st.caption(
        f"Carries **{len(carried)} of {len(measured)}** frames in any voice, in {article['n_sentences']:,} sentences "
        "with the headline. A sentence may speak in two voices."
    )
    if carried:
        heard = [
            voice
            for voice in (*annotated.COLOURS, annotated.UNKNOWN)
            if any(by_voice[r["frame_id"], voice] for r in carried)
        ]
        table = DataFrame(
            {
                "frame": labels.get(row["frame_id"], row["frame_id"]),
                "share": row["share"],
                **{voice: by_voice[row["frame_id"], voice] for voice in heard},
            }
            for row in carried
        )
        shown.numbers(table, "parley-article-frames.csv", SCORES)
    if article["headline_gap"]:
        st.caption("The headline carries frames that the text beneath it does not.")


def show_reuse(archive: data.Archive, article_id: str) -> None:
    """Whose words these are, and who else carries them."""
    st.subheader("Copies and origin")
    traced = articles.reuse(archive, article_id)
    if traced is None:
        st.text("Not traced yet.")
        return
    st.caption(describe_words(traced))
    for origin, passages in groupby(articles.passages(archive, article_id), key=itemgetter("origin_article_id")):
        show_origin(origin, list(passages))
    n_copies, copies = articles.copies(archive, article_id, traced["cluster_id"])
    if n_copies:
        st.caption(f"**{units.counted(n_copies, 'other article')}** counted as the same text: n_eff is 1 for all.")
        for copy in copies:
            since = f"held since {copy['since_utc']:%Y-%m-%d %H:%M} UTC"
            st.html(
                foreign.block(foreign.link(copy["title"] or "(without a headline)", copy["url"]))
                + foreign.small(f"{copy['outlet_name']} · {copy['outlet_class']} · {since}")
                + foreign.read_here(copy)
            )


def show_origin(article_id: str, passages: Sequence[Mapping[str, Any]]) -> None:
    """Passages in a row whose words one earlier article had first."""
    first = passages[0]
    where = "the outlet itself" if first["is_same_outlet"] else first["origin_name"] or "an outlet"
    n_words = units.counted(sum(passage["n_words"] for passage in passages), "word")
    words = " … ".join(passage["passage"] for passage in passages)
    with st.container(border=True):
        st.html(
            foreign.small(f"{n_words} first seen in {where}")
            + foreign.block(foreign.highlighted(words, ()), "font-size:.9em")
            + foreign.read_here({"article_id": article_id}, "Read the origin")
        )


def describe_words(traced: Mapping[str, Any]) -> str:
    """How many words are its own, and which agencies it names."""
    share = "" if traced["share_own"] is None else f" (**{traced['share_own']:.0%}** without the outlet's furniture)"
    agencies = ", ".join(traced["agencies"]) or "none, which does not mean that none wrote it"
    return (
        f"Of {traced['n_words']:,} words **{traced['n_own']:,}** are its own{share}, {traced['n_reused']:,} stood in "
        f"another outlet first, {traced['n_repeated']:,} in the same outlet. Agencies it names: {agencies}."
    )


def show_edits(archive: data.Archive, article: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    """What changed from state to state, in words and in frames."""
    st.subheader("States")
    edits = articles.edits(archive, article["article_id"])
    if not edits:
        n_states = units.counted(article["n_revisions"], "state")
        st.text(f"{n_states} stored; no visit found the words changed by more than noise.")
        return
    frames = {code.removeprefix("frame:"): label for code, label in labels.items() if code.startswith("frame:")}
    for edit in edits:
        with st.container(border=True):
            st.html(foreign.small(f"{describe_time(edit)} · {describe_notice(edit)}"))
            before = [edit["headline_before"] or ""] if edit["headline_changed"] else []
            after = [edit["headline_after"] or ""] if edit["headline_changed"] else []
            st.html(foreign.changed([*before, *edit["removed"]], [*after, *edit["added"]]))
            if edit["correction_note"]:
                st.html(foreign.small("the page says: " + edit["correction_note"]))
            st.html(foreign.small(describe_frames(edit, frames)) + foreign.archived(edit))


SCORES: dict[str, Any] = {
    "frame": st.column_config.TextColumn("frame", pinned=True),
    "share": st.column_config.NumberColumn("share of sentences", format="percent"),
}
