"""Who is quoted, and whose words are doubted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from framing.corpus.intervals import MIN_EFFECTIVE, ClusterSums, Interval, add_up, effective_size, reach_interval
from framing.corpus.ratios import ratio_interval, ratio_p, share_ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedWords:
    """The words of one actor that one text of an outlet quotes."""

    outlet_id: str
    text_id: str
    """The independent text: copies of one text within an outlet have one id, and are handed over once."""
    actor_id: str | None
    """``None``: the speaker is not resolved to an actor of the registry."""
    n_words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One actor's share of the words that an outlet quotes."""

    outlet_id: str
    actor_id: str | None
    """``None``: words of speakers who are not resolved; they stay in the denominator."""
    n_words: int
    n_quoted_words: int
    """All words that the outlet quotes."""
    share: float
    """``n_words / n_quoted_words``, in [0, 1]; an outlet's shares sum to one."""
    interval: Interval
    """95 %, from the texts: words of one text are one decision of an editor."""
    n_eff: int
    """Texts with quoted words."""
    too_few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributions:
    """How often one text of an outlet attributes words to one side, and how often with a verb that doubts them."""

    outlet_id: str
    text_id: str
    """As for ``QuotedWords``; copies in other outlets bear the same id."""
    side: str
    n_doubting: int
    """Attributions with a verb that doubts, such as "claimed"; <= ``n``."""
    n: int
    """Attributions whose verb is classed, those with a neutral verb included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slant:
    """How often an outlet doubts the words of one side, against all other outlets."""

    outlet_id: str
    side: str
    n_doubting: int
    n: int
    share: float
    """``n_doubting / n``, in [0, 1]."""
    interval: Interval
    """95 % of the share, from the texts."""
    n_eff: int
    """Texts with an attribution to the side."""
    too_few: bool
    """The outlet, or the others, have too few texts: no comparison is given."""
    others_share: float | None
    """The same share over all other outlets; ``None``: they attribute nothing to this side."""
    ratio: float | None
    """Share of the outlet / share of the others, half an attribution added on all sides; ``None``: too few, or nobody
    doubts anything."""
    ratio_interval: Interval | None
    """95 %; the upper bound is ``inf`` where the others doubt nothing."""
    p: float | None
    """Two-sided; correct what is shown together by ``events.q_values``."""


def share_of_voice(quoted: Iterable[QuotedWords]) -> tuple[Voice, ...]:
    """
    Measure each actor's share of the words that each outlet quotes.

    Words of one text are not independent, so texts are counted: a share of words weighs each text by its quoted
    words, and the interval is that of as many equally weighted texts as these amount to. It is cautious where a text
    quotes several actors.

    Args:
        quoted: Any number per text and actor; those without words are passed over.

    Returns:
        One per outlet and actor that it quotes, by outlet, then by falling number of words, then by actor, words
        that are not resolved last among equals.
    """
    words: defaultdict[str, defaultdict[str | None, int]] = defaultdict(lambda: defaultdict(int))
    texts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in quoted:
        if row.n_words:
            words[row.outlet_id][row.actor_id] += row.n_words
            texts[row.outlet_id][row.text_id] += row.n_words
    answers = []
    for outlet_id, by_actor in sorted(words.items()):
        total = sum(by_actor.values())
        for actor_id, n_words in sorted(by_actor.items(), key=lambda pair: (-pair[1], pair[0] is None, pair[0] or "")):
            answers.append(
                Voice(
                    outlet_id=outlet_id,
                    actor_id=actor_id,
                    n_words=n_words,
                    n_quoted_words=total,
                    share=n_words / total,
                    interval=reach_interval(n_words, total, effective_size(texts[outlet_id].values())),
                    n_eff=len(texts[outlet_id]),
                    too_few=len(texts[outlet_id]) < MIN_EFFECTIVE,
                )
            )
    return tuple(answers)


def verb_slant(attributions: Iterable[Attributions]) -> tuple[Slant, ...]:
    """
    Measure how often each outlet doubts the words of each side, and compare it with all other outlets.

    The outlet itself is no part of what it is compared with; the others are taken together, so that one of them that
    doubts much makes the rest look trusting. Attributions of one text, or of its
    copies in other outlets, are not independent: how much they are worth is taken from how alike they are.

    Args:
        attributions: At most one per text of an outlet and side; those without attributions are passed over. A text
            that several outlets carry is a row of each of them, under one ``text_id``.

    Returns:
        One per outlet and side, by side, then by outlet.

    Source:
        Doubting verbs as a mark of bias: Recasens, Danescu-Niculescu-Mizil and Jurafsky (2013), Linguistic models
        for analyzing and detecting biased language, ACL 2013. The measure is ours.
    """
    texts: defaultdict[str, defaultdict[str, list[Attributions]]] = defaultdict(lambda: defaultdict(list))
    for row in attributions:
        if row.n:
            texts[row.side][row.text_id].append(row)
    found = []
    for side, by_text in sorted(texts.items()):
        for outlet_id in sorted({row.outlet_id for rows in by_text.values() for row in rows}):
            own = [_sum(row for row in rows if row.outlet_id == outlet_id) for rows in by_text.values()]
            others = [_sum(row for row in rows if row.outlet_id != outlet_id) for rows in by_text.values()]
            found.append(slant(outlet_id, side, add_up(own), add_up(others)))
    return tuple(found)


def _sum(rows: Iterable[Attributions]) -> tuple[int, int]:
    of_text = list(rows)
    return sum(row.n_doubting for row in of_text), sum(row.n for row in of_text)


def slant(outlet_id: str, side: str, own: ClusterSums, others: ClusterSums) -> Slant:
    """
    Compare an outlet with all others, of what their texts add up to: a database adds up what no memory holds.

    Args:
        outlet_id: The outlet.
        side: Whose words they are.
        own: Its texts; at least one attribution.
        others: Those of all other outlets, copies in several of them taken together.
    """
    size, size_others = own.size, others.size
    too_few = min(own.count, others.count) < MIN_EFFECTIVE
    is_compared = not too_few and own.k + others.k > 0
    freedom = max(1, min(own.count, others.count) - 1)
    one = (own.k / own.n * size, size)
    other = (others.k / others.n * size_others if others.n else 0.0, size_others)
    return Slant(
        outlet_id=outlet_id,
        side=side,
        n_doubting=own.k,
        n=own.n,
        share=own.k / own.n,
        interval=reach_interval(own.k, own.n, size),
        n_eff=own.count,
        too_few=too_few,
        others_share=others.k / others.n if others.n else None,
        ratio=share_ratio(one, other) if is_compared else None,
        ratio_interval=ratio_interval(one, other, freedom=freedom) if is_compared else None,
        p=ratio_p(one, other, freedom=freedom) if is_compared else None,
    )
