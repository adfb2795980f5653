-- volume_day: how much was published on the talks, and how much of it could be measured.

create or replace view volume_day as
select
    outlet_id,
    outlet_name,
    outlet_class,
    country,
    language,
    day_utc,
    count(*) filter (where relevant) as n_on_talks,
    count(*) filter (where relevant is null and scored_utc is not null) as n_unmeasured,
    count(*) filter (where scored_utc is null) as n_unscored
from core.scored_article
where day_utc is not null
and relevant is distinct from false
group by all;

comment on view volume_day is 'One row per outlet, language and UTC day with at least one dated article that is on the talks, cannot be measured, or is not scored yet.';
comment on column volume_day.outlet_id is 'The outlet.';
comment on column volume_day.outlet_name is 'Name of the outlet, for people.';
comment on column volume_day.outlet_class is 'Class of the outlet, see view outlet.';
comment on column volume_day.country is 'Country the outlet answers to.';
comment on column volume_day.language is 'ISO 639-1 as identified from the text; null: not identified.';
comment on column volume_day.day_utc is 'UTC day of publication.';
comment on column volume_day.n_on_talks is 'Articles on the talks, measured.';
comment on column volume_day.n_unmeasured is 'Articles that cannot be measured: language not identified, or no cues for it. They may or may not be on the talks.';
comment on column volume_day.n_unscored is 'Articles that are not scored yet.';
