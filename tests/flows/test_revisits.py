"""Revisits: the schedule, what counts as an edit, and that nothing that was read is ever lost."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.fetching.exchange import TEMPORARY, FetchStatus, Response
from flows.fetching.session import FetchSession
from flows.pages.dates import DateCandidate
from flows.pages.identity import stable_id
from flows.pages.page import Page
from flows.pages.verdict import Verdict
from flows.reading.decisions import fetch_record
from flows.reading.revisits import is_announced, revisit_due_articles, store_revisits
from flows.reading.stage import read_due_pages
from flows.reports import IngestReport
from flows.score import score_unseen
from flows.workers import Outcome
from flows.world import loopback_world
from framing.registry_files import load_registry
from framing.scoring import SCORER_VERSION
from tests.site.stories import TALKS, article_page
from tests.warehouse.rows import NOW, sighting_row
from warehouse.catalogue import activate_codebook, register_codebook, register_outlets
from warehouse.checking import failed_checks
from warehouse.records import Article, Revision, Sighting
from warehouse.revisits import PASSING, PER_OUTLET, STEPS, TRIES, UNTIL, DueRevisit, due_revisits
from warehouse.store import open_warehouse

URL = "http://wire.example/story"
HTML = {"Content-Type": "text/html; charset=utf-8"}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DEADLOCK = "The peace talks are deadlocked, and the negotiations between Kyiv and Moscow have reached an impasse."


class Walk:
    """One story that was seen in a feed, its page on the site, a clock that is set, and the stages that read pages."""

    def __init__(self, home, site, warehouse):
        self.site, self.warehouse, self.now = site, warehouse, NOW
        self.world = loopback_world(site.port, clock=lambda: self.now)
        self.registry = load_registry(home.registry)
        register_outlets(warehouse, self.registry.outlets)
        warehouse.save([replace(sighting_row("s"), url=URL, page_url=URL, title="Talks in Geneva")])

    def show(self, title="Talks in Geneva", extra="", head="", headers=HTML, status=200, page=None):
        """What the story's address answers from now on."""
        body = article_page(title, TALKS, 4, head) if page is None else page
        body = body.replace(b"</article>", f"<p>{extra}</p></article>".encode())
        self.site.pages["wire.example/story"] = (status, headers, body)

    def at(self, after):
        """Run the stages so long after the first sighting."""
        self.now = NOW + after
        report = IngestReport()
        with FetchSession(self.world) as session:
            read_due_pages.fn(self.warehouse, session, self.registry, self.world, report)
            revisit_due_articles.fn(self.warehouse, session, self.registry, self.world, report)
        return report

    def rows(self, sql):
        return [tuple(row.values()) for row in self.warehouse.rows(sql)]


@pytest.fixture
def walk(home, site, watch):
    """Reads its story at once; its page then answers what a test shows."""
    watch("wire", ["http://wire.example/feed.xml"])
    with open_warehouse(home, "test") as warehouse:
        walk = Walk(home, site, warehouse)
        walk.show()
        walk.at(timedelta(0))
        yield walk
        assert failed_checks(warehouse.sql) == []


def head_of(modified):
    return f'<meta property="article:modified_time" content="{modified}">'


def test_visits_grow_rarer(walk):
    """Just before each step, at it and after it: exactly at the six steps the page is asked."""
    visits = []
    for step in STEPS:
        for after in (step - timedelta(seconds=1), step, step + HOUR / 2):
            walk.now = NOW + after
            for due in due_revisits(walk.warehouse, walk.now):
                visits.append(after)
                response = answer_of(due, walk.now, FetchStatus.NOT_MODIFIED)
                store_revisits(walk.warehouse, [(due, (response, None))], walk.registry, IngestReport())

    assert visits == list(STEPS)


def test_a_missed_step_is_not_made_up_twice(walk):
    """After two days without a run one visit covers what was missed; the next comes at three days."""
    assert walk.at(2 * DAY).n_revisits == 1
    assert walk.at(2 * DAY + HOUR).n_revisits == 0
    assert walk.at(3 * DAY - timedelta(seconds=1)).n_revisits == 0
    assert walk.at(3 * DAY).n_revisits == 1


def test_an_old_article_is_left_alone(walk):
    """Whatever was missed."""
    assert walk.at(UNTIL).n_revisits == 0
    assert walk.at(UNTIL - HOUR).n_revisits == 1


def test_an_unchanged_page_costs_no_body(walk):
    """The validators of the last full answer are sent; 304 is a visit that confirms the text."""
    walk.show(headers={**HTML, "ETag": '"1"'}, extra="They will meet again, said the host of the meeting.")
    walk.at(HOUR)
    walk.at(6 * HOUR)

    assert walk.site.requests[-1][1]["If-None-Match"] == '"1"'
    assert walk.rows("select fetch_status, purpose from core.fetch order by fetched_utc") == [
        ("ok", "first"),
        ("ok", "revisit"),
        ("not_modified", "revisit"),
    ]
    assert walk.rows("select position, is_latest, confirmed_utc, gone_utc from revision order by 1") == [
        (1, False, NOW, None),
        (2, True, NOW + 6 * HOUR, None),
    ]


def test_a_lying_validator_hides_an_edit_for_a_day_at_most(walk):
    """The server answers 304 whatever the page says; after 24 h it is asked without."""
    walk.show(headers={**HTML, "ETag": '"same"'})
    walk.at(HOUR)
    walk.show(headers={**HTML, "ETag": '"same"'}, extra="A sentence that came in silence.")

    assert [walk.at(after).n_edits for after in (6 * HOUR, DAY)] == [0, 1]
    assert "If-None-Match" not in walk.site.requests[-1][1]
    assert walk.rows("select unchanged_utc from edit") == [(NOW + 6 * HOUR,)]  # that is what the server said


def test_the_same_bytes_are_not_read_again(walk):
    """No validator, the same body: a visit without a new revision, and nothing for the extractor."""
    report = walk.at(HOUR)

    assert (report.n_revisits, report.n_edits) == (1, 0)
    assert walk.rows("select count(*), count(distinct body_sha256) from core.fetch") == [(2, 1)]
    assert walk.rows("select n_revisions from article") == [(1,)]
    assert walk.rows("select confirmed_utc from revision") == [(NOW + HOUR,)]


@pytest.mark.parametrize(
    "noise",
    [
        {"title": "TALKS in Geneva:"},
        {"extra": "Updated 5 minutes ago"},
        {"head": head_of("2025-12-03T12:30:00Z")},
        {"page": article_page("Talks in Geneva", TALKS.replace(", envoys", " - envoys"))},
    ],
)
def test_noise_is_no_revision(walk, noise):
    """Commas, case, a counter, or a date of change alone."""
    walk.show(**noise)

    assert walk.at(HOUR).n_edits == 0
    assert walk.rows("select n_revisions from article") == [(1,)]


@pytest.mark.parametrize(
    ("before", "after", "announced", "stealth"),
    [
        ("", "", None, True),
        (head_of("2025-12-03T10:00:00Z"), head_of("2025-12-03T10:00:00Z"), False, True),
        (head_of("2025-12-03T10:00:00Z"), head_of("2025-12-03T11:00:00+01:00"), False, True),  # the same moment
        (head_of("2025-12-03T10:00:00Z"), head_of("2025-12-03T12:30:00Z"), True, False),
        ("", head_of("2025-12-03T12:30:00Z"), True, False),
        (head_of("2025-12-03T10:00:00Z"), "", False, True),
    ],
)
def test_stealth_edits(walk, before, after, announced, stealth):
    """The text changed: was it said?"""
    walk.show(head=before, extra="The first sentence of the extra paragraph.")
    walk.at(HOUR)
    walk.show(head=after, extra="The last sentence of the extra paragraph.")
    report = walk.at(6 * HOUR)

    assert report.n_edits == 1
    assert walk.rows(
        "select added, removed, headline_changed, is_announced, is_stealth, unchanged_utc, seen_utc from edit "
        "order by seen_utc desc limit 1"
    ) == [
        (
            ["The last sentence of the extra paragraph."],
            ["The first sentence of the extra paragraph."],
            False,
            announced,
            stealth,
            NOW + HOUR,
            NOW + 6 * HOUR,
        )
    ]


def test_a_correction_note_announces(walk):
    """Without any date of change."""
    walk.show(extra="Correction: an earlier version of this article named the wrong city for the talks.")
    walk.at(HOUR)

    assert walk.rows("select n_added, is_announced, is_stealth, correction_note from edit") == [
        (1, True, False, "Correction: an earlier version of this article named the wrong city for the talks.")
    ]


def test_a_new_headline_alone_is_an_edit_and_not_stealth(walk):
    """The definition speaks of the text; who counts headlines finds them by their own column."""
    walk.show(title="Talks in Geneva stall")
    walk.at(HOUR)

    assert walk.rows("select headline_before, headline_after, n_added + n_removed, is_stealth from edit") == [
        ("Talks in Geneva", "Talks in Geneva stall", 0, False)
    ]


def test_the_change_in_framing_is_shown(walk):
    """Each revision is scored; a frame that an edit brought is named."""
    walk.show(extra=DEADLOCK)
    walk.at(HOUR)
    book = walk.registry.codebook
    register_codebook(walk.warehouse, book, SCORER_VERSION, walk.now)
    score_unseen(walk.warehouse, book, walk.world)
    activate_codebook(walk.warehouse, book.version, walk.now)

    assert walk.rows("select frames_gained, frames_lost from edit") == [(["deadlock"], [])]
    assert walk.rows(
        "select position, carried, share > 0 from revision_frame where frame_id = 'deadlock' order by position"
    ) == [(1, False, False), (2, True, True)]
    assert walk.rows("select count(*), any_value(n_revisions) from article") == [(1, 2)]


def test_a_text_that_comes_back_is_a_new_revision(walk):
    """There and back: three states, two edits, the last text that of the first."""
    walk.show(extra="A sentence that will be taken back again.")
    walk.at(HOUR)
    walk.show()
    walk.at(6 * HOUR)

    assert walk.rows("select n_added, n_removed from edit order by seen_utc") == [(1, 0), (0, 1)]
    assert walk.rows("select count(*), count(distinct text_sha256) from core.revision") == [(3, 2)]


@pytest.mark.parametrize(
    ("status", "page"),
    [
        (404, b"not here"),
        (410, b"gone"),
        (403, b"<p>Access denied</p>"),
        (200, b"<html><body><p>Please accept cookies.</p></body></html>"),
        (200, b"%PDF-1.4"),
    ],
)
def test_what_is_no_article_replaces_nothing(walk, status, page):
    """A wall, a removed page: the text stays, the visit is on record, and removal is a finding."""
    walk.show(status=status, page=page)
    walk.at(HOUR)

    assert walk.rows("select count(*) from core.revision") == [(1,)]
    assert walk.rows("select count(*) from core.fetch where purpose = 'revisit'") == [(1,)]
    assert walk.rows("select gone_utc, confirmed_utc from revision") == [
        (NOW + HOUR if status in (404, 410) else None, NOW)
    ]


def test_an_article_that_comes_back_is_not_gone(walk):
    """Gone counts from the last visit that found it."""
    walk.show(status=404)
    walk.at(HOUR)
    walk.show()
    walk.at(6 * HOUR)
    assert walk.rows("select gone_utc, confirmed_utc from revision") == [(None, NOW + 6 * HOUR)]

    walk.show(status=410)
    walk.at(DAY)
    walk.at(3 * DAY)
    assert walk.rows("select gone_utc, confirmed_utc from revision") == [(NOW + DAY, NOW + 6 * HOUR)]


def test_another_story_in_its_place_is_no_edit(walk):
    """A redirect to a page that shares no sentence with the article: the article is gone."""
    other = "Farmers of the valley expect a good harvest this year, the ministry said on day {n}, and prices may fall."
    walk.site.pages["wire.example/farming"] = (200, HTML, article_page("Harvest", other, 6))
    walk.site.pages["wire.example/story"] = (301, {"Location": "http://wire.example/farming"}, b"")
    walk.at(HOUR)

    assert walk.rows("select count(*), any_value(gone_utc) from revision") == [(1, NOW + HOUR)]
    assert walk.rows("select verdict from core.fetch where purpose = 'revisit'") == [("elsewhere",)]


def test_a_failing_server_is_asked_again_but_not_for_ever(walk):
    """Three tries with longer and longer waits, then the next step is waited for."""
    tries = []
    for minute in range(45, 6 * 60, 15):
        walk.now = NOW + timedelta(minutes=minute)
        for due in due_revisits(walk.warehouse, walk.now):
            tries.append(minute)
            response = answer_of(due, walk.now, FetchStatus.TIMEOUT)
            store_revisits(walk.warehouse, [(due, (response, None))], walk.registry, IngestReport())

    assert tries == [60, 75, 105]
    assert len(tries) == TRIES
    assert len(due_revisits(walk.warehouse, NOW + 6 * HOUR)) == 1
    assert set(PASSING) == {str(status) for status in TEMPORARY}


def test_another_extractor_edits_nothing(walk):
    """What an older one read differs, and nobody edited it: a revision without an edit, compared from then on."""
    walk.warehouse.sql.execute("update core.revision set extractor = 'older', text = text || chr(10) || 'Read more.'")
    walk.show(extra="A sentence that the older extractor would have missed.")
    walk.at(HOUR)
    walk.show(extra="A sentence that was edited after all.")
    walk.at(6 * HOUR)

    assert walk.rows("select count(*) from core.revision") == [(3,)]
    assert walk.rows("select added, position from edit join revision using (revision_id)") == [
        (["A sentence that was edited after all."], 3)
    ]


def answer_of(due: DueRevisit, now: datetime, status: FetchStatus, body: bytes = b"") -> Response:
    """What a server said, as a value."""
    return Response(
        url=due.url,
        final_url=due.url,
        status=status,
        http_status=None if status in TEMPORARY else 200,
        content_type="text/html",
        etag=None,
        last_modified=None,
        body=body,
        fetched_utc=now,
        elapsed_ms=1,
        error=None,
    )


def articles_like(walk: Walk, names: list[str]) -> list[DueRevisit]:
    """Store more articles, as if their pages had been read at ``NOW``."""
    (sighting,) = walk.warehouse.rows("select * from core.sighting where sighting_id = 's'")
    (revision,) = walk.warehouse.rows("select * from core.revision order by seen_utc limit 1")
    seen = Sighting(**{key: sighting[key] for key in Sighting.__slots__})
    read = Revision(**{key: revision[key] for key in Revision.__slots__})
    dues = [DueRevisit(article_id=name, outlet_id="wire", url=f"http://wire.example/{name}") for name in names]
    records = []
    for due in dues:
        fetch = fetch_record("wire", due.url, answer_of(due, NOW, FetchStatus.OK, b"first"))
        name = due.article_id
        records += [
            fetch,
            replace(seen, sighting_id=name, article_id=name),
            replace(read, revision_id=stable_id(name), article_id=name, fetch_id=fetch.fetch_id),
            Article(article_id=name, outlet_id="wire", url=due.url, first_seen_utc=NOW),
        ]
    walk.warehouse.save(records)
    return dues


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
