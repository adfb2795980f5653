"""One agency text in twelve outlets, scored, traced and counted: twelve in reach, one in framing."""

import pytest

from flows.analysis.trends import analyse_trends
from flows.score import score_unseen
from flows.world import LIVE
from framing.registry_files import load_registry
from framing.scoring import SCORER_VERSION
from tests.conftest import NOW
from tests.flows.reuse_parts import HOUR, Told, analyse
from tests.site.stories import TALKS
from warehouse.catalogue import activate_codebook, register_codebook
from warehouse.home import create_home
from warehouse.store import open_warehouse

WIRE = "GENEVA, Nov 24 (Reuters) - " + "\n\n".join(
    [
        *(TALKS.format(n=n) for n in range(3)),
        "The talks are deadlocked: no progress was made on security guarantees.",
    ]
)
N = 12


@pytest.fixture(scope="module")
def wire(tmp_path_factory):
    """Each of twelve outlets prints it within two hours, under a headline of its own."""
    codebook = load_registry().codebook
    with open_warehouse(create_home(tmp_path_factory.mktemp("wire") / "home"), "test") as warehouse:
        analyse(warehouse, [Told(outlet_id=f"o{n:02}", text=WIRE, at=NOW + n * HOUR / 6) for n in range(N)])
        warehouse.sql.execute("update core.revision set published_utc = seen_utc, language = 'en'")
        register_codebook(warehouse, codebook, SCORER_VERSION, NOW)
        score_unseen(warehouse, codebook, LIVE)
        activate_codebook(warehouse, codebook.version, NOW)
        analyse_trends(warehouse)
        yield warehouse


@pytest.mark.parametrize("by_what", ["class", "language", "country", "all"])
@pytest.mark.parametrize("macro", ["frame_use", "side_use", "frame_trend"])
def test_twelve_articles_are_one_text(wire, macro, by_what):
    rows = wire.rows(f"select * from {macro}('{by_what}', in_voice := 'any')")

    assert {(row["n"], row["n_eff"], row["n_outlets"], row["too_few"]) for row in rows} == {(N, 1, N, True)}
    assert {(row["k"], row["k_eff"]) for row in rows} == {(N, 1.0), (0, 0.0)}
    for row in rows:  # the interval of a single text, however many print it
        assert row["reach_high"] - row["reach_low"] == pytest.approx(row["share_high"] - row["share_low"])
        assert row["share_high"] - row["share_low"] > 0.7


def test_no_view_lets_such_a_row_be_ranked(wire):
    """Not an outlet with one text, nor a class with one text twelve times."""
    for source in ("outlet_day", "class_day", "language_day", "frame_use('outlet')", "side_use('outlet')"):
        rows = wire.rows(f"select too_few, n_eff, share_low, share_high from {source}")
        assert {(row["too_few"], row["n_eff"]) for row in rows} == {(True, 1)}, source


def test_each_outlet_has_printed_it(wire):
    """In a breakdown by outlet it is one text of each of them."""
    rows = wire.rows("select * from frame_use('outlet', in_voice := 'any')")

    assert len({row["unit"] for row in rows}) == N
    assert {(row["n"], row["n_eff"], row["shrunken_share"]) for row in rows} == {(1, 1, None)}
