"""Revisits that find a notice, a wall without words, or a date that moved alone: none of them edits an article."""

import json

import pytest

from flows.fetching.exchange import FetchStatus
from flows.fetching.session import FetchSession
from flows.reading.revisits import revisit_due_articles, store_revisits
from flows.reports import IngestReport
from tests.flows.revisit_parts import HOUR, answer_of, head_of
from tests.site.stories import TALKS, article_page
from tests.warehouse.rows import NOW
from warehouse.records import RevisionVerdict
from warehouse.revisits import due_revisits, latest_states

WORKS = (
    b"<html><head><title>Technical works</title></head><body><h1>Technical works</h1><p>Dear readers, our website is "
    b"undergoing scheduled technical maintenance, and we apologise for the inconvenience this causes to you.</p><p>Our "
    b"engineers are working hard to bring everything back as soon as possible, so please try again in an hour. Follow "
    b"us on social media for the latest news.</p></body></html>"
)


def visits(walk):
    return walk.rows("select verdict, verdict_evidence from core.fetch where purpose = 'revisit' order by fetched_utc")


def test_a_notice_at_the_same_address_is_no_edit(walk):
    """No redirect, no sentence and no word of the headline: the article keeps its text, and is back when it is back."""
    walk.show(page=WORKS)
    walk.at(HOUR)
    ((verdict, evidence),) = visits(walk)

    assert (verdict, json.loads(evidence)["instead_of"]) == ("elsewhere", "Talks in Geneva")
    assert walk.rows("select count(*), any_value(title) from revision") == [(1, "Talks in Geneva")]
    assert walk.rows("select gone_utc from revision") == [(NOW + HOUR,)]

    walk.show()
    walk.at(6 * HOUR)
    assert walk.rows("select gone_utc, confirmed_utc from revision") == [(None, NOW + 6 * HOUR)]


@pytest.mark.parametrize(
    ("title", "text"),
    [("Geneva: no deal", "Nobody agreed on day {n}, and all went home in the rain. "), ("Envoys leave", TALKS)],
)
def test_a_rewritten_article_is_an_edit(walk, title, text):
    """One word of the headline, or one sentence, is enough."""
    walk.show(page=article_page(title, text, 6))

    assert walk.at(HOUR).n_edits == 1


def test_a_page_that_lost_its_end_is_a_wall(walk):
    """Six of eight sentences are gone and none has come: the text stays, and the evidence says why."""
    walk.show(page=article_page("Talks in Geneva", TALKS, 1))
    report = walk.at(HOUR)
    ((verdict, evidence),) = visits(walk)

    assert report.n_edits == 0
    assert (verdict, json.loads(evidence)["cut"]) == ("teaser", "cut to 2 of 8 sentences")
    assert walk.rows("select count(*), any_value(confirmed_utc) from revision") == [(1, NOW)]


def test_a_shortened_article_is_an_edit(walk):
    """Half of it stays."""
    walk.show(page=article_page("Talks in Geneva", TALKS, 2))
    walk.at(HOUR)

    assert walk.rows("select n_added, n_removed from edit") == [(0, 4)]


def test_a_date_that_moved_before_announces_nothing(walk):
    """The date alone at 1 h, the text under the same date at 6 h: nobody was told of the edit."""
    walk.show(head=head_of("2025-12-03T12:30:00Z"))
    walk.at(HOUR)
    walk.show(head=head_of("2025-12-03T12:30:00Z"), extra="The Kremlin now says that the talks have failed for good.")
    walk.at(6 * HOUR)

    assert walk.rows("select n_added, is_announced, is_stealth from edit") == [(1, False, True)]


def test_links_and_advertisements_are_no_edits(walk):
    """They change with the day's other stories."""
    walk.show(extra="Читайте также: Путин прибыл в Женеву на переговоры")
    assert walk.at(HOUR).n_edits == 0
    walk.show(extra="Advertisement")
    assert walk.at(6 * HOUR).n_edits == 0


def test_what_proved_to_be_no_article_is_not_followed(walk):
    """Nor is it compared with, where it proved so between the plan and the visit: the request alone is stored."""
    (due,) = due_revisits(walk.warehouse, NOW + HOUR)
    ((revision_id,),) = walk.rows("select revision_id from core.revision")
    walk.warehouse.save([RevisionVerdict(revision_id=revision_id, judged_utc=NOW, verdict="bot_wall", reason="test")])

    assert due_revisits(walk.warehouse, NOW + HOUR) == []
    assert latest_states(walk.warehouse, [due.article_id]) == {}
    response = answer_of(due, NOW + HOUR, FetchStatus.NOT_MODIFIED)
    store_revisits(walk.warehouse, [(due, (response, None))], walk.registry, IngestReport())
    assert walk.rows("select count(*) from core.fetch") == [(2,)]


def test_a_visit_that_was_not_asked_is_no_try(walk):
    """The host said to wait: nothing is sent or stored, and the visit stays due."""
    n_asked = len(walk.site.requests)
    walk.now = NOW + HOUR
    pauses = {"wire.example": walk.now + HOUR}
    with FetchSession(walk.world, pauses=pauses) as session:
        revisit_due_articles.fn(walk.warehouse, session, walk.registry, walk.world, IngestReport())

    assert len(walk.site.requests) == n_asked
    assert visits(walk) == []
    assert len(due_revisits(walk.warehouse, walk.now)) == 1
