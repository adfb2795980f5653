"""The dashboard's reading of what was found: effects at events, and how far apart classes of outlets are."""

from typing import Any

from pandas import DataFrame

from dashboard.data import Archive, kept, records_of, rows_of


@kept
def compared_events(archive: Archive) -> list[dict[str, Any]]:
    """The events of ``event_effect`` for which anything could be compared, by time: id, title, day, ``neighbours``."""
    return records_of(
        archive,
        """
        select event_id, any_value(event_title) as event_title, day_utc, any_value(neighbours) as neighbours
        from event_effect
        where not too_few
        group by event_id, day_utc
        order by day_utc, event_id
        """,
    )


@kept
def effects(archive: Archive, event_id: str, voice: str, unit_kind: str) -> DataFrame:
    """``event_effect`` of one family, what was found first, by the codebook's order of frames."""
    return rows_of(
        archive,
        """
        select e.*, f.code, f.label
        from event_effect as e
        join frame as f using (frame_id)
        where e.event_id = ? and e.voice = ? and e.unit_kind = ?
        order by e.is_found desc nulls last, f.position, e.unit
        """,
        event_id,
        voice,
        unit_kind,
    )


@kept
def divergence(archive: Archive, n_days: int) -> DataFrame:
    """``divergence`` with one number of days taken together, by day; the lists of classes and counts in words."""
    return rows_of(
        archive,
        """
        select
            * exclude (classes, n_eff),
            array_to_string(classes, ', ') as classes,
            cast(n_eff as varchar) as n_eff
        from divergence
        where n_days = ?
        order by day_utc
        """,
        n_days,
    )
