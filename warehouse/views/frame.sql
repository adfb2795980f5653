-- frame: what each frame means, in the active codebook.

create or replace view frame as
select
    f.frame_id,
    f.code,
    f.label,
    f.definition,
    f.is_not,
    f.serves,
    f.serves_reason,
    f.mirror,
    f.no_mirror,
    f.position,
    f.codebook_version
from core.frame as f
join core.active_codebook as active
    on f.codebook_version = active.codebook_version;

comment on view frame is 'One row per frame of the active codebook.';
comment on column frame.frame_id is 'Key of the frame in frames.toml.';
comment on column frame.code is 'Short code, F01 to F14.';
comment on column frame.label is 'Short name, for charts.';
comment on column frame.definition is 'What a sentence must say to carry the frame.';
comment on column frame.is_not is 'What looks like the frame and is not.';
comment on column frame.serves is 'Whose position the frame serves: RU, UA, US, EU or none.';
comment on column frame.serves_reason is 'Why it is said to serve that side.';
comment on column frame.mirror is 'The frame that says the same of the other side.';
comment on column frame.no_mirror is 'Why the frame has no mirror, where it has none.';
comment on column frame.position is 'Place in the codebook, from 1.';
comment on column frame.codebook_version is 'Hash of the codebook these definitions belong to.';
