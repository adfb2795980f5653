"""Analyse: what only shows across articles, of everything that is new."""

from pathlib import Path

from prefect import flow, get_run_logger

from flows.analysis.findings import analyse_findings
from flows.analysis.portraits import analyse_portraits
from flows.analysis.quality import analyse_quality
from flows.analysis.reuse import ReuseReport, analyse_reuse
from flows.analysis.trends import analyse_trends
from framing.registry_files import load_registry
from warehouse.home import open_home
from warehouse.lock import WarehouseLockedError
from warehouse.schema import SchemaError
from warehouse.store import StorageError, open_warehouse


@flow(name="analyse", validate_parameters=False)
def analyse(root: str) -> ReuseReport:
    """Trace words to whoever had them first, count, compare, portray, take in judgements. Twice changes nothing."""
    home = open_home(Path(root))
    registry = load_registry(home.registry)
    logger = get_run_logger()
    with open_warehouse(home, "analyse") as warehouse:
        report = analyse_reuse(warehouse, registry.credits)
        trends = analyse_trends(warehouse)
        findings = analyse_findings(warehouse)
        portraits = analyse_portraits(warehouse, registry)
        try:
            analyse_quality(warehouse, registry)
        except (WarehouseLockedError, SchemaError, StorageError) as error:
            # What was collected is published all the same; the figures of the last run stay.
            logger.warning("the judgements were not taken in: %s", error)
    logger.info("traced %d revisions, %d of them new", report.n_traced, report.n_signed)
    logger.info("counted %d days of outlets", trends.n_days)
    logger.info("found anew what %d days touch", findings.n_days)
    logger.info("portrayed %d articles, looked for %d events", portraits.n_counted, portraits.n_events)
    return report
