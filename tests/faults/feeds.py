"""Feeds for the fault tests: stories that carry frames, so that there are hits to lose."""

from framing.registry_files import SHIPPED
from tests.conftest import outlet_toml
from tests.site import Site
from tests.site.stories import TALKS, article_page, wire
from warehouse.home import Home

FRAMED = TALKS + " No breakthrough on security guarantees, diplomats said, and the deadlock over territory goes on."


def framed_wire(site: Site, host: str, n_stories: int) -> None:
    """As ``wire``: a feed with a validator, and its pages; each page says more than the talks go on."""
    wire(site, host, n_stories)
    for n in range(n_stories):
        page = article_page(f"Talks, round {n} at {host}", FRAMED)
        site.pages[f"{host}/story-{n}"] = (200, {"Content-Type": "text/html"}, page)


def watch_only(home: Home, outlet_id: str, feeds: list[str]) -> None:
    """Let a home watch this outlet and no shipped one."""
    text = (SHIPPED / "watch.toml").read_text(encoding="utf-8")
    (home.registry / "watch.toml").write_text(
        text.replace("shipped_outlets = true", "shipped_outlets = false"), encoding="utf-8"
    )
    (home.registry / "outlets").mkdir(exist_ok=True)
    (home.registry / "outlets" / f"{outlet_id}.toml").write_text(outlet_toml(outlet_id, feeds), encoding="utf-8")
