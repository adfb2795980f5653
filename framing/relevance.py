"""The gate: is a text about the talks that are watched?"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from framing.codebook import NEGOTIATION, SETTLEMENT, Codebook, Gate
from framing.reading import Sentence, read_sentences


def is_relevant(
    title: str, text: str, language: str | None, codebook: Codebook, published: datetime | None = None
) -> bool | None:
    """
    Decide whether a text is about the talks: its actors and its topic together, not a keyword.

    Three conditions, with the numbers and their reasons in watch.toml under [gate]:

    1. every required party is named in enough sentences;
    2. enough sentences *speak of the talks*: one with a settlement cue (peace plan, ceasefire) and an actor
       of a required party, or one with a negotiation cue (talks, envoy) and actors of two sides of the
       table, a required party among them;
    3. enough of those have the settlement cue.

    The title counts like ``title_weight`` sentences. What was published before the talks began
    (``since`` in watch.toml) is not about them.

    Args:
        title: May be empty.
        text: May be empty; paragraphs separated by line breaks.
        language: ISO 639-1, or ``None`` when unknown.
        codebook: Actors, gate cues and gate.
        published: With time zone; ``None``: unknown.

    Returns:
        The verdict; ``None`` when the codebook has no gate cues for the language.
    """
    return judge(read_sentences(title, text, language, codebook), language, codebook, published)


def judge(
    sentences: Sequence[Sentence], language: str | None, codebook: Codebook, published: datetime | None
) -> bool | None:
    """The verdict on a text whose sentences have been read; see ``is_relevant``."""
    if published is not None and published.astimezone(UTC).date().isoformat() < codebook.gate.since:
        return False
    cues = codebook.cues_for(language)
    return _passes(sentences, codebook.gate) if cues is not None and cues.gate else None


def _passes(sentences: Sequence[Sentence], gate: Gate) -> bool:
    n_parties: Counter[str] = Counter()
    n_talks = n_settlement = 0
    required, table = frozenset(gate.required_parties), frozenset(gate.table_sides)
    for sentence in sentences:
        parties = sentence.sides & required
        if not parties:
            continue
        weight = gate.title_weight if sentence.part == "title" else 1
        n_parties.update(dict.fromkeys(parties, weight))
        if SETTLEMENT in sentence.gate:
            n_settlement += weight
            n_talks += weight
        elif NEGOTIATION in sentence.gate and len(sentence.sides & table) > 1:
            n_talks += weight
    return (
        all(n_parties[party] >= gate.min_party_sentences for party in gate.required_parties)
        and n_talks >= gate.min_talk_sentences
        and n_settlement >= gate.min_settlement_sentences
    )
