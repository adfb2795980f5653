"""Pages: from bytes to records."""

from flows.pages.page import read_page
from flows.pages.verdict import Verdict
from flows.workers import run_in_workers
from tests.site.stories import WEATHER, article_page

URL = "http://wire.example/feed.xml"


def test_an_article_page():
    """Title, paragraphs, canonical address; what surrounds the article stays out."""
    page = read_page(article_page("A title", WEATHER, 4, '<link rel="canonical" href="/a">'), "text/html", URL)

    assert (page.verdict, page.title, page.canonical) == (Verdict.ARTICLE, "A title", "/a")
    assert page.text.splitlines()[-4:] == [WEATHER.format(n=n) for n in range(1, 5)]
    assert "Home" not in page.text


def burn(seconds: float) -> str:
    """Stands for a parser caught in a hostile page."""
    import time

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return "done"


def die(_: int) -> None:
    """Stands for a parser that crashes its process."""
    import os

    os._exit(3)


def test_a_worker_is_killed_and_the_others_go_on():
    """One hostile page costs its own time limit and nothing else."""
    slow, quick = run_in_workers(burn, [(60.0,), (0.0,)], limit_s=1.5)
    (dead,) = run_in_workers(die, [(1,)])
    (after,) = run_in_workers(burn, [(0.0,)])

    assert (slow.value, slow.error) == (None, "took longer than 1.5 s")
    assert quick.value == after.value == "done"
    assert dead.error.startswith("the worker died")


def test_a_document_that_breaks_the_parser_is_an_outcome():
    """An SVG behind a feed's link must not stop the run."""
    svg, page = run_in_workers(read_page, [(b"<svg/>", "text/html", URL), (article_page("T"), "text/html", URL)])

    assert svg.error or svg.value.verdict is not Verdict.ARTICLE
    assert page.value.verdict is Verdict.ARTICLE
