"""What a run shows of itself on its page in Prefect: how far it is, and what it found, with links."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID

import duckdb
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.exceptions import PrefectHTTPStatusError
from prefect.logging import get_run_logger
from prefect.runtime import deployment

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
"""What may mean something in Markdown, as which Prefect's pages read each cell."""
MARKS = re.compile(r"([\\`*\[\]<>~]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_]))")
"""What does mean something between the brackets of a link. No more: there the pages show backslashes."""
BACKSLASHED = r"\\\1"
ERROR_LENGTH = 200

COVERAGE = """
with failing as (

    select outlet_id, list((feed_url, last_error, n_failures_in_row) order by feed_url) as feeds
    from feed_health
    where is_watched and health = 'failing'
    group by outlet_id

)

select
    o.name,
    o.home,
    coalesce(c.coverage_flag, 'not asked') as coverage_flag,
    coalesce(c.n_polls, 0) as n_polls,
    coalesce(c.n_polls_ok, 0) as n_polls_ok,
    coalesce(c.n_seen, 0) as n_seen,
    coalesce(c.n_pending, 0) as n_pending,
    coalesce(c.n_stored, 0) as n_stored,
    coalesce(c.n_off_topic, 0) as n_off_topic,
    coalesce(c.n_error, 0) as n_error,
    f.feeds
from outlet as o
left join coverage as c
    on o.outlet_id = c.outlet_id
    and c.day_utc = ?
left join failing as f
    on o.outlet_id = f.outlet_id
where o.is_watched or c.outlet_id is not null
order by f.feeds is null, o.name
"""


def progress_artifact(label: str, total: int) -> Callable[[int], None]:
    """
    ``advance(n)`` of a bar on the run's page; nothing for no work, or where no deployment runs.

    Each call is one request to the server: call it once for many items.
    """
    if not total or not deployment.id:
        return lambda _n: None
    bar: object = None
    done = 0
    with expendable():
        bar = create_progress_artifact(0.0, key=label.lower().replace(" ", "-"), description=label)

    def advance(n: int) -> None:
        nonlocal done
        done += n
        if isinstance(bar, UUID):
            with expendable():
                update_progress_artifact(bar, 100 * done / total)

    return advance


def report_coverage(connection: duckdb.DuckDBPyConnection, day: date, key: str, heading: str) -> None:
    """
    Show one UTC day of the coverage ledger, as it is published, on the run's page.

    Args:
        key: Under which Prefect keeps the reports of all runs together; lower case, digits and dashes.
        heading: Markdown.
    """
    rows = coverage_rows(connection, day)
    with expendable():
        create_table_artifact(rows, key=key, description=f"{heading} Coverage of {day}, UTC:")


def coverage_rows(connection: duckdb.DuckDBPyConnection, day: date) -> list[dict[str, Any]]:
    """One row per outlet that is watched or was polled that day, those with failing feeds first; cells are Markdown."""
    return [
        {
            "outlet": link(name, home),
            "coverage": flag,
            "polls": n_polls,
            "answered": n_polls_ok,
            "items seen": n_seen,
            "pending": n_pending,
            "stored": n_stored,
            "off topic": n_off_topic,
            "errors": n_error,
            "feeds failing now": "; ".join(describe_failure(*feed) for feed in feeds or ()),
        }
        for name, home, flag, n_polls, n_polls_ok, n_seen, n_pending, n_stored, n_off_topic, n_error, feeds in (
            connection.execute(COVERAGE, [day]).fetchall()
        )
    ]


def describe_failure(feed_url: str, error: str | None, n_failures: int) -> str:
    """A feed, with a link, and what went wrong."""
    reason = (error or "no reason known")[:ERROR_LENGTH]
    return f"{link(feed_url.partition('://')[2], feed_url)} ({n_failures} in a row): {escape(reason)}"


def link(text: str, url: str) -> str:
    """A link in Markdown; plain text where the address is not one of the web."""
    if not re.match(r"https?://", url):
        return escape(text)
    return f"[{MARKS.sub(BACKSLASHED, one_line(text))}]({quote(url, safe='/:?#@!$&+,;=%~')})"


def escape(text: str) -> str:
    """Text of others as text: no mark-up, no address that becomes a link by itself, one line."""
    return PUNCTUATION.sub(BACKSLASHED, one_line(text))


def one_line(text: str) -> str:
    return " ".join(text.split())


@contextmanager
def expendable() -> Iterator[None]:
    """What is only to look at must not end a run: Prefect's database refuses when it is busy."""
    try:
        yield
    except PrefectHTTPStatusError as error:
        get_run_logger().warning("an artifact is missing: %s", error)
