"""An article of the demo together with what was planted in it."""

from dataclasses import dataclass
from datetime import date

from flows.demo.records import DemoArticle, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a story took from another outlet's."""

    url: str
    """The canonical URL of the story that was first."""
    sentences: tuple[str, ...]
    """Those it took over, word for word and in a row."""
    n_words: int
    """Of the whole first story, without its title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article, the outlet it appears in, and the answers."""

    article: DemoArticle
    site: Site
    planted: dict[str, int]
    """Frame -> number of sentences that carry it."""
    n_sentences: int
    """The title counts as one."""
    is_measured: bool = True
    """Are there cues for its language?"""
    theme: str | None = None
    """Its subject, where that is not the talks."""
    written: str | None = None
    """The story of bank/stories.toml that it prints."""
    edited: dict[str, int] | None = None
    """As ``planted``, after the page was edited."""
    origin: Origin | None = None
    attributed: str | None = None
    """The verb of saying of the one attribution that was planted in it."""
    headline_gap: float | None = None
    """Of the frames in its headline, the share that the text does not carry; ``None``: the headline carries none."""

    @property
    def url(self) -> str:
        """The canonical URL."""
        return self.site.address(self.article.path)

    @property
    def day_utc(self) -> date:
        """The UTC day of publication."""
        return self.article.published.date()

    @property
    def n_words(self) -> int:
        """Without the title."""
        return sum(len(paragraph.split()) for paragraph in self.article.paragraphs)

    def is_on(self, outlet_id: str, day: date) -> bool:
        """Is it about the talks, in this outlet, on this UTC day?"""
        return (self.article.outlet_id, self.day_utc, self.theme) == (outlet_id, day, None)
