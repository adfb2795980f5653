-- revision: every state of every article that was seen, none of them ever changed.

create or replace view revision as
select
    revision_id,
    article_id,
    outlet_id,
    outlet_name,
    outlet_class,
    url,
    position,
    previous_revision_id,
    is_latest,
    seen_utc,
    confirmed_utc,
    gone_utc,
    verdict,
    title,
    text,
    n_words,
    language,
    published_utc,
    modified_utc,
    modified_raw,
    correction_note,
    text_source,
    extractor,
    relevant,
    n_sentences,
    frames,
    fetch_id
from core.scored_revision;

comment on view revision is 'One row per revision: a state of an article whose text or headline differs by more than noise (commas, quotes, case, counters) from the state before. Articles are visited 1 h, 6 h, 24 h, 3 d, 14 d and 60 d after they were first seen; what came and went between two visits nobody saw.';
comment on column revision.revision_id is 'Hash of article, headline, text and the revision before.';
comment on column revision.article_id is 'The article, see view article, which shows its latest revision.';
comment on column revision.outlet_id is 'The outlet.';
comment on column revision.outlet_name is 'Name of the outlet, for people.';
comment on column revision.outlet_class is 'Class of the outlet, see view outlet.';
comment on column revision.url is 'Address of the article.';
comment on column revision.position is 'Which state of the article this is, from 1.';
comment on column revision.previous_revision_id is 'The state before; null: the first.';
comment on column revision.is_latest is 'Is it the latest state?';
comment on column revision.seen_utc is 'When a visit first saw this state.';
comment on column revision.confirmed_utc is 'When a visit last found the article in this state; null: none did, as where the text is the feed''s.';
comment on column revision.gone_utc is 'When a visit first found the article removed (404, 410, a page that says so, or another article or a notice in its place) after it was last confirmed; null: never.';
comment on column revision.verdict is 'What the page was taken for: article or live_blog.';
comment on column revision.title is 'Headline; null when the page had none.';
comment on column revision.text is 'Body as extracted; paragraphs separated by a line break.';
comment on column revision.n_words is 'Words in the body.';
comment on column revision.language is 'ISO 639-1 as identified from the text; null when not confident.';
comment on column revision.published_utc is 'When this state says that the article was published, see view date_candidate; null: unknown.';
comment on column revision.modified_utc is 'When the page says that it was last changed; null: it does not say, or not so that it can be read.';
comment on column revision.modified_raw is 'The same as written, with its time zone.';
comment on column revision.correction_note is 'What the page says of its own corrections, one note a line; null: nothing.';
comment on column revision.text_source is 'page, or feed where the page gave no article.';
comment on column revision.extractor is 'What read the text. A revision by another one than the revision before may differ without having been edited.';
comment on column revision.relevant is 'Is it about the talks? Null: not measured (language), or not scored yet.';
comment on column revision.n_sentences is 'Sentences, the headline counted as one; null: not scored yet.';
comment on column revision.frames is 'Frames that it carries, by the active codebook, see view revision_frame; null: not measured, or not scored yet.';
comment on column revision.fetch_id is 'The request that brought it, see view page_fetch.';
