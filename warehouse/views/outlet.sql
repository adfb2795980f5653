-- outlet: who is watched, and on whose word an outlet has its class.

create or replace view outlet as
select
    outlet_id,
    name,
    home,
    country,
    languages,
    outlet_class,
    class_source,
    regexp_extract(home, '^https?://(?:www\.)?([^/:]+)', 1) as domain,
    mirrors,
    aliases,
    owner,
    owner_source,
    is_watched
from core.outlet;

comment on view outlet is 'One row per outlet that is or was watched.';
comment on column outlet.outlet_id is 'Name of the outlet''s registry file; never changes.';
comment on column outlet.name is 'Name of the newsroom, for people.';
comment on column outlet.home is 'Address of the front page.';
comment on column outlet.country is 'ISO 3166-1 alpha-2: where the newsroom answers to.';
comment on column outlet.languages is 'ISO 639-1 codes of the languages it publishes in.';
comment on column outlet.outlet_class is 'state-controlled, state-aligned, public-service, private, exile, aggregator, primary or unknown.';
comment on column outlet.class_source is 'Who says so, and the day it was read.';
comment on column outlet.mirrors is 'Other hosts that serve the same stories.';
comment on column outlet.domain is 'Host of the front page, without www.';
comment on column outlet.aliases is 'Other names of the same newsroom.';
comment on column outlet.owner is 'Who owns or runs it; null: unknown.';
comment on column outlet.owner_source is 'Who says so, and the day it was read; null with an unknown owner.';
comment on column outlet.is_watched is 'False: no longer in the registry; its articles stay.';
