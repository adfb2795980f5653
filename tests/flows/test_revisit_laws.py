"""Laws of revisits: nothing that was read is ever lost, no outlet fills a run, and announcing takes two states."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.fetching.exchange import FetchStatus
from flows.pages.dates import DateCandidate
from flows.pages.page import Page
from flows.pages.verdict import Verdict
from flows.reading.revisits import is_announced, store_revisits
from flows.reports import IngestReport
from flows.workers import Outcome
from tests.flows.revisit_parts import HOUR, answer_of, articles_like
from tests.warehouse.rows import NOW
from warehouse.records import Revision
from warehouse.revisits import PER_OUTLET, due_revisits

CHANGED = DateCandidate(rule="meta", raw="2025-12-03T10:00:00Z", time_utc=NOW - 2 * HOUR, is_exact=True)
VERSIONS = st.lists(
    st.tuples(
        st.sampled_from(["article", "too_short", "304", "404", "timeout", "unreadable"]),
        st.lists(st.sampled_from(["Kyiv agreed.", "Moscow refused.", "kyiv agreed", "Nobody spoke."]), max_size=3),
        st.sampled_from([None, CHANGED, replace(CHANGED, time_utc=NOW)]),
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(versions=VERSIONS)
def test_revisions_are_only_ever_added(walk, versions):
    """Whatever the page says, in whatever order: no stored row changes or goes, and each chain is whole."""
    walk.n_chains = getattr(walk, "n_chains", 0) + 1
    (due,) = articles_like(walk, [f"chain-{walk.n_chains}"])
    stored = f"from core.revision where article_id = '{due.article_id}' order by seen_utc"
    seen = walk.rows(f"select * {stored}")
    for n, (kind, sentences, modified) in enumerate(versions, 1):
        status = {"304": FetchStatus.NOT_MODIFIED, "404": FetchStatus.GONE, "timeout": FetchStatus.TIMEOUT}.get(kind)
        response = answer_of(due, NOW + n * HOUR, status or FetchStatus.OK, repr(sentences).encode())
        verdict = Verdict.TOO_SHORT if kind == "too_short" else Verdict.ARTICLE
        page = Page(verdict=verdict, title="Talks", text="\n".join(sentences), modified=modified)
        outcome = None if status else Outcome(None, "broke") if kind == "unreadable" else Outcome(page, None)
        for _ in range(2):  # the same answer twice, as after a crash, adds nothing
            store_revisits(walk.warehouse, [(due, (response, outcome))], walk.registry, IngestReport())
        rows = walk.rows(f"select * {stored}")
        assert rows[: len(seen)] == seen
        assert len(rows) - len(seen) <= (kind == "article")
        seen = rows

    chain = walk.rows(f"select revision_id, previous_revision_id {stored}")
    assert [previous for _, previous in chain] == [None, *(revision for revision, _ in chain[:-1])]
    assert walk.rows(f"select count(*) from core.edit where article_id = '{due.article_id}'") == [(len(chain) - 1,)]


def test_one_outlet_does_not_fill_a_run(walk):
    """The newest articles first, and no more than a run can ask for."""
    articles_like(walk, [f"many-{n}" for n in range(PER_OUTLET + 5)])

    assert len(due_revisits(walk.warehouse, NOW + HOUR)) == PER_OUTLET


def test_announcing_is_about_two_states(walk):
    """A note that was there before announces nothing new."""
    (row,) = walk.warehouse.rows("select * from core.revision")
    plain = Revision(**{key: row[key] for key in Revision.__slots__})
    noted = replace(plain, correction_note="Correction: the day was wrong in it.")

    assert is_announced(plain, plain, None) is None
    assert is_announced(plain, noted, None) is True
    assert is_announced(noted, noted, None) is False
    assert is_announced(noted, plain, None) is False
    assert is_announced(noted, replace(noted, correction_note="Correction: the day was wrong, in it!"), None) is False
