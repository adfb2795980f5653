-- edit: what newsrooms changed after they had published, and whether they said so.

create or replace view edit as
select
    e.article_id,
    e.revision_id,
    e.previous_revision_id,
    after.outlet_id,
    after.outlet_name,
    after.outlet_class,
    after.url,
    after.language,
    after.verdict,
    after.published_utc,
    before.confirmed_utc as unchanged_utc,
    e.seen_utc,
    e.headline_changed,
    before.title as headline_before,
    after.title as headline_after,
    e.n_added,
    e.n_removed,
    e.added,
    e.removed,
    before.modified_utc as modified_before_utc,
    after.modified_utc,
    after.correction_note,
    e.is_announced,
    e.is_stealth,
    before.frames as frames_before,
    after.frames as frames_after,
    list_filter(after.frames, lambda frame: not list_contains(before.frames, frame)) as frames_gained,
    list_filter(before.frames, lambda frame: not list_contains(after.frames, frame)) as frames_lost
from core.edit as e
join core.scored_revision as after
    on e.article_id = after.article_id
    and e.revision_id = after.revision_id
join core.scored_revision as before
    on e.article_id = before.article_id
    and e.previous_revision_id = before.revision_id;

comment on view edit is 'One row per revision that changed the text or the headline of the one before by more than noise (commas, quotes, case, counters, moved sentences). Revisions read by another extractor, or once from the feed and once from the page, are not compared.';
comment on column edit.article_id is 'The article.';
comment on column edit.revision_id is 'The revision after the edit, see view revision.';
comment on column edit.previous_revision_id is 'The revision before it.';
comment on column edit.outlet_id is 'The outlet.';
comment on column edit.outlet_name is 'Name of the outlet, for people.';
comment on column edit.outlet_class is 'Class of the outlet, see view outlet.';
comment on column edit.url is 'Address of the article.';
comment on column edit.language is 'ISO 639-1 of the article; null: not identified.';
comment on column edit.verdict is 'What the page was taken for: article, or live_blog, of which each visit may see an edit.';
comment on column edit.published_utc is 'When the article was published; null: unknown.';
comment on column edit.unchanged_utc is 'When a visit last saw the state before: the edit was made after this.';
comment on column edit.seen_utc is 'When a visit first saw the edit: it was made before this.';
comment on column edit.headline_changed is 'Did the words of the headline change?';
comment on column edit.headline_before is 'The headline before.';
comment on column edit.headline_after is 'The headline after.';
comment on column edit.n_added is 'Sentences that were not there before. One changed word is a sentence removed and one added.';
comment on column edit.n_removed is 'Sentences that are not there any more.';
comment on column edit.added is 'The sentences added, as published, in their order.';
comment on column edit.removed is 'The sentences removed, as published, in their order.';
comment on column edit.modified_before_utc is 'When the page before said that it was last changed; null: it did not say. A date that moved before the text did announces nothing: what counts is the date that the last visit saw.';
comment on column edit.modified_utc is 'When the page after says so; null: it does not say.';
comment on column edit.correction_note is 'What the page after says of its own corrections; null: nothing.';
comment on column edit.is_announced is 'Did the date of change or a correction note change with it? False: the page states one, and it did not; null: the page states neither, before or after.';
comment on column edit.is_stealth is 'The text changed, and neither the stated date of change nor a correction note did: is_announced is not true. Where is_announced is null the page never states its changes at all; count false and null apart. A headline that changed alone is no stealth edit.';
comment on column edit.frames_before is 'Frames carried before; null: not measured, or not scored yet.';
comment on column edit.frames_after is 'Frames carried after; null: not measured, or not scored yet.';
comment on column edit.frames_gained is 'Frames carried only after; null: not measured.';
comment on column edit.frames_lost is 'Frames carried only before; null: not measured.';
