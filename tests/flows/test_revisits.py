"""Revisits: the schedule, and what counts as an edit."""

from datetime import timedelta

import pytest

from flows.fetching.exchange import TEMPORARY, FetchStatus
from flows.reading.revisits import store_revisits
from flows.reports import IngestReport
from flows.score import score_unseen
from framing.scoring import SCORER_VERSION
from tests.flows.revisit_parts import DAY, HOUR, HTML, answer_of, head_of
from tests.site.stories import TALKS, article_page
from tests.warehouse.rows import NOW
from warehouse.catalogue import activate_codebook, register_codebook
from warehouse.revisits import PASSING, STEPS, TRIES, UNTIL, due_revisits

DEADLOCK = "The peace talks are deadlocked, and the negotiations between Kyiv and Moscow have reached an impasse."


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
