"""What became of each event at each outlet: what Parley saw in the event's window, and what was told from it."""

from datetime import datetime, timedelta
from typing import Any

from warehouse.store import Warehouse

BEFORE = timedelta(days=28)
"""How long before a window an outlet's rate, and how common the event's marks are, is taken from."""


def known_windows(warehouse: Warehouse) -> dict[str, tuple[list[str], datetime, datetime]]:
    """The windows that omissions were told of: by event its marks, beginning and end."""
    rows = warehouse.rows("select event_id, marks, from_utc, to_utc from core.event_window")
    return {row["event_id"]: (row["marks"], row["from_utc"], row["to_utc"]) for row in rows}


def newest_poll(warehouse: Warehouse) -> datetime | None:
    """When a feed was last asked; ``None``: never."""
    (row,) = warehouse.rows("select max(polled_utc) as polled_utc from core.poll")
    polled: datetime | None = row["polled_utc"]
    return polled


def gaps_found_after(warehouse: Warehouse, moment: datetime) -> list[dict[str, Any]]:
    """``from_utc`` and ``to_utc`` of the gaps that a later poll than this moment found."""
    return warehouse.rows("select from_utc, to_utc from core.gap where to_utc > $1", [moment])


def are_all_answered(warehouse: Warehouse) -> bool:
    """Whether each event that was answered was so for the outlets that are watched now, and no others."""
    return not warehouse.rows(
        """
        (
            select event_id, outlet_id from core.omission
            except
            select w.event_id, o.outlet_id from core.event_window as w cross join core.outlet as o where o.is_watched
        )
        union all
        (
            select w.event_id, o.outlet_id from core.event_window as w cross join core.outlet as o where o.is_watched
            except
            select event_id, outlet_id from core.omission
        )
        limit 1
        """
    )


def see_windows(
    warehouse: Warehouse, windows: list[dict[str, object]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """
    Count what is known of each window.

    Args:
        windows: ``event_id``, ``marks``, ``from_utc`` and ``to_utc``.

    Returns:
        Rows of ``core.event_window``; and per event and watched outlet the fields of ``framing.corpus.omission.Watch``
        but ``is_told_apart``.
    """
    columns = ("event_id", "marks", "from_utc", "to_utc")
    warehouse.sql.execute(
        "create or replace temp table asked as "
        "select unnest($1::varchar[]) as event_id, unnest($2::varchar[][]) as marks, "
        "unnest($3::timestamptz[]) as from_utc, unnest($4::timestamptz[]) as to_utc",
        [[window[column] for window in windows] for column in columns],
    )
    warehouse.sql.execute(_NEAR, {"before": BEFORE})
    seen = warehouse.rows(_MARKED), warehouse.rows(_WATCHES, {"before": BEFORE})
    warehouse.sql.execute("drop table asked")
    warehouse.sql.execute("drop table near")
    return seen


def save_omissions(
    warehouse: Warehouse, windows: list[dict[str, object]], rows: list[dict[str, object]], kept: list[str]
) -> None:
    """Store what was told of these windows; events other than ``kept`` left the registry and go."""
    for table in ("event_window", "omission"):
        warehouse.sql.execute(f"delete from core.{table} where not list_contains($1, event_id)", [kept])
    warehouse.replace("event_window", windows, ("event_id",))
    told = [window["event_id"] for window in windows]
    warehouse.replace("omission", rows, ("event_id", "outlet_id"))
    warehouse.sql.execute(
        "delete from core.omission where list_contains($1, event_id) and outlet_id not in "
        "(select outlet_id from core.outlet where is_watched)",
        [told],
    )


_NEAR = """
create or replace temp table near as
select
    e.event_id,
    p.outlet_id,
    p.published_utc,
    p.is_measured,
    p.published_utc >= e.from_utc as is_within,
    len(e.marks) > 0 and list_has_all(p.subjects, e.marks) as is_marked
from asked as e
join core.portrait as p
    on p.published_utc >= e.from_utc - $before::interval
    and p.published_utc < e.to_utc
"""

_MARKED = """
select
    e.event_id,
    e.marks,
    e.from_utc,
    e.to_utc,
    count(*) filter (where n.is_measured and not n.is_within)::integer as n_before,
    count(*) filter (where n.is_measured and not n.is_within and n.is_marked)::integer as n_marked_before
from asked as e
left join near as n
    on e.event_id = n.event_id
group by all
order by e.event_id
"""

_WATCHES = """
with day as (
    select
        event_id,
        from_utc,
        to_utc,
        unnest(generate_series(date_trunc('day', from_utc), to_utc, interval 1 day)) as day
    from asked
),
hours as (
    -- What is still to come was not watched yet.
    select
        *,
        epoch(least(to_utc, day + interval 1 day)) - epoch(greatest(from_utc, day)) as seconds,
        greatest(
            0,
            epoch(least(to_utc, day + interval 1 day, (select max(polled_utc) from core.poll)))
            - epoch(greatest(from_utc, day))
        ) as seconds_so_far
    from day
    where day < to_utc
),
polled as (
    select
        outlet_id,
        date_trunc('day', polled_utc) as day,
        bool_or(fetch_status in ('ok', 'not_modified') and error is null) as is_ok
    from core.poll
    where polled_utc >= (select date_trunc('day', min(from_utc)) from asked)
    and polled_utc < (select max(to_utc) + interval 1 day from asked)
    group by all
),
since as (
    select outlet_id, min(polled_utc) as first_utc
    from core.poll
    where fetch_status in ('ok', 'not_modified')
    group by all
),
-- A gap throws doubt on every day from one document to the next.
watched as (
    select
        h.event_id,
        o.outlet_id,
        sum(h.seconds_so_far) filter (
            where p.is_ok
            and not exists (
                select 1 from core.gap as g
                where g.outlet_id = o.outlet_id and g.from_utc < h.day + interval 1 day and g.to_utc >= h.day
            )
        ) as n_seconds,
        sum(h.seconds) as n_all,
        count(p.day) > 0 as is_asked
    from hours as h
    cross join core.outlet as o
    left join polled as p
        on o.outlet_id = p.outlet_id
        and h.day = p.day
    where o.is_watched
    group by all
),
counted as (
    select
        event_id,
        outlet_id,
        count(*) filter (where is_within and is_measured and is_marked) as n_on_event,
        count(*) filter (where is_within and is_measured) as n_articles,
        count(*) filter (where is_measured) as n_measured,
        count(*) filter (where not is_measured) as n_unmeasured,
        count(*) filter (where not is_within) as n_before,
        max(published_utc) filter (where not is_within) as last_utc
    from near
    group by all
)
select
    w.event_id,
    w.outlet_id,
    coalesce(c.n_on_event, 0) as n_on_event,
    coalesce(c.n_articles, 0) as n_articles,
    coalesce(w.n_seconds / w.n_all, 0) as watched,
    coalesce(c.n_unmeasured, 0) as n_unmeasured,
    coalesce(c.n_measured, 0) as n_measured,
    -- A rate is known from 14 days on, as expected ranges are.
    case
        when c.last_utc is null then case when s.first_utc <= e.from_utc - interval 14 day then 0.0 end
        when greatest(s.first_utc, e.from_utc - $before::interval) <= e.from_utc - interval 14 day then
            c.n_before * (epoch(least(e.to_utc, (select max(polled_utc) from core.poll))) - epoch(c.last_utc))
            / (epoch(e.from_utc) - epoch(greatest(s.first_utc, e.from_utc - $before::interval)))
    end as n_due,
    w.is_asked
from watched as w
join asked as e
    on w.event_id = e.event_id
left join counted as c
    on w.event_id = c.event_id
    and w.outlet_id = c.outlet_id
left join since as s
    on w.outlet_id = s.outlet_id
order by w.event_id, w.outlet_id
"""
