"""What one run of ingest did, in numbers."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class IngestReport:
    """What one run did."""

    n_feeds: int = 0
    """Feeds polled."""
    n_answered: int = 0
    """Feeds whose server said anything at all."""
    n_items: int = 0
    n_new: int = 0
    """Items not seen in their feed before."""
    n_gaps: int = 0
    """Feeds whose new document shares no item with the one before."""
    n_pages: int = 0
    n_revisits: int = 0
    n_edits: int = 0
    """Articles whose text or headline changed since the last visit."""
    states: Counter[str] = field(default_factory=Counter)
    """Sightings that left ``pending`` in this run, by the state they reached."""

    def __add__(self, other: "IngestReport") -> "IngestReport":
        """The two runs as one."""
        return IngestReport(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))
