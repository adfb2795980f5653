"""What keys and constraints would guard elsewhere: queries that must find nothing."""

from pathlib import Path

import duckdb

CHECKS = Path(__file__).parent / "checks"


def failed_checks(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """One sentence per check that found rows: its name, its law and the first row found."""
    faults = []
    for path in sorted(CHECKS.glob("*.sql")):
        query = path.read_text(encoding="utf-8")
        row = connection.execute(query).fetchone()
        if row is not None:
            law = query.splitlines()[0].removeprefix("-- ")
            faults.append(f"warehouse check {path.stem}: {law} Found otherwise: {row!r}.")
    return faults
