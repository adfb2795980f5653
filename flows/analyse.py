"""Analyse: what only shows across articles, of everything that is new."""

from pathlib import Path

from prefect import flow, get_run_logger

from flows.analysis.stages import AnalysisReport, analyse_all
from framing.registry_files import load_registry
from warehouse.home import open_home
from warehouse.store import open_warehouse


@flow(name="analyse", validate_parameters=False)
def analyse(root: str) -> AnalysisReport:
    """Bring everything that rests on several articles up to date. Running it twice changes nothing."""
    home = open_home(Path(root))
    registry = load_registry(home.registry)
    with open_warehouse(home, "analyse") as warehouse:
        report = analyse_all(warehouse, registry)
    logger = get_run_logger()
    logger.info("traced %d revisions, %d of them new", report.reuse.n_traced, report.reuse.n_signed)
    logger.info("counted %d days of outlets", report.trends.n_days)
    logger.info("found anew what %d days touch", report.findings.n_days)
    logger.info("portrayed %d articles, looked for %d events", report.portraits.n_counted, report.portraits.n_events)
    if report.unjudged is not None:
        # What was collected is published all the same.
        logger.warning("the judgements were not taken in: %s", report.unjudged)
    return report
