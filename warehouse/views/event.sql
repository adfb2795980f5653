-- event: the dated events to hold a series against, declared before anyone looked at one.

create or replace view event as
select
    event_id,
    title,
    event_time_utc,
    cast(event_time_utc at time zone 'UTC' as date) as day_utc,
    tz_note,
    certainty,
    source,
    added_by
from core.event
where is_watched;

comment on view event is 'One row per dated event of the talks.';
comment on column event.event_id is 'Key of the event in events.toml.';
comment on column event.title is 'What happened, in neutral words.';
comment on column event.event_time_utc is 'When it happened.';
comment on column event.day_utc is 'The UTC day it happened on.';
comment on column event.tz_note is 'How exact the time is, and in which zone it was given.';
comment on column event.certainty is 'confirmed, claimed or contested.';
comment on column event.source is 'Where it was read, and on which day.';
comment on column event.added_by is 'Who entered it.';
