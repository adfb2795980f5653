"""The stages of an analysis in their order: each reads what those before it wrote."""

from dataclasses import dataclass

from flows.analysis.findings import FindingsReport, analyse_findings
from flows.analysis.portraits import PortraitReport, analyse_portraits
from flows.analysis.quality import analyse_quality
from flows.analysis.reuse import ReuseReport, analyse_reuse
from flows.analysis.trends import TrendReport, analyse_trends
from framing.errors import ParleyError
from framing.registry_files import Registry
from warehouse.lock import WarehouseLockedError
from warehouse.schema import SchemaError
from warehouse.store import StorageError, Warehouse


@dataclass(frozen=True, slots=True)
class AnalysisReport:
    """What one run did."""

    reuse: ReuseReport
    trends: TrendReport
    findings: FindingsReport
    portraits: PortraitReport
    unjudged: ParleyError | None
    """Why the judgements were not taken in; ``None``: they were."""


def analyse_all(warehouse: Warehouse, registry: Registry) -> AnalysisReport:
    """
    Trace words to whoever had them first, count, compare, portray, and take in the judgements.

    Running it twice changes nothing, and an interrupted run is taken up by the next. Judgements that cannot be read
    hold up nothing else: the figures of the last run stay.
    """
    reuse = analyse_reuse(warehouse, registry.credits)
    trends = analyse_trends(warehouse)
    findings = analyse_findings(warehouse)
    portraits = analyse_portraits(warehouse, registry)
    unjudged: ParleyError | None = None
    try:
        analyse_quality(warehouse, registry)
    except (WarehouseLockedError, SchemaError, StorageError) as error:
        unjudged = error
    return AnalysisReport(reuse, trends, findings, portraits, unjudged)
