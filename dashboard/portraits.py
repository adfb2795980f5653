"""The dashboard's reading of outlets' habits: whom they let speak or doubt, their headlines, what they leave out."""

from typing import Any

from pandas import DataFrame

from dashboard.data import Archive, kept, records_of, rows_of


@kept
def share_of_voice(archive: Archive) -> DataFrame:
    """``share_of_voice`` by class and outlet; within each most words first."""
    return rows_of(
        archive, "select * from share_of_voice order by outlet_class, outlet_name, outlet_id, n_words desc, actor_id"
    )


@kept
def verb_slant(archive: Archive) -> DataFrame:
    """``verb_slant`` by side, then class and outlet."""
    return rows_of(
        archive,
        """
        select v.*
        from verb_slant as v
        join side as s on v.whose = s.side
        where v.by_what = 'side'
        order by s.position, v.outlet_class, v.outlet_name, v.outlet_id
        """,
    )


@kept
def headline_gap(archive: Archive) -> DataFrame:
    """``headline_gap`` without its offenders, by class and outlet."""
    return rows_of(
        archive, "select * exclude (offenders) from headline_gap order by outlet_class, outlet_name, outlet_id"
    )


@kept
def gap_offenders(archive: Archive, n: int) -> list[dict[str, Any]]:
    """The articles whose headlines go furthest beyond their texts, worst and then newest first."""
    return records_of(
        archive,
        """
        with named as (select unnest(offenders, recursive := true) from headline_gap)
        select a.*, n.n_asserted
        from named as n
        join article as a on n.article_id = a.article_id
        order by n.headline_gap desc, n.n_asserted desc, n.published_utc desc, n.article_id
        limit ?
        """,
        n,
    )


@kept
def omission(archive: Archive) -> DataFrame:
    """``omission`` of the events that can be told apart, by time; outlets by class and name."""
    return rows_of(
        archive,
        """
        select *
        from omission
        where event_id in (
            select event_id from omission where doubt is distinct from 'event not told apart'
        )
        order by event_time_utc, event_id, outlet_class, outlet_name, outlet_id
        """,
    )
