-- page_fetch: every request for a page, what it was taken for, and where the answer lies.

create or replace view page_fetch as
select
    f.fetch_id,
    f.outlet_id,
    o.name as outlet_name,
    f.url,
    f.final_url,
    f.purpose,
    f.fetched_utc,
    f.fetch_status as status,
    f.http_status,
    f.verdict,
    f.verdict_evidence,
    f.robots,
    f.error,
    f.n_bytes,
    f.body_sha256,
    f.warc_file,
    f.warc_offset
from core.fetch as f
left join core.outlet as o
    on f.outlet_id = o.outlet_id;

comment on view page_fetch is 'One row per request for a page.';
comment on column page_fetch.fetch_id is 'Hash of outlet, address and time.';
comment on column page_fetch.outlet_id is 'The outlet whose page it is.';
comment on column page_fetch.outlet_name is 'Name of the outlet, for people.';
comment on column page_fetch.url is 'Address that was asked.';
comment on column page_fetch.final_url is 'Where redirects led; null: no answer.';
comment on column page_fetch.purpose is 'first, revisit (has the article changed?) or backfill (from an imported WARC file).';
comment on column page_fetch.fetched_utc is 'When.';
comment on column page_fetch.status is 'What became of the request: ok, not_modified, gone, blocked, timeout ...';
comment on column page_fetch.http_status is 'HTTP status of the answer; null: none came.';
comment on column page_fetch.verdict is 'What the page was taken for: article, live_blog, teaser, consent, bot_wall, soft_404, index, video, too_short, not_html or unreadable, at a revisit also elsewhere (another article or a notice stands in its place), and teaser where the text lost its end; null: nothing to judge.';
comment on column page_fetch.verdict_evidence is 'What spoke for the verdict, as JSON.';
comment on column page_fetch.robots is 'What robots.txt said: allowed, disallowed or unreachable; null: not asked.';
comment on column page_fetch.error is 'What went wrong; null: nothing.';
comment on column page_fetch.n_bytes is 'Size of the body, decompressed.';
comment on column page_fetch.body_sha256 is 'SHA-256 of that body: the evidence that it was not changed since.';
comment on column page_fetch.warc_file is 'The WARC file that holds the answer, below the home''s warc folder; null: no answer came.';
comment on column page_fetch.warc_offset is 'Where in that file, in bytes.';
