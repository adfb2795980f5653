"""What earlier runs learned about hosts: their robots.txt, and at which pace and when they want to be asked again."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta

from warehouse.feed_records import HostPace, RobotsFile
from warehouse.store import Warehouse

KEPT_FOR = timedelta(days=30)
"""The oldest copy that may stand in for rules that cannot be had."""
PACE_KEPT_FOR = timedelta(days=2)
"""A host that refused is asked at the pace it bore so long: the slowest feed is polled twice in it."""


def known_robots(warehouse: Warehouse, now: datetime) -> list[RobotsFile]:
    """The newest rules of each origin, oldest first, where they were read in the last 30 days."""
    rows = warehouse.rows(
        """
        select *
        from core.robots
        where rules is not null
        and fetched_utc > $since
        and fetched_utc <= $now  -- a clock that was ahead would keep its copy fresh for ever
        qualify row_number() over (partition by origin order by fetched_utc desc) = 1
        order by fetched_utc
        """,
        {"since": now - KEPT_FOR, "now": now},
    )
    return [RobotsFile(**row) for row in rows]


def wanted_pauses(warehouse: Warehouse, now: datetime) -> list[tuple[str, datetime]]:
    """Addresses whose host asked, by Retry-After, not to be asked yet, and until when; the latest last."""
    rows = warehouse.rows(
        """
        select coalesce(final_url, url) as asked_url, retry_after_utc from core.fetch where retry_after_utc > $now
        union all
        select coalesce(final_url, asked_url, feed_url), retry_after_utc from core.poll where retry_after_utc > $now
        order by retry_after_utc
        """,
        {"now": now},
    )
    return [(row["asked_url"], row["retry_after_utc"]) for row in rows]


def known_paces(warehouse: Warehouse, now: datetime) -> list[HostPace]:
    """How hosts bore our pace in the last two days, by domain."""
    rows = warehouse.rows(
        """
        select *
        from core.host_pace
        where noted_utc > $since
        and noted_utc <= $now  -- a clock that was ahead would have a host rest for ever
        order by domain
        """,
        {"since": now - PACE_KEPT_FOR, "now": now},
    )
    return [HostPace(**row) for row in rows]


def keep_paces(warehouse: Warehouse, paces: Iterable[HostPace]) -> None:
    """Each domain's newest pace in the place of the one before."""
    warehouse.replace("host_pace", [asdict(pace) for pace in paces], ("domain",))
