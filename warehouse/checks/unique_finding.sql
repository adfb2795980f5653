-- Each finding stands once, and each text counts once in a unit.
select 'finding_text' as finding from core.finding_text group by article_id having count(*) > 1
union all
select 'finding_day' from core.finding_day group by voice, unit_kind, unit, frame_id, day_utc having count(*) > 1
union all
select 'event_effect' from core.event_effect group by event_id, voice, unit_kind, unit, frame_id having count(*) > 1
union all
select 'change_point' from core.change_point group by unit, frame_id, day_utc having count(*) > 1
union all
select 'divergence' from core.divergence group by day_utc, n_days having count(*) > 1
union all
select 'daily_change' from core.daily_change group by day_utc, position having count(*) > 1
union all
select 'change_day' from core.change_day group by day_utc having count(*) > 1;
