"""Label: the gold sample, one sentence after the other, judged by people who do not see what the engine says."""

from datetime import UTC, datetime

import streamlit as st

from dashboard import articles, data, foreign, labelling, units, voices
from framing.corpus.agreement import MIN_UNITS, Agreement
from framing.errors import ParleyError
from warehouse.home import default_root
from warehouse.judgements import VOICES, Judgement, JudgementError, SampleUnit

TITLE = "Label"
ICON = ":material/rule:"
POSITION = 11

KEYS = {"yes": "y", "no": "n", "unsure": "u"}
"""What is pressed for each answer, outside a text field."""

HOW_TO_LABEL = (
    "- **Judge the sentence, not the article and not the outlet**; what stands around it is there to tell who speaks.\n"
    "- ***Yes* where the sentence carries the frame in any voice**, also in one that rejects it: the voice says so.\n"
    "- **You see neither the engine's answer nor another coder's**, and each coder has an order of their own. Do not "
    "talk a sentence over before all have judged it: agreement would measure nothing.\n"
    "- *Unsure* is an answer: it counts neither for the share nor for agreement.\n"
    "- Your last word counts; earlier ones are kept. All of it lies in a file of its own that no rebuilding touches."
)


def show(archive: data.Archive) -> None:
    """Who judges, then sentence after sentence."""
    try:
        languages = labelling.read_languages(default_root())
    except ParleyError as error:
        busy(error)
        return
    if languages is None:
        st.info(
            "No sample was drawn yet. `parley sample --n 400 --out FILE.csv` draws one from the newest copy; it can be "
            "judged here or in the file.",
            icon=":material/ballot:",
        )
        return
    left, right = st.columns([3, 5], vertical_alignment="bottom")
    coder = (left.text_input("Coder", key="coder", placeholder="Your name or sign") or "").strip()
    chosen = right.multiselect(
        "Languages you read",
        list(languages),
        format_func=lambda code: f"{units.language(code)} ({languages[code]})",
        key="read",
        placeholder="All",
        bind="query-params",
    )
    if not coder:
        st.info("Say who judges: two names that differ count as two coders.", icon=":material/person:")
    else:
        try:
            label(archive, coder, chosen or list(languages))
        except JudgementError as error:
            st.warning("This name cannot be used.", icon=":material/person_off:")
            st.text(str(error))
        except ParleyError as error:
            busy(error)
    with st.container(border=True):
        st.markdown("**How to judge**\n" + HOW_TO_LABEL)
    show_agreement(archive)


def busy(error: ParleyError) -> None:
    """The store cannot be read now: another writes to it, or more is wrong."""
    st.warning("The judgements cannot be opened now. Try again in a moment.", icon=":material/lock:")
    st.text(str(error))


def label(archive: data.Archive, coder: str, languages: list[str]) -> None:
    """The next sentence, or the one gone back to."""
    work = labelling.read_work(default_root(), coder, languages)
    n_done = len(work.units) - len(work.left)
    st.progress(n_done / len(work.units), f"{n_done:,} of {units.counted(len(work.units), 'sentence')} judged by you")
    back_to = st.session_state.get(back_key(coder))
    unit = next((unit for unit in work.units if unit.unit_id == back_to), None) or next(iter(work.left), None)
    if unit is None:
        st.success("All judged. Thank you.", icon=":material/done_all:")
    else:
        show_unit(archive, unit)
        ask(coder, unit, work.said.get(unit.unit_id))
    done = [unit.unit_id for unit in work.units if unit.unit_id in work.said]
    if done and st.button("Back to the one before", shortcut="b", icon=":material/undo:"):
        place = done.index(back_to) if back_to in done else len(done)
        st.session_state[back_key(coder)] = done[max(0, place - 1)]
        st.rerun()


def back_key(coder: str) -> str:
    """Under which the sentence is kept that this coder went back to."""
    return f"back of {coder}"


def show_unit(archive: data.Archive, unit: SampleUnit) -> None:
    """The frame in words, and the sentence between what stands around it; nothing of what the engine says."""
    frame = data.frames(archive).get(unit.frame_id)
    with st.container(border=True):
        st.subheader(frame["label"] if frame else unit.frame_id, anchor=False)
        if frame:
            st.text(frame["definition"])
            st.caption("Looks like it, and is not")
            st.text(frame["is_not"])
    before, after = labelling.surroundings(articles.revision_text(archive, unit.revision_id), unit)
    where = "headline" if unit.part == "title" else "text"
    sentence = foreign.highlighted(unit.sentence, [(0, len(unit.sentence))])
    with st.container(border=True):
        st.html(
            foreign.small(f"{units.language(unit.language)} · {where}")
            + foreign.block(
                foreign.quiet(before) + sentence + foreign.quiet(after),
                "line-height:1.7;font-size:1.05em;white-space:pre-wrap",
            )
        )


def ask(coder: str, unit: SampleUnit, said: Judgement | None) -> None:
    """The three answers, with a voice and a note for those who want to say more."""
    voice = st.segmented_control(
        "In whose voice, if it is there",
        VOICES,
        default=said.voice if said else None,
        format_func=voices.NAMES.__getitem__,
        key=f"voice of {unit.unit_id} by {coder}",
    )
    note = st.text_input("Note", value=(said.note or "") if said else "", key=f"note on {unit.unit_id} by {coder}")
    for column, (answer, key) in zip(st.columns(3), KEYS.items(), strict=True):
        is_said = said is not None and said.carried == answer
        if column.button(
            answer.capitalize(),
            key=f"{answer} to {unit.unit_id} by {coder}",  # a second press must not answer the next sentence
            shortcut=key,
            type="primary" if is_said else "secondary",
            width="stretch",
        ):
            keep(
                Judgement(
                    unit_id=unit.unit_id,
                    coder=coder,
                    carried=answer,
                    voice=voice if answer != "no" else None,
                    note=(note or "").strip() or None,
                )
            )


def keep(judgement: Judgement) -> None:
    """Write it, and go on to the next; what could not be written stays on the page."""
    try:
        labelling.keep(default_root(), judgement, datetime.now(UTC))
    except ParleyError as error:
        st.error("Not written. Press again in a moment.", icon=":material/lock:")
        st.text(str(error))
        return
    st.session_state.pop(back_key(judgement.coder), None)
    st.rerun()


def show_agreement(archive: data.Archive) -> None:
    """How far coders agree, frame by frame: in numbers alone, so that nobody learns what another said."""
    if not st.toggle("How far the coders agree", key="agreement", bind="query-params"):
        return
    try:
        found = labelling.read_agreement(default_root())
    except ParleyError as error:
        busy(error)
        return
    if not found:
        st.text("Nobody judged anything yet.")
    labels = {key: row["label"] for key, row in data.frames(archive).items()}
    for frame, agreement in found.items():
        st.text(f"{labels.get(frame, frame)}: {describe_agreement(agreement)}")


def describe_agreement(agreement: Agreement) -> str:
    """Alpha with its interval, or why there is none."""
    twice = f"{units.counted(agreement.n_units, 'sentence')} judged twice"
    if agreement.alpha is None or agreement.interval is None:
        few = agreement.n_units < MIN_UNITS
        return f"{twice}: " + (
            f"alpha needs {MIN_UNITS}" if few else "all judgements are the same, so there is no alpha"
        )
    return f"alpha {agreement.alpha:.2f} [{agreement.interval.low:.2f}, {agreement.interval.high:.2f}] on {twice}"
