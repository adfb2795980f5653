"""Who had it first: sign new revisions, trace their words, keep the clusters up to date."""

from dataclasses import dataclass

from flows.batches import batches
from framing.corpus.agencies import Credits
from framing.corpus.reuse import REUSE_VERSION, trace
from framing.corpus.shingles import ShingledText, sign
from warehouse.clusters import update_clusters
from warehouse.reuse import comparable, later_holders, save_reuse
from warehouse.signatures import articles_of, save_signatures, unsigned_revisions, withdraw_overturned
from warehouse.store import Warehouse

BATCH = 500
"""Revisions signed, traced and stored in one transaction."""


@dataclass(slots=True)
class ReuseReport:
    """What one run did."""

    n_signed: int = 0
    n_traced: int = 0
    """More than were signed where one came late that others took from."""


def analyse_reuse(warehouse: Warehouse, credits_to: Credits) -> ReuseReport:
    """
    Sign the revisions that have no signature, and say of each what stood elsewhere before.

    An article that comes late has those traced again that held its words after it, so that the order of arrival
    does not matter; everything else stays untouched. Running it twice changes nothing, and an interrupted run is
    taken up by the next.
    """
    method = method_of(credits_to)
    report = ReuseReport()
    with warehouse.transaction():
        orphans, gone = withdraw_overturned(warehouse)
        report.n_traced += _trace(warehouse, method, orphans, gone)
    while rows := unsigned_revisions(warehouse, method, BATCH):
        texts = [ShingledText(row["text"]) for row in rows]
        agencies = [credits_to.find(row["text"], row["authors"]) for row in rows]
        ids = [row["revision_id"] for row in rows]
        with warehouse.transaction():
            save_signatures(warehouse, method, rows, sign(texts), agencies)
            report.n_traced += _trace(warehouse, method, sorted({*ids, *later_holders(warehouse, method, ids)}))
        report.n_signed += len(rows)
    return report


def method_of(credits_to: Credits) -> str:
    """What signatures are made with: another version of either is another method, and all are signed anew."""
    return f"{REUSE_VERSION}-{credits_to.version}"


def _trace(warehouse: Warehouse, method: str, revision_ids: list[str], gone: list[str] | None = None) -> int:
    """Trace these revisions and find the clusters of their articles, and of those that are gone, anew."""
    for batch in batches(revision_ids, BATCH):
        found = [(version, trace(version, others)) for version, others in comparable(warehouse, method, batch)]
        save_reuse(warehouse, found)
    update_clusters(warehouse, [*articles_of(warehouse, revision_ids), *(gone or ())])
    return len(revision_ids)
