-- Signals and topics beside frames: what was the score of a frame is the score of a code of some kind.

alter table core.frame_score rename to code_score;
alter table core.code_score rename column frame_id to code_id;
alter table core.code_score add column kind varchar default 'frame';
alter table core.hit rename column frame_id to code_id;
alter table core.hit add column kind varchar default 'frame';

create table core.tag (
    codebook_version varchar not null,
    position integer not null,
    kind varchar not null,             -- signal or topic
    tag_id varchar not null,
    code varchar not null,
    label varchar not null,
    definition varchar not null,
    is_not varchar not null
);

alter table core.outlet add column aliases varchar[] default [];
alter table core.outlet add column owner varchar;
alter table core.outlet add column owner_source varchar;

drop macro if exists core.wilson_low;   -- public now
drop macro if exists core.wilson_high;
