-- daily_change: what changed, day by day. A day on which nothing did, or of which too little is known, says so.

create or replace view daily_change as
with asked as (

    select
        cast(polled_utc at time zone 'UTC' as date) as day_utc,
        outlet_id,
        bool_or(fetch_status in ('ok', 'not_modified') and error is null) as is_answered
    from core.poll
    where polled_utc at time zone 'UTC' >= (select min(day_utc) from core.change_day)
    group by all

),

coverage as (

    select
        day_utc,
        count(*) as n_asked,
        count(*) filter (where not is_answered) as n_blind
    from asked
    group by all

),

judged as (

    select
        d.*,
        coalesce(c.n_asked, 0) as n_asked,
        coalesce(c.n_blind, 0) as n_blind,
        d.n_compared = 0 or coalesce(c.n_blind > 0.5 * c.n_asked, false) as is_thin
    from core.change_day as d
    left join coverage as c
        on d.day_utc = c.day_utc

)

select
    j.day_utc,
    case when j.is_thin then 'too thin' when j.n_found > 0 then 'changed' else 'no change' end as verdict,
    c.position,
    c.unit_kind,
    c.unit,
    c.frame_id,
    'outlet' as voice,
    c.delta,
    c.delta_low,
    c.delta_high,
    c.k_eff,
    c.n_eff,
    c.k_before as k_eff_before,
    c.n_before as n_eff_before,
    c.p,
    c.q,
    -- Whether the day before said so already: a shift that lasts is told for some days.
    case when c.delta is not null and not b.is_thin then y.delta is null end as is_new,
    case when c.unit_kind = 'outlet' then c.unit end as evidence_outlet_id,
    case when c.unit_kind = 'class' then c.unit end as evidence_outlet_class,
    j.n_compared,
    j.n_too_few,
    j.n_found,
    j.n_asked,
    j.n_blind,
    s.as_of_utc at time zone 'UTC' >= j.day_utc + interval 1 day as is_over,
    s.as_of_utc as as_of
from judged as j
left join core.daily_change as c
    on j.day_utc = c.day_utc
    and not j.is_thin
left join judged as b
    on j.day_utc = b.day_utc + 1
left join core.daily_change as y
    on c.day_utc = y.day_utc + 1
    and c.unit_kind = y.unit_kind
    and c.unit = y.unit
    and c.frame_id = y.frame_id
    and (c.delta > 0) = (y.delta > 0)
cross join core.finding_state as s;

comment on view daily_change is 'One to seven rows per UTC day of the last 90: the shares of independent texts, in the outlets'' own voice, that differ from those of the seven days before by more than chance, the surest first; or one row that says that none does, or that too little is known.';
comment on column daily_change.day_utc is 'UTC day of publication.';
comment on column daily_change.verdict is 'changed; no change: compared and none found, a valid answer; too thin: nothing had texts enough to compare, or of more than half of the outlets asked no feed answered. Then nothing is told of the day.';
comment on column daily_change.position is '1 for the surest; null: nothing is told.';
comment on column daily_change.unit_kind is 'outlet or class.';
comment on column daily_change.unit is 'The outlet, or the class of outlets.';
comment on column daily_change.frame_id is 'The frame, see view frame.';
comment on column daily_change.voice is 'Always outlet: its own.';
comment on column daily_change.delta is 'Share of the day less share of the seven days before it. One yesterday alone is as thin as today: two days of ten texts differ by a third of all texts before that is no chance.';
comment on column daily_change.delta_low is 'Lower end of the 95 % interval of delta, for one comparison; whether it counts among all those made is said by q.';
comment on column daily_change.delta_high is 'Upper end of the same interval.';
comment on column daily_change.k_eff is 'Independent texts of the day that carry the frame; a text of which some copies do counts in part.';
comment on column daily_change.n_eff is 'Independent texts of the day, at least 8; one in many copies counts once, on the day the unit first had it.';
comment on column daily_change.k_eff_before is 'Independent texts of the seven days before that carry it.';
comment on column daily_change.n_eff_before is 'Independent texts of the seven days before, at least 8.';
comment on column daily_change.p is 'How often chance alone makes a day differ so much.';
comment on column daily_change.q is 'The same corrected for all n_compared of the day (Benjamini and Hochberg); told are those below 0.05.';
comment on column daily_change.is_new is 'False where the day before was told the same, in the same direction: a shift that lasts is told for some days; null: too little is known of the day before.';
comment on column daily_change.evidence_outlet_id is 'Key to the sentences: those in view evidence with this outlet_id, frame_id, day_utc and voice; null: a class.';
comment on column daily_change.evidence_outlet_class is 'Key to the sentences: those in view evidence with this outlet_class, frame_id, day_utc and voice; null: an outlet.';
comment on column daily_change.n_compared is 'Comparisons made: frames in outlets and classes with 8 independent texts that day and the week before, and a past from which to know the scatter between days.';
comment on column daily_change.n_too_few is 'Frames in outlets and classes with a text that day that were not compared.';
comment on column daily_change.n_found is 'How many were found; the first seven are told.';
comment on column daily_change.n_asked is 'Outlets of which a feed was asked that day; 0: published before the first poll.';
comment on column daily_change.n_blind is 'Of them, those of which no feed answered.';
comment on column daily_change.is_over is 'False while the day was not over when the newest text was scored: its share is that of the hours so far.';
comment on column daily_change.as_of is 'When the newest score or trace was made that is counted.';
