"""Whose voice a page counts: the control, and what the choice means."""

from collections.abc import Sequence

from streamlit.delta_generator import DeltaGenerator

OWN, ANY = "outlet", "any"
NAMES = {
    OWN: "The outlet's own",
    ANY: "Any voice",
    "quoted": "Quoted",
    "reported": "Reported",
    "rejected": "Rejected",
    "scare": "In scare quotes",
}
"""What the reader may choose, the one shown first at the top, by the voice of ``outlet_day``."""

_FAILS = (
    "Voices are told apart by rules of grammar, which fail at times: *Evidence* shows every sentence with its voice. "
    "Articles whose voices cannot be told apart count as not measured. "
)
_MEANING = {
    OWN: "**The outlet's own voice:** a sentence counts where the outlet itself says it, not where it quotes, reports "
    "or rejects it, or sets it in scare quotes. " + _FAILS,
    ANY: "**Any voice:** an article that quotes a frame, or even rejects it, counts like one that asserts it. Read "
    "this as *how much the frame is in the air*, not as what an outlet stands for. ",
    "quoted": "**Quoted:** a sentence counts where the frame stands in a direct quotation. Whom an outlet lets speak "
    "is its choice; what they say is not its own view. " + _FAILS,
    "reported": "**Reported:** a sentence counts where the outlet says that somebody else said it. " + _FAILS,
    "rejected": "**Rejected:** a sentence counts where the frame is negated or denied, by the outlet or by somebody "
    "it cites. " + _FAILS,
    "scare": "**In scare quotes:** a sentence counts where the outlet keeps its distance from the word. " + _FAILS,
}


def choose(place: DeltaGenerator, offered: Sequence[str] = tuple(NAMES)) -> str:
    """A key of ``NAMES``; at first the outlet's own."""
    return str(place.selectbox("Voice", offered, format_func=NAMES.__getitem__, key="voice", bind="query-params"))


def explain(voice: str) -> str:
    """What is counted, in a sentence or two of markdown."""
    return _MEANING[voice]


def phrase(voice: str) -> str:
    """As titles say it: "in any voice"."""
    return {OWN: "in the outlet's own voice", ANY: "in any voice", "scare": "in scare quotes"}.get(voice, voice)


def told(voice: str | None, speaker: str | None, reason: str | None) -> str:
    """Whose voice one hit is in, with who speaks, and why it is taken to be so."""
    if voice is None:
        return "voice: not measured"
    if voice == OWN:
        return f"voice: {voice}"
    return f"voice: {voice}" + (f", {speaker}" if speaker else "") + (f" ({reason})" if reason else "")
