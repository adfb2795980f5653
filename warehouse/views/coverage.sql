-- coverage: what became of everything that was seen. A day with polls and nothing seen is a quiet
-- outlet; a day without a successful poll is our blindness, not the outlet's silence.

create or replace view coverage as
with polled as (

    select
        outlet_id,
        cast(polled_utc at time zone 'UTC' as date) as day_utc,
        count(*) as n_polls,
        count(*) filter (where fetch_status in ('ok', 'not_modified') and error is null) as n_polls_ok
    from core.poll
    group by all

),

seen as (

    select
        s.outlet_id,
        cast(s.first_seen_utc at time zone 'UTC' as date) as day_utc,
        count(*) as n_seen,
        count(*) filter (where s.state = 'pending') as n_pending,
        count(*) filter (where s.state = 'stored') as n_stored,
        count(*) filter (where s.state = 'duplicate') as n_duplicate,
        count(*) filter (where s.state = 'off_topic') as n_off_topic,
        count(*) filter (where s.state = 'paywalled') as n_paywalled,
        count(*) filter (where s.state = 'wall') as n_wall,
        count(*) filter (where s.state = 'soft_404') as n_soft_404,
        count(*) filter (where s.state = 'too_short') as n_too_short,
        count(*) filter (where s.state = 'robots') as n_robots,
        count(*) filter (where s.state = 'error') as n_error,
        count(*) filter (where s.state = 'stored' and a.scored_utc is not null) as n_scored,
        count(*) filter (where s.state = 'stored' and a.relevant) as n_relevant,
        count(*) filter (where s.state = 'stored' and a.scored_utc is not null and a.relevant is null) as n_unmeasured
    from core.sighting as s
    left join core.scored_article as a
        on s.article_id = a.article_id
    group by all

)

select
    outlet_id,
    day_utc,
    coalesce(p.n_polls, 0) as n_polls,
    coalesce(p.n_polls_ok, 0) as n_polls_ok,
    coalesce(s.n_seen, 0) as n_seen,
    coalesce(s.n_pending, 0) as n_pending,
    coalesce(s.n_stored, 0) as n_stored,
    coalesce(s.n_duplicate, 0) as n_duplicate,
    coalesce(s.n_off_topic, 0) as n_off_topic,
    coalesce(s.n_paywalled, 0) as n_paywalled,
    coalesce(s.n_wall, 0) as n_wall,
    coalesce(s.n_soft_404, 0) as n_soft_404,
    coalesce(s.n_too_short, 0) as n_too_short,
    coalesce(s.n_robots, 0) as n_robots,
    coalesce(s.n_error, 0) as n_error,
    coalesce(s.n_scored, 0) as n_scored,
    coalesce(s.n_relevant, 0) as n_relevant,
    coalesce(s.n_unmeasured, 0) as n_unmeasured
from polled as p
full join seen as s
    using (outlet_id, day_utc);

comment on view coverage is 'One row per outlet and UTC day with a poll or a sighting: the coverage ledger. n_seen is the sum of n_pending and the terminal states n_stored to n_error.';
comment on column coverage.outlet_id is 'The outlet.';
comment on column coverage.day_utc is 'UTC day of the poll, and of the first sighting.';
comment on column coverage.n_polls is 'Times its feeds were asked.';
comment on column coverage.n_polls_ok is 'Times a feed answered; 0 with n_polls above 0 is an outage, not silence.';
comment on column coverage.n_seen is 'Items first seen in a feed that day.';
comment on column coverage.n_pending is 'Not decided yet: the page is still to be fetched, or fetched again.';
comment on column coverage.n_stored is 'Brought a new article into the warehouse.';
comment on column coverage.n_duplicate is 'Same page as an earlier sighting.';
comment on column coverage.n_off_topic is 'Not about the talks.';
comment on column coverage.n_paywalled is 'Behind a paywall.';
comment on column coverage.n_wall is 'Answered by a bot or consent wall.';
comment on column coverage.n_soft_404 is 'Answered with a page that says: not found.';
comment on column coverage.n_too_short is 'Too little text to be an article.';
comment on column coverage.n_robots is 'Not fetched: robots.txt asks not to.';
comment on column coverage.n_error is 'Lost for another reason, which core.sighting.reason names.';
comment on column coverage.n_scored is 'Of n_stored: scored by the active codebook.';
comment on column coverage.n_relevant is 'Of n_stored: about the talks.';
comment on column coverage.n_unmeasured is 'Of n_stored: scored, but not measurable in their language.';
