"""One hostile outlet, and how a run of several rounds over it must end."""

from dataclasses import dataclass, field

from tests.hostile.markup import FEED, feed_of
from tests.site import Serves

NO_PAGE = "none"
"""In the place of a verdict: there was no page to judge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """
    What one outlet serves, and what must become of it.

    In ``states``, ``polls``, ``fetches`` and ``verdicts``, ``a|b`` stands where either is right.
    """

    name: str
    """Also the outlet's id, and ``<name>.example`` its host."""
    family: str
    serves: dict[str, Serves]
    """By path, or by host and path where a second host is at play."""
    states: dict[str, int | range]
    """How many of the outlet's sightings end in each state, after the last round; no other state occurs."""
    verdicts: tuple[str, ...] | None = ()
    """Of the last fetch of each page, one per page asked for, in any order; ``None``: whatever they are."""
    polls: tuple[str, ...] = ("ok",)
    """The status of the feed's first polls; ``unread``: the bytes came and are no feed, or could not be read."""
    fetches: tuple[str, ...] = ()
    """The status of the outlet's first fetches of pages, in order."""
    after_first: dict[str, int | range] | None = None
    """States after the first round, where that matters."""
    most_requests: dict[str, int] = field(default_factory=dict)
    """``round path-prefix`` -> how often the server may be asked for such addresses in that round."""
    within_s: float = 40.0
    """Wall clock of each request and the reading of its answer: the deadline of a request is 30 s."""
    holds: str = "true"
    """SQL over the core tables, with ``$outlet``, that must be true in the end."""
    language: str = "en"
    keep: str = "on-topic"

    @property
    def host(self) -> str:
        return f"{self.name}.example"

    @property
    def outlet_id(self) -> str:
        return self.name.replace("-", "_")

    @property
    def feed_url(self) -> str:
        return f"http://{self.host}/feed.xml"

    @property
    def pages(self) -> dict[str, Serves]:
        """For ``Site.pages``."""
        return {path if not path.startswith("/") else f"{self.host}{path}": page for path, page in self.serves.items()}


def page_case(family: str, name: str, serves: Serves, state: str, verdict: str = NO_PAGE, **more: object) -> Case:
    """An outlet whose feed has one item, and whose page is the matter."""
    feed = (200, {"Content-Type": FEED}, feed_of(f"{name}.example", ("/story",)))
    return Case(
        name=name,
        family=family,
        serves={"/feed.xml": feed, "/story": serves, **more.pop("also", {})},
        states={state: 1},
        verdicts=(verdict,),
        **more,
    )


def pages_case(
    family: str,
    name: str,
    pages: dict[str, Serves],
    states: dict[str, int | range],
    verdicts: tuple[str, ...],
    **more: object,
) -> Case:
    """An outlet whose feed links to several pages, in this order; ``also`` is served and not linked to."""
    links = more.pop("links", tuple(pages))
    feed = (200, {"Content-Type": FEED}, feed_of(f"{name}.example", links))
    serves = {"/feed.xml": feed, **pages, **more.pop("also", {})}
    return Case(name=name, family=family, serves=serves, states=states, verdicts=verdicts, **more)


def feed_case(
    family: str, name: str, feed: Serves, polls: tuple[str, ...], states: dict[str, int | range], **more: object
) -> Case:
    """An outlet whose feed is the matter; its pages, where it has some, are ordinary stories."""
    n_stored = states.get("stored", 0)
    return Case(
        name=name,
        family=family,
        serves={"/feed.xml": feed, **more.pop("also", {})},
        polls=polls,
        states=states,
        verdicts=more.pop("verdicts", ("article",) * n_stored if isinstance(n_stored, int) else None),
        **more,
    )
