"""Ask: a reader's own SQL over the public views, with the data dictionary beside it."""

import streamlit as st

from dashboard import answered, citing, data, foreign
from dashboard.dictionary import Entry, entries
from warehouse.asking import Limits, ask
from warehouse.examples import Example, examples
from warehouse.guard import RefusedQueryError

TITLE = "Ask"
ICON = ":material/terminal:"
POSITION = 9

MAX_CHARS = 4_000
"""Of a query: it stands in the page's address, and servers on the way refuse addresses of more than 8 to 16 kB."""

EDITOR_PX, COLUMNS_PX = 300, 262
PLACEHOLDER = "select outlet_name, count(*) as n_articles\nfrom article\ngroup by all\norder by n_articles desc"
MONOSPACED = "<style>.st-key-sql textarea { font-family: monospace; font-size: .9rem; }</style>"
HABITS = (
    "Read *n* before a share, and its interval before a difference. `null` means *not measured* and never counts as "
    "no. A fall may be a feed that did not answer: look at `coverage` for the same days."
)


def show(archive: data.Archive) -> None:
    """Write on the left, look up on the right, read below."""
    st.caption(f"One SELECT at a time over this copy, in a process of its own. {answered.describe(Limits())}")
    left, right = st.columns([5, 4], gap="medium")
    with right:
        look_up(entries(archive))
    with left:
        write(archive)
    asked: answered.Asked | None = st.session_state.get("asked")
    if asked is None:
        invite()
        return
    st.subheader("Answer", anchor=False)
    if asked.query != (st.session_state.get("sql") or "").strip():
        st.info("This answers the query below it, not what stands in the box now.", icon=":material/history:")
    answered.show(asked)


def write(archive: data.Archive) -> None:
    """The box, and the button without which nothing runs."""
    st.html(MONOSPACED)
    with st.form("ask", border=False):
        query = st.text_area(
            "SQL",
            key="sql",
            height=EDITOR_PX,
            max_chars=MAX_CHARS,
            placeholder=PLACEHOLDER,
            bind="query-params",
        )
        pressed = st.form_submit_button(
            "Run", type="primary", icon=":material/play_arrow:", help="Ctrl+Enter in the box"
        )
    st.caption(HABITS)
    if pressed:
        with st.spinner("Asking ..."):
            st.session_state["asked"] = run(archive, (query or "").strip())


def run(archive: data.Archive, query: str) -> answered.Asked:
    """Ask the copy that this page is drawn from."""
    citation = f"-- {citing.citation(data.about(archive), archive.publication.path)}"
    try:
        return answered.Asked(query, ask(archive.publication, query), citation)
    except RefusedQueryError as error:
        return answered.Asked(query, str(error), citation)


def invite() -> None:
    """What to do while nothing was asked. A query that came with a link is shown and not run: whoever made the link
    must not spend the reader's time and machine, and the reader shall see what is asked before its answer."""
    if st.session_state.get("sql"):
        st.info(
            "This query has not been run: a link never runs one by itself. Read it, then press **Run**.",
            icon=":material/link:",
        )
    else:
        st.info("Write a SELECT, or take an example from the dictionary, then press **Run**.", icon=":material/edit:")


def look_up(known: dict[str, Entry]) -> None:
    """One view or macro of the dictionary: what a row is, what each column means, and an example."""
    name = st.selectbox(
        "Data dictionary",
        list(known),
        format_func=lambda key: known[key].call,
        key="view",
        bind="query-params",
        help="Every public view and macro of this copy, with what its makers say about it.",
    )
    entry = known[name]
    st.text(entry.comment)
    if entry.columns:
        with st.container(height=COLUMNS_PX):
            st.html("".join(foreign.defined(*column) for column in entry.columns))
    for place, example in enumerate(one for one in examples() if name in one.names):
        offer(example, place)


def offer(example: Example, place: int) -> None:
    """An example to take over into the box."""
    st.button(
        f"Example: {example.says}",
        icon=":material/content_paste_go:",
        help=f"Into the box, not yet run:\n\n```sql\n{example.query}\n```",
        key=f"example {place}",
        on_click=take,
        args=(example.query,),
        wrap=True,
        width="stretch",
    )


def take(query: str) -> None:
    """Into the box, not yet run."""
    st.session_state["sql"] = query
