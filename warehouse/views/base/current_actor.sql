-- current_actor: the actors of the active codebook.

create or replace view core.current_actor as
select
    k.actor_id,
    k.name,
    k.side,
    k.position,
    k.codebook_version
from core.actor as k
join core.active_codebook as active
    on k.codebook_version = active.codebook_version;
