"""The parts of Compare on outlets' habits, over the whole archive: each says what it rests on, and has its numbers."""

from typing import Final

import streamlit as st
from pandas import DataFrame

from dashboard import data, foreign, portrait_charts, portraits, shown, units

OFFENDERS: Final = 10
"""Articles listed beneath the headline gaps."""

ORDER: Final = "In the order of class and name: the order of the rows says nothing. "
ALL_TIME: Final = f"The whole archive. {ORDER}"
LATEST: Final = f"The 90 days up to the newest article. {ORDER}"
THIN: Final = "**Pale or hollow rows rest on fewer than 8 independent texts: too few to compare.** "

SPEAKING: Final = (
    "Of the words an outlet gives to others, in direct and indirect speech, whose they are. *Not resolved*: the "
    "speaker is no actor of the registry, or it is unclear who speaks; **where that part is large, the others say "
    "little.** "
    "Whom an outlet lets speak is its choice; what they say is not its own view. "
)
DOUBTING: Final = (
    "How often the verb of saying doubts the words (*claimed*, not *said*), as a multiple of how often all other "
    "outlets doubt the same side; whiskers are 95 % intervals and go on where they reach the edge. **Many rows stand "
    "here together: of twenty outlets that do not differ, one interval misses 1 by chance.** "
)
HEADLINES: Final = (
    "Of the frames in a headline, the share that the text beneath does not carry in any voice: the mean over the "
    "outlet's texts whose headline carries a frame, with its 95 % interval. Most headlines carry one frame or none. "
)
OMITTED: Final = (
    "Did the outlet report the event, from 12 hours before it to 48 hours after? An article is on an event when it "
    "names all that the event's title names. **Grey is no silence of the outlet: it was not watched, its feed was "
    "down, its language is not measured, it printed too little to tell, or the event cannot be told apart.** *!* marks "
    "a silence that chance explains badly (p below 0.05) and that two others did not share; of many squares some are "
    "so by chance. "
)


def show_speaking(archive: data.Archive) -> None:
    """Whose words outlets cite."""
    rows = portraits.share_of_voice(archive)
    if rows.empty:
        nothing("No outlet cites anybody yet.")
        return
    st.altair_chart(portrait_charts.words_by_side(rows), alt="Share of cited words by side, for each outlet")
    st.caption(SPEAKING + THIN + ALL_TIME)
    numbers(rows, "parley-share-of-voice.csv")


def show_doubting(archive: data.Archive) -> None:
    """Whose words outlets doubt: a panel per side."""
    rows = portraits.verb_slant(archive)
    told = rows[rows["ratio"].notna() & ~rows["too_few"].astype(bool)]
    if told.empty:
        nothing("No outlet attributes words often enough to be compared: that takes 8 texts here and elsewhere.")
    for pair in _pairs(list(dict.fromkeys(told["whose"]))):
        for column, side in zip(st.columns(2), pair, strict=False):
            title = f"Doubts the words of: {units.country(side)} ({side})"
            column.altair_chart(portrait_charts.doubted(told[told["whose"] == side], side, title), alt=title)
    n_thin = len(rows) - len(told)
    st.caption(
        f"{DOUBTING}{units.counted(n_thin, 'pair')} of outlet and side rest on too few texts and are not drawn. "
        f"{LATEST}"
    )
    numbers(rows, "parley-verb-slant.csv")


def show_headlines(archive: data.Archive) -> None:
    """Headlines that go further than their texts."""
    rows = portraits.headline_gap(archive)
    drawn = rows[rows["n_eff"] > 0]
    if drawn.empty:
        nothing("No headline carries a frame yet.")
        return
    st.altair_chart(portrait_charts.headline_gaps(drawn), alt="Mean headline gap of each outlet, with its interval")
    n_without = len(rows) - len(drawn)
    st.caption(f"{HEADLINES}{THIN}{units.counted(n_without, 'outlet')} have no such headline. {ALL_TIME}")
    numbers(rows, "parley-headline-gap.csv")
    st.markdown("**Where headline and text lie furthest apart**")
    for article in portraits.gap_offenders(archive, OFFENDERS):
        with st.container(border=True):
            st.html(foreign.headline(article) + foreign.read_here(article))


def show_omitted(archive: data.Archive) -> None:
    """Events and who reported them."""
    rows = portraits.omission(archive)
    if rows.empty:
        nothing("No event of the registry can be told apart in this archive.")
        return
    st.altair_chart(portrait_charts.reported(rows), alt="Which outlet reported which event, and where that is unknown")
    unknown = int((rows["state"] == "could not know").sum())
    st.caption(f"{OMITTED}{unknown:,} of {len(rows):,} squares cannot be known. {ALL_TIME}")
    numbers(rows, "parley-omission.csv")


def nothing(why: str) -> None:
    st.info(why, icon=":material/hourglass_empty:")


def numbers(rows: DataFrame, file_name: str) -> None:
    with st.expander("The numbers", icon=":material/table_rows:"):
        shown.numbers(rows, file_name, shown.SHARES)


def _pairs(names: list[str]) -> list[list[str]]:
    return [names[i : i + 2] for i in range(0, len(names), 2)]
