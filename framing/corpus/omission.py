"""What an outlet did not report that others did, told from what Parley could not see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from framing.corpus.intervals import MIN_EFFECTIVE, Interval, share_interval

MIN_WATCHED: Final = 0.9
"""Share of the window in which the feeds were known to be read without a gap. Below it, an article may have come and
gone unseen: two and a half hours a day, within which a busy feed turns over."""
MIN_DUE: Final = 3.0
"""Articles that were due since an outlet's last one, at its own rate, before that it printed none at all says anything:
with 3 due, none come by chance one time in twenty (Poisson)."""
MIN_PEERS: Final = 2
"""Outlets that covered an event before the silence of another says anything; one may be alone with its story."""


class Omission(StrEnum):
    """What became of one event at one outlet. A value, not a judgement: there are good reasons not to report."""

    COVERED = "covered"
    NOT_COVERED = "not covered"
    COULD_NOT_KNOW = "could not know"


class Doubt(StrEnum):
    """Why it cannot be known; of several the first."""

    NOT_WATCHED = "not watched"
    NOT_TOLD_APART = "event not told apart"
    """Articles on it are not told from others: its marks stand in too many before it, or it has none."""
    FEED_DOWN = "feed down"
    """For more than a tenth of the window, which may also not be over yet."""
    NOT_MEASURED = "language not measured"
    QUIET = "quiet outlet"
    """It printed nothing on anything, and no more was due from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What Parley saw of one outlet in the window of one event."""

    event_id: str
    outlet_id: str
    n_on_event: int
    """Articles on the event's topics, all copies included."""
    n_articles: int
    """All articles of the outlet in the window, >= ``n_on_event``."""
    watched: float
    """Share of the window without a gap, in [0, 1]; 0.0 where the outlet was not watched yet."""
    n_unmeasured: int = 0
    """Articles in the window and the weeks before it in languages without cues: what they are on is not known."""
    n_measured: int = 1
    """As many in languages with cues."""
    n_due: float | None = MIN_DUE
    """Articles due from the outlet since its last one before the window, at its own rate, when the window ended;
    ``None``: its rate is not known."""
    is_asked: bool = True
    """Whether any feed of it was asked in the window."""
    is_told_apart: bool = True
    """Whether articles on the event can be told from others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One event at one outlet."""

    event_id: str
    outlet_id: str
    state: Omission
    doubt: Doubt | None
    """Why it could not be known; ``None``: it is known."""
    n_on_event: int
    n_articles: int
    watched: float
    n_due: float | None
    n_peers_known: int
    """Other outlets of which the state is known: the denominator."""
    n_peers_covered: int
    """Those of them that covered it."""
    expected: float | None
    """Articles on the event that as many articles would hold at its peers' rate; ``None``: no peer is known to have
    published anything."""
    p_none: float | None
    """How likely none would be at that rate if articles chose their topics independently, which they do not: an
    order of magnitude. ``None`` as for ``expected``."""
    notable: bool
    """Not covered, by an outlet with enough articles, though ``MIN_PEERS`` others covered it and ``p_none`` is below
    0.05."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many of the known cases are covered: of one event over outlets, or of one outlet over events."""

    name: str
    n: int
    """All cases, unknown ones included."""
    n_known: int
    n_covered: int
    interval: Interval | None
    """95 % of ``n_covered / n_known``; ``None``: nothing is known."""
    too_few: bool
    """Too few known cases to rank."""


def omissions(watches: Sequence[Watch]) -> tuple[Coverage, ...]:
    """
    Say of each event and outlet whether it was covered, was not, or cannot be known.

    An article that was seen was published, whatever the feed did before and after; that none was seen means something
    only where the feed was watched.

    Args:
        watches: One per event and outlet; a pair that is missing is not answered.

    Returns:
        One per watch, in the same order.

    Raises:
        ValueError: An event and outlet come twice, or a count or share is impossible: a mistake of the caller.
    """
    pairs = {(watch.event_id, watch.outlet_id) for watch in watches}
    if len(pairs) < len(watches):
        raise ValueError("An event and outlet come twice; hand over one row for each pair.")
    for watch in watches:
        if not 0 <= watch.n_on_event <= watch.n_articles or not 0 <= watch.watched <= 1:
            raise ValueError(
                f"{watch.event_id}, {watch.outlet_id}: {watch.n_on_event} of {watch.n_articles} articles in a window "
                f"watched for {watch.watched} of the time is impossible."
            )
    of_event: dict[str, list[Watch]] = {}
    for watch in watches:
        of_event.setdefault(watch.event_id, []).append(watch)
    return tuple(_judge(watch, of_event[watch.event_id]) for watch in watches)


def _state(watch: Watch) -> Omission:
    if _doubt(watch) is not None:
        return Omission.COULD_NOT_KNOW
    return Omission.COVERED if watch.n_on_event else Omission.NOT_COVERED


def _doubt(watch: Watch) -> Doubt | None:
    if not watch.is_asked and not watch.n_on_event:
        return Doubt.NOT_WATCHED
    if not watch.is_told_apart:
        return Doubt.NOT_TOLD_APART
    if watch.n_on_event:
        return None
    if watch.watched < MIN_WATCHED:
        return Doubt.FEED_DOWN
    if watch.n_unmeasured > watch.n_measured:
        return Doubt.NOT_MEASURED
    if not watch.n_articles and (watch.n_due is None or watch.n_due < MIN_DUE):
        return Doubt.QUIET
    return None


def _judge(watch: Watch, of_event: Sequence[Watch]) -> Coverage:
    peers = [
        other
        for other in of_event
        if other.outlet_id != watch.outlet_id and _state(other) is not Omission.COULD_NOT_KNOW
    ]
    n_published = sum(other.n_articles for other in peers)
    n_covered = sum(_state(other) is Omission.COVERED for other in peers)
    rate = sum(other.n_on_event for other in peers) / n_published if n_published else None
    p_none = None if rate is None else (1 - rate) ** watch.n_articles
    state = _state(watch)
    return Coverage(
        event_id=watch.event_id,
        outlet_id=watch.outlet_id,
        state=state,
        doubt=_doubt(watch),
        n_on_event=watch.n_on_event,
        n_articles=watch.n_articles,
        watched=watch.watched,
        n_due=watch.n_due,
        n_peers_known=len(peers),
        n_peers_covered=n_covered,
        expected=None if rate is None else rate * watch.n_articles,
        p_none=p_none,
        notable=state is Omission.NOT_COVERED
        and n_covered >= MIN_PEERS
        and watch.n_articles >= MIN_EFFECTIVE
        and p_none is not None
        and p_none < 0.05,
    )


def by_event(found: Sequence[Coverage]) -> tuple[Count, ...]:
    """How many of the outlets that are known to have or not have covered each event did, in order of appearance."""
    return _count(found, lambda coverage: coverage.event_id)


def by_outlet(found: Sequence[Coverage]) -> tuple[Count, ...]:
    """How many of the events of which it is known each outlet covered, in order of appearance."""
    return _count(found, lambda coverage: coverage.outlet_id)


def _count(found: Sequence[Coverage], name_of: Callable[[Coverage], str]) -> tuple[Count, ...]:
    groups: dict[str, list[Omission]] = {}
    for coverage in found:
        groups.setdefault(name_of(coverage), []).append(coverage.state)
    answers = []
    for name, states in groups.items():
        known = sum(state is not Omission.COULD_NOT_KNOW for state in states)
        covered = states.count(Omission.COVERED)
        answers.append(
            Count(
                name=name,
                n=len(states),
                n_known=known,
                n_covered=covered,
                interval=share_interval(covered, known),
                too_few=known < MIN_EFFECTIVE,
            )
        )
    return tuple(answers)
