"""Analyse: what only shows across articles, of everything that is new."""

from pathlib import Path

from prefect import flow, get_run_logger

from flows.analysis.findings import analyse_findings
from flows.analysis.reuse import ReuseReport, analyse_reuse
from framing.registry_files import load_registry
from warehouse.home import open_home
from warehouse.store import open_warehouse


@flow(name="analyse", validate_parameters=False)
def analyse(root: str) -> ReuseReport:
    """Trace the words of new revisions to whoever had them first, and find what they changed. Twice changes nothing."""
    home = open_home(Path(root))
    credits_to = load_registry(home.registry).credits
    with open_warehouse(home, "analyse") as warehouse:
        report = analyse_reuse(warehouse, credits_to)
        findings = analyse_findings(warehouse)
    get_run_logger().info("traced %d revisions, %d of them new", report.n_traced, report.n_signed)
    get_run_logger().info("found anew what %d days touch", findings.n_days)
    return report
