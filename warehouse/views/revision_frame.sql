-- revision_frame: how much of each state of an article speaks in each frame.

create or replace view revision_frame as
select
    r.article_id,
    r.revision_id,
    r.position,
    r.is_latest,
    r.outlet_id,
    r.seen_utc,
    f.code_id as frame_id,
    f.carried,
    f.share
from core.scored_revision as r
join core.code_score as f
    on r.revision_id = f.revision_id
    and r.layer = f.layer
    and r.scorer_version = f.scorer_version
    and r.cue_hash = f.cue_hash
join core.frame as known
    on f.code_id = known.frame_id
join core.active_codebook as active
    on known.codebook_version = active.codebook_version
where f.kind = 'frame';

comment on view revision_frame is 'One row per scored revision and frame of the active codebook.';
comment on column revision_frame.article_id is 'The article.';
comment on column revision_frame.revision_id is 'The revision, see view revision.';
comment on column revision_frame.position is 'Which state of the article this is, from 1.';
comment on column revision_frame.is_latest is 'Is it the latest state?';
comment on column revision_frame.outlet_id is 'The outlet.';
comment on column revision_frame.seen_utc is 'When a visit first saw this state.';
comment on column revision_frame.frame_id is 'The frame, see view frame.';
comment on column revision_frame.carried is 'True: at least one sentence carries it; null: not measured (language), never the same as false.';
comment on column revision_frame.share is 'Sentences carrying the frame / all sentences, in [0, 1]; null: not measured.';
