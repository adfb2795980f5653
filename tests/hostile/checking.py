"""How a case is held against what a run made of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from tests.hostile.case import NO_PAGE, Case

ROUND = "127.0.0.1/-/next-round"
"""What ends a round in the log of the site."""

POLLS = """
    select case when fetch_status = 'ok' and error is not null then 'unread' else fetch_status end, elapsed_ms, error
    from core.poll where outlet_id = $outlet order by polled_utc
"""
FETCHES = """
    select fetch_status, elapsed_ms, error, url, coalesce(verdict, $no_page), verdict_evidence
    from core.fetch where outlet_id = $outlet and purpose = 'first' order by fetched_utc
"""
STATES = "select state, reason from core.sighting where outlet_id = $outlet"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run left behind: the published copy, what the site was asked, the states after the first round."""

    connection: duckdb.DuckDBPyConnection
    asked: tuple[tuple[int, str], ...]
    """``(round, host/path)`` of each request."""
    after_first: Mapping[str, Mapping[str, int]]


def findings(case: Case, seen: Seen) -> list[str]:
    """Everything that is not as the case says; empty where all is."""
    outlet = {"outlet": case.outlet_id}
    polls = seen.connection.execute(POLLS, outlet).fetchall()
    fetches = seen.connection.execute(FETCHES, {**outlet, "no_page": NO_PAGE}).fetchall()
    sightings = seen.connection.execute(STATES, outlet).fetchall()
    last = {url: verdict for _, _, _, url, verdict, _ in fetches}
    states = Counter(state for state, _ in sightings)
    found = []
    if not agree(case.states, states):
        found.append(f"states {dict(states)}, not {case.states}: {sightings}")
    first = seen.after_first.get(case.outlet_id, {})
    if case.after_first is not None and not agree(case.after_first, first):
        found.append(f"states after the first round {first}, not {case.after_first}")
    if case.verdicts is not None and not match_all(case.verdicts, last.values()):
        found.append(f"verdicts {last}, not {case.verdicts}: {[(f[0], f[5]) for f in fetches]}")
    for what, wanted, rows in (("polls", case.polls, polls), ("fetches", case.fetches, fetches)):
        if not match_first(wanted, [row[0] for row in rows]):
            found.append(f"{what} {[(row[0], row[2]) for row in rows]}, not {wanted}")
    slowest = max((row[1] for row in [*polls, *fetches]), default=0) / 1000
    if slowest > case.within_s:
        found.append(f"{slowest:.1f} s for one request, more than {case.within_s:.0f}")
    for limit, most in case.most_requests.items():
        turn, path = limit.split()
        n = sum(at == int(turn) and name.startswith(case.host + path) for at, name in seen.asked)
        if n > most:
            found.append(f"{path} asked {n} times in round {turn}, more than {most}")
    uses_outlet = outlet if "$outlet" in case.holds else {}
    if seen.connection.execute(f"select {case.holds}", uses_outlet).fetchall() != [(True,)]:
        found.append(f"does not hold: {case.holds}")
    return found


def in_rounds(requests: Iterable[str]) -> Iterable[tuple[int, str]]:
    """Each request with the round in which it was made."""
    turn = 0
    for address in requests:
        if address == ROUND:
            turn += 1
        else:
            yield turn, address


def is_one_of(wanted: str, value: str) -> bool:
    return value in wanted.split("|")


def match_first(wanted: Sequence[str], values: Sequence[str]) -> bool:
    """Do the first values agree, one by one?"""
    return len(values) >= len(wanted) and all(is_one_of(*pair) for pair in zip(wanted, values, strict=False))


def match_all(wanted: Sequence[str], values: Iterable[str]) -> bool:
    """Is there one value for each, in any order? The most particular ones choose first."""
    left = list(values)
    for pattern in sorted(wanted, key=lambda pattern: pattern.count("|")):
        chosen = next((value for value in left if is_one_of(pattern, value)), None)
        if chosen is None:
            return False
        left.remove(chosen)
    return not left


def agree(wanted: Mapping[str, int | range], states: Mapping[str, int]) -> bool:
    """Are there as many in each state as wanted, and none in another?"""
    for pattern, n in wanted.items():
        found = sum(states.get(state, 0) for state in pattern.split("|"))
        if found != n if isinstance(n, int) else found not in n:
            return False
    return all(any(is_one_of(pattern, state) for pattern in wanted) for state in states)
