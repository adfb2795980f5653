-- side: the sides of the talks, those that no frame serves included. A side without a frame is a limit of
-- the codebook, not a finding about the coverage.

create or replace view side as
with current_codebook as (

    select
        c.codebook_version,
        c.content
    from core.active_codebook as active
    join core.codebook as c
        on active.codebook_version = c.codebook_version

),

-- In the order in which the codebook's actors name them; whom a frame serves may be nobody.
named as (

    select
        unnest(json_extract_string(content, '$.actors[*].side')) as side,
        generate_subscripts(json_extract_string(content, '$.actors[*].side'), 1) as place
    from current_codebook

    union all

    select
        f.serves as side,
        1000000 as place
    from core.frame as f
    join current_codebook as c
        on f.codebook_version = c.codebook_version

),

ordered as (

    select
        side,
        row_number() over (order by side = 'none', min(place), side) as position
    from named
    where side <> 'other'
    group by side

)

select
    o.side,
    o.position,
    count(f.frame_id) as n_frames
from ordered as o
cross join current_codebook as c
left join core.frame as f
    on o.side = f.serves
    and c.codebook_version = f.codebook_version
group by all;

comment on view side is 'One row per side of the talks, and one for the frames that serve none, in the active codebook.';
comment on column side.side is 'RU, UA, US, EU or none.';
comment on column side.position is 'Place of the side, from 1; none comes last.';
comment on column side.n_frames is 'Frames that serve it. Sides with different numbers of frames are not to be compared by their shares; 0: nothing can be said about who serves it.';
