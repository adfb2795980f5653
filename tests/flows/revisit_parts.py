"""Parts for the tests of revisits: one story and its page, and answers as values."""

from dataclasses import replace
from datetime import datetime, timedelta

from flows.fetching.exchange import TEMPORARY, FetchStatus, Response
from flows.fetching.session import FetchSession
from flows.pages.identity import stable_id
from flows.reading.decisions import fetch_record
from flows.reading.revisits import revisit_due_articles
from flows.reading.stage import read_due_pages
from flows.reports import IngestReport
from flows.world import loopback_world
from framing.registry_files import load_registry
from tests.site.stories import TALKS, article_page
from tests.warehouse.rows import NOW, sighting_row
from warehouse.catalogue import register_outlets
from warehouse.records import Article, Revision, Sighting
from warehouse.revisits import DueRevisit

URL = "http://wire.example/story"
HTML = {"Content-Type": "text/html; charset=utf-8"}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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


def head_of(modified):
    return f'<meta property="article:modified_time" content="{modified}">'


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
