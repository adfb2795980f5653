-- tag: the signals, topics, policy frames and narratives of the active codebook, explained.

create or replace view tag as
select
    t.kind,
    t.kind = 'narrative' as is_candidate,
    t.tag_id,
    t.code,
    t.label,
    t.definition,
    t.is_not,
    t.position,
    t.codebook_version
from core.tag as t
join core.active_codebook as active
    on t.codebook_version = active.codebook_version;

comment on view tag is 'One row per signal, topic, policy frame and narrative of the active codebook.';
comment on column tag.kind is 'signal: how the talks are run; topic: what they are about; policy: one of 14 generic frames; narrative: a candidate for one of 11 narratives on the war, to be read before it is counted.';
comment on column tag.is_candidate is 'Is a cue no more than a reason to read the text? So with narratives.';
comment on column tag.tag_id is 'Key of the tag in the registry: signals.toml, topics.toml, policy_frames.toml or narratives.toml.';
comment on column tag.code is 'Short code: S1 to S7, T1 to T6.';
comment on column tag.label is 'Short name, for charts.';
comment on column tag.definition is 'What a sentence must say to carry the tag.';
comment on column tag.is_not is 'What looks like the tag and is not.';
comment on column tag.position is 'Place in the codebook, from 1.';
comment on column tag.codebook_version is 'Hash of the codebook these definitions belong to.';
