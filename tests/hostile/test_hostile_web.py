"""One run of several rounds over all hostile outlets: each ends as it must, and the run goes on."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import outlet_toml
from tests.faults.processes import python
from tests.hostile.case import Case
from tests.hostile.cases import CASES
from tests.hostile.checking import ROUND, Seen, findings, in_rounds
from tests.site import Asked, Site
from tests.site.stories import wire
from warehouse.checking import failed_checks
from warehouse.home import Home, create_home
from warehouse.reading import open_current

pytestmark = pytest.mark.slow
HOURS = (0, 1 / 3, 32, 64)
"""Of the rounds: a retry within what servers ask to be left alone, and two when everything is due again."""
MEMORY_MB = 200.0
"""That the process which fetches may grow by over its size at rest."""
RUN_S = 150.0
NO_ARTICLES = {"bot walls", "consent", "teasers", "soft 404", "index", "video", "too short", "not html"}


@dataclass(frozen=True, slots=True)
class Run:
    """What came of it."""

    seen: Seen
    said: list[dict[str, float]]
    """At rest, and after each round."""
    seconds: float
    is_done: bool
    led_astray: list[str]
    """What was asked of the port next door."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, prefect_server: str) -> Iterator[Run]:
    """All cases at once through the pipeline, in a process of its own so that its peak is its own."""
    calm = home_with(
        tmp_path_factory.mktemp("calm") / "home", {"calm": ("http://calm.example/feed.xml", "en", "on-topic")}
    )
    watched = {case.outlet_id: (case.feed_url, case.language, case.keep) for case in CASES}
    home = home_with(tmp_path_factory.mktemp("hostile") / "home", watched)
    with Site() as site, Site() as next_door:
        site.forbidden_port = next_door.port
        wire(site, "calm.example", 3)
        for case in CASES:
            site.pages |= case.pages
        site.pages[ROUND] = next_round
        started = time.monotonic()
        child = python("tests.hostile.act", calm.root, home.root, site.port, *HOURS, PREFECT_API_URL=prefect_server)
        child.wait(limit_s=600)
        seconds = time.monotonic() - started
        said = [json.loads(line) for line in child.said if line.startswith("{")]
        if len(said) != 1 + len(HOURS):
            pytest.fail(f"the run ended after {len(said)} of {1 + len(HOURS)} rounds: {child.errors}")
        asked = tuple(in_rounds(address for address, _ in site.requests))
        with open_current(home) as connection:
            seen = Seen(connection, asked, said[1]["states"])
            yield Run(seen, said, seconds, "done" in child.said, [address for address, _ in next_door.requests])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_ends_as_it_must(case: Case, run: Run) -> None:
    """State, verdict, status and deadline of one outlet."""
    if found := findings(case, run.seen):
        pytest.fail("\n".join([case.name, *found]), pytrace=False)


def test_the_run_goes_on(run: Run) -> None:
    """Whatever one outlet does, all rounds are run, within their time, and the warehouse is sound."""
    for turn, said in enumerate(run.said[1:]):
        print(
            f"round {turn}: {said['round_s']:.1f} s (feeds until {said['polled_s']:.0f}, pages until "
            f"{said['fetched_s']:.0f}); {said['peak_mb']:.0f} MB at most, {said['after_mb']:.0f} afterwards"
        )
    print(f"{len(CASES)} cases, {len(run.seen.asked):,} requests, {run.seconds:.0f} s in all")

    assert run.is_done
    assert failed_checks(run.seen.connection) == []
    assert sum(said["round_s"] for said in run.said[1:]) < RUN_S


def test_memory_stays_within_bounds(run: Run) -> None:
    """The process that fetches never holds what a bomb would be."""
    rest, peak = run.said[0]["rest_mb"], max(said["peak_mb"] for said in run.said[1:])
    print(f"at rest {rest:.0f} MB, at its peak {peak:.0f} MB: {peak - rest:.0f} MB more")

    assert peak - rest < MEMORY_MB


def test_nothing_next_door_was_asked(run: Run) -> None:
    """A redirect to another port of this machine is refused before a connection is made."""
    assert run.led_astray == []


def test_no_wall_is_an_article_and_no_article_a_wall(run: Run) -> None:
    """Counted over all cases: what was stored is what is a story."""
    walls = [case for case in CASES if case.family in NO_ARTICLES]
    stories = [case for case in CASES if case.family in {"near misses", "live blog"}]
    stored = Counter(
        dict(run.seen.connection.execute("select outlet_id, count(*) from core.article group by all").fetchall())
    )
    accepted = [case.name for case in walls if stored[case.outlet_id]]
    rejected = [case.name for case in stories if not stored[case.outlet_id]]
    print(f"{len(accepted)} of {len(walls)} walls, teasers and index pages accepted: {accepted}")
    print(f"{len(rejected)} of {len(stories)} stories rejected: {rejected}")

    assert accepted == rejected == []


def home_with(root: Path, watched: dict[str, tuple[str, str, str]]) -> Home:
    """A home that watches ``outlet_id: (feed, language, keep)`` and no shipped outlet."""
    home = create_home(root)
    shipped = Path(__file__).parents[2] / "framing" / "registry" / "watch.toml"
    text = shipped.read_text(encoding="utf-8").replace("shipped_outlets = true", "shipped_outlets = false")
    (home.registry / "watch.toml").write_text(text, encoding="utf-8")
    folder = home.registry / "outlets"
    folder.mkdir(exist_ok=True)
    for outlet_id, (feed, language, keep) in watched.items():
        (folder / f"{outlet_id}.toml").write_text(outlet_toml(outlet_id, [feed], language, keep), encoding="utf-8")
    return home


def next_round(asked: Asked) -> None:
    asked.site.round += 1
    asked.serve((200, {}, b""))
