-- article: every stored article with its text, date and relevance.

create or replace view article as
select
    article_id,
    outlet_id,
    outlet_name,
    outlet_class,
    country,
    url,
    title,
    text,
    n_words,
    authors,
    language,
    language_confidence,
    published_utc,
    published_rule,
    published_raw,
    date_spread_h,
    date_disagrees,
    modified_utc,
    text_source,
    feed_overlap,
    day_utc,
    first_seen_utc,
    relevant,
    n_sentences,
    headline_gap,
    asserted_in_headline,
    scored_utc,
    revision_id,
    fetch_id,
    n_revisions,
    verdict
from core.scored_article;

comment on view article is 'One row per stored article, in its latest revision.';
comment on column article.article_id is 'Hash of outlet and cleaned address.';
comment on column article.outlet_id is 'The outlet that published it.';
comment on column article.outlet_name is 'Name of the outlet, for people.';
comment on column article.outlet_class is 'Class of the outlet, see view outlet.';
comment on column article.country is 'Country the outlet answers to.';
comment on column article.url is 'Address without tracking.';
comment on column article.title is 'Headline as extracted; null when the page had none.';
comment on column article.text is 'Body as extracted; paragraphs separated by a line break.';
comment on column article.n_words is 'Words in the body.';
comment on column article.authors is 'Bylines as the page names them.';
comment on column article.language is 'ISO 639-1 as identified from the text; null when not confident.';
comment on column article.language_confidence is 'Probability of the best guess, in [0, 1].';
comment on column article.published_utc is 'When it was published; null when unknown. Never the time of fetching.';
comment on column article.published_rule is 'Which candidate the date was taken from: json-ld, meta, feed, url or text.';
comment on column article.published_raw is 'The date as written, with its time zone.';
comment on column article.date_spread_h is 'Hours between the dates given for it that lie furthest apart, see view date_candidate; null with fewer than two.';
comment on column article.date_disagrees is 'Is that more than a day?';
comment on column article.modified_utc is 'When the page says it was last changed; null: it does not say.';
comment on column article.text_source is 'page, or feed where the page gave no article and the feed carries its full text.';
comment on column article.feed_overlap is 'Share of the feed''s full text that the page''s text holds, in [0, 1]; null: the feed carries none.';
comment on column article.day_utc is 'UTC day of publication; null when unknown.';
comment on column article.first_seen_utc is 'When a poll first saw it.';
comment on column article.relevant is 'Is it about the talks? Null: not measured (language), or not scored yet.';
comment on column article.n_sentences is 'Sentences, the headline counted as one; null: not scored yet.';
comment on column article.headline_gap is 'Of the frames in the headline, the share that the text beneath does not carry, in [0, 1]; null: the headline carries none, or was not measured.';
comment on column article.asserted_in_headline is 'Frames that the headline states in the outlet''s own voice while the text only cites, rejects or distances itself from them; empty: none; null: not measured.';
comment on column article.scored_utc is 'When the active codebook scored it; null: not yet.';
comment on column article.revision_id is 'The revision shown.';
comment on column article.fetch_id is 'The request that brought it, see view page_fetch: there the answer''s place in the archive and its SHA-256.';
comment on column article.n_revisions is 'How many revisions are stored.';
comment on column article.verdict is 'What the page was taken for: article or live_blog.';
