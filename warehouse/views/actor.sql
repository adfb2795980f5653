-- actor: whom the active codebook knows by name.

create or replace view actor as
select
    actor_id,
    name,
    side,
    position,
    codebook_version
from core.current_actor;

comment on view actor is 'One row per person, state or body that the active codebook knows by name.';
comment on column actor.actor_id is 'Key of the actor in actors.toml.';
comment on column actor.name is 'Name, for people.';
comment on column actor.side is 'RU, UA, US, EU or other.';
comment on column actor.position is 'Place in the codebook, from 1.';
comment on column actor.codebook_version is 'Hash of the codebook this belongs to.';
