"""Revisits: ask again for what is stored, and keep what was edited."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.batches import batches
from flows.fetching.exchange import FetchStatus, Request, Response
from flows.fetching.session import FetchSession
from flows.pages.full_text import with_feed_text
from flows.pages.identity import names_page
from flows.pages.page import Page
from flows.pages.verdict import Evidence, Verdict
from flows.reading.articles import make_revision
from flows.reading.decisions import Answer, fetch_record, judged
from flows.reading.repeats import overturned
from flows.reading.stage import page_request, read_each, seen_with
from flows.reports import IngestReport
from flows.service.progress import progress
from flows.service.stopping import stop_if_asked
from flows.world import World
from framing.codebook import Codebook
from framing.editing import TextEdit, compare_texts, kept_of_cut, says_the_same
from framing.records import Outlet
from framing.registry_files import Registry
from framing.sentences import split_sentences
from framing.tokens import tokenise
from warehouse import revisits
from warehouse.agenda import DuePage
from warehouse.records import Edit, Fetch, Record, Revision, Sighting
from warehouse.repeats import SeenTexts
from warehouse.revisits import DueRevisit, State
from warehouse.store import Warehouse

ELSEWHERE = "elsewhere"
"""Verdict on a page that stands where an article was and is another one, or a notice."""
STEM = 5
"""Letters by which words of headlines are compared: languages bend their endings."""
MIN_WORD = 4
"""Letters; shorter words stand in any headline."""


@task(name="revisit articles", cache_policy=NO_CACHE)
def revisit_due_articles(
    warehouse: Warehouse, session: FetchSession, registry: Registry, world: World, report: IngestReport
) -> None:
    """
    Ask for the articles whose time has come, with what their server gave to tell whether they changed.

    Not retried: what failed for a passing reason is asked again by a later run.
    """
    due = revisits.due_revisits(warehouse, world.clock())
    requests = [revisit_request(one) for one in due]

    def is_new(index: int, response: Response) -> bool:
        return response.body_sha256 != due[index].body_sha256

    with progress("Revisiting articles", len(due)) as advance:
        for batch in batches((due[index], answer) for index, answer in read_each(requests, session, is_new)):
            store_revisits(warehouse, batch, registry, report)
            advance(len(batch))
            stop_if_asked()


def revisit_request(due: DueRevisit) -> Request:
    """An article's page as it is asked for again."""
    request = page_request(due.url, due.outlet_id, due.title)
    return replace(request, etag=due.etag, last_modified=due.last_modified)


def store_revisits(
    warehouse: Warehouse, answers: Sequence[tuple[DueRevisit, Answer]], registry: Registry, report: IngestReport
) -> None:
    """
    Store visits, and what changed since the last one, in one transaction.

    Args:
        answers: In the order in which they came, where an article is among them more than once.
    """
    if not answers:
        return
    outlets = {outlet.outlet_id: outlet for outlet in registry.outlets}
    states = revisits.latest_states(warehouse, [due.article_id for due, _ in answers])
    latest = max(response.fetched_utc for _, (response, _) in answers)
    found = [
        (_as_page(due, states[due.article_id].first), answer) for due, answer in answers if due.article_id in states
    ]
    seen = seen_with(warehouse, found, latest)
    records: list[Record] = []
    for due, answer in answers:
        state = states.get(due.article_id)
        rows = revisit_records(due, answer, state, outlets.get(due.outlet_id), registry.codebook, seen)
        records += rows
        if state is not None:
            states[due.article_id] = _after(state, rows)
    with warehouse.transaction():
        warehouse.save(records)
        warehouse.save(overturned(seen, latest))
    report.n_revisits += len(answers)
    report.n_edits += sum(isinstance(record, Edit) for record in records)


def _as_page(due: DueRevisit, first: Sighting) -> DuePage:
    return DuePage(page_url=due.url, outlet_id=due.outlet_id, sightings=(first,))


def _after(state: State, rows: Sequence[Record]) -> State:
    """What the next visit is compared with, where one batch holds several of one article."""
    fetch = next(row for row in rows if isinstance(row, Fetch))
    is_there = fetch.verdict in (Verdict.ARTICLE, Verdict.LIVE_BLOG)
    return replace(
        state,
        last=next((row for row in rows if isinstance(row, Revision)), state.last),
        modified_utc=(fetch.modified_utc if is_there else None) or state.modified_utc,
    )


def revisit_records(
    due: DueRevisit,
    answer: Answer,
    state: State | None,
    outlet: Outlet | None,
    codebook: Codebook,
    seen: SeenTexts,
) -> list[Record]:
    """
    The rows of one visit: the request, and a revision with its dates and its edit where more than noise changed.

    A page that is no article now, another one, or only the beginning of what it was changes nothing: what was read
    stays. Texts that were read in different ways (another extractor, the feed's text instead of the page's) differ
    without having been edited: the revision is stored, and later ones are compared with it, but there is no edit.

    Args:
        state: ``None`` where what was read proved to be no article since the visit was planned: only the request is
            stored.
    """
    response, outcome = answer
    content = judged(due.outlet_id, response, outcome, seen)
    fetch = fetch_record(due.outlet_id, due.url, response, "revisit", content)
    if state is None:
        return [fetch]
    last = state.last
    if outcome is None and response.status is FetchStatus.OK:  # the very bytes that gave the article
        fetch = replace(fetch, verdict=last.verdict)
    if content is None or not content.is_article:
        return [fetch]
    if _is_elsewhere(response, content, due, last):
        return [_judged_anew(fetch, content, ELSEWHERE, {"instead_of": last.title or ""})]
    content = with_feed_text(content, state.first.full_text)
    revision, dates = make_revision(due.article_id, state.first, fetch, content, outlet, codebook, last)
    headlines = (last.title or "", revision.title or "")
    change = compare_texts(last.text, revision.text, last.language, headlines)
    if not change.has_changes and says_the_same(*headlines):
        return [fetch]
    is_same_reading = (last.extractor, last.text_source) == (revision.extractor, revision.text_source)
    if not is_same_reading:
        return [fetch, revision, *dates]
    kept = kept_of_cut(last.text, revision.text, last.language, headlines)
    if kept is not None and revision.verdict == Verdict.ARTICLE:  # live blogs drop their ends
        return [_judged_anew(fetch, content, Verdict.TEASER, {"cut": f"cut to {kept[0]} of {kept[1]} sentences"})]
    return [fetch, revision, *dates, edit_record(last, revision, change, state.modified_utc)]


def _judged_anew(fetch: Fetch, content: Page, verdict: str, evidence: Evidence) -> Fetch:
    """The request with a verdict that only the earlier text tells."""
    told = json.dumps(content.evidence | evidence, ensure_ascii=False)
    return replace(fetch, verdict=verdict, verdict_evidence=told)


def _is_elsewhere(response: Response, content: Page, due: DueRevisit, last: Revision) -> bool:
    """
    Is it another page, of which no sentence stood in the article?

    Where redirects led away, that is enough; at the article's own address its headline must be another one as well.
    """
    is_away = response.final_url not in (None, due.url) and not names_page(response.final_url or "", due.url)
    if not is_away and not _are_strangers(content.title, last.title):
        return False
    change = compare_texts(last.text, content.text, last.language)
    return len(change.removed) >= len(split_sentences(last.text, last.language))


def _are_strangers(one: str | None, other: str | None) -> bool:
    """Do two headlines share no longer word? ``False`` where one of them has none."""
    first, second = _stems(one), _stems(other)
    return bool(first and second) and first.isdisjoint(second)


def _stems(title: str | None) -> set[str]:
    return {key[:STEM] for _, _, key in tokenise(title or "") if len(key) >= MIN_WORD}


def edit_record(before: Revision, after: Revision, change: TextEdit, told_utc: datetime | None) -> Edit:
    """
    What changed between two revisions.

    A stealth edit is one of the text that neither a new dateModified nor a new correction note announces.

    Args:
        told_utc: The date of change that the last visit saw; a date that came without a change announces no later one.
    """
    announced = is_announced(before, after, told_utc)
    return Edit(
        revision_id=after.revision_id,
        previous_revision_id=before.revision_id,
        article_id=after.article_id,
        seen_utc=after.seen_utc,
        headline_changed=not says_the_same(before.title or "", after.title or ""),
        n_added=len(change.added),
        n_removed=len(change.removed),
        added=list(change.added),
        removed=list(change.removed),
        is_announced=announced,
        is_stealth=change.has_changes and announced is not True,
    )


def is_announced(before: Revision, after: Revision, told_utc: datetime | None) -> bool | None:
    """
    Does the later revision state another dateModified or correction note? ``None``: neither ever states one.

    Args:
        told_utc: The dateModified that was seen last before the later revision.
    """
    told = (told_utc, before.modified_raw, before.correction_note, after.modified_raw, after.correction_note)
    if not any(told):
        return None
    has_new_date = after.modified_utc is not None and after.modified_utc != told_utc
    has_new_note = not says_the_same(after.correction_note or "", before.correction_note or "")
    return has_new_date or (after.correction_note is not None and has_new_note)
