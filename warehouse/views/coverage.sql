-- coverage: what became of everything that was seen. A day with polls and nothing seen is a quiet
-- outlet; a day without a successful poll is our blindness, not the outlet's silence.

create or replace view coverage as
select
    outlet_id,
    day_utc,
    coverage_flag,
    n_polls,
    n_polls_ok,
    n_polls_ours,
    n_gaps,
    n_missed,
    expected_low,
    expected_high,
    n_seen,
    n_pending,
    n_stored,
    n_duplicate,
    n_off_topic,
    n_paywalled,
    n_wall,
    n_soft_404,
    n_index,
    n_video,
    n_too_short,
    n_robots,
    n_error,
    n_paywalled + n_wall + n_robots + n_error as n_lost,
    n_backfilled,
    n_scored,
    n_relevant,
    n_unmeasured
from core.watch_day;

comment on view coverage is 'One row per outlet and UTC day with a poll or a sighting, and for watched outlets each day between: the coverage ledger. n_seen is the sum of n_pending and the terminal states n_stored to n_error.';
comment on column coverage.outlet_id is 'The outlet.';
comment on column coverage.day_utc is 'UTC day of the poll, and of the first sighting.';
comment on column coverage.coverage_flag is 'How far the day can be trusted: backfilled (not asked; only imported files speak for it), not asked, our outage (nothing answered us), outage (no feed of the outlet answered), gap (items came and went between two polls), partial (a feed of several did not answer), low or high (seen fewer or more than expected), ok. The first that holds.';
comment on column coverage.n_polls is 'Times its feeds were asked.';
comment on column coverage.n_polls_ok is 'Times a feed answered; 0 with n_polls above 0 is an outage, not silence.';
comment on column coverage.n_polls_ours is 'Polls that failed while most hosts failed: the fault was ours.';
comment on column coverage.n_gaps is 'Times a feed''s new document shared no item with the one before it, see view gap.';
comment on column coverage.n_missed is 'Estimate of the items that came and went in those gaps, never seen; null: a gap that nothing allows to estimate.';
comment on column coverage.expected_low is 'The 5 % quantile of n_seen over the days that answered in the 28 days before; null before there are 14 of them.';
comment on column coverage.expected_high is 'The 95 % quantile of the same days. About one day in ten falls outside by chance alone.';
comment on column coverage.n_seen is 'Items first seen in a feed that day.';
comment on column coverage.n_pending is 'Not decided yet: the page is still to be fetched, or fetched again.';
comment on column coverage.n_stored is 'Brought a new article into the warehouse.';
comment on column coverage.n_duplicate is 'Same page as an earlier sighting.';
comment on column coverage.n_off_topic is 'Not about the talks.';
comment on column coverage.n_paywalled is 'Behind a paywall.';
comment on column coverage.n_wall is 'Answered by a bot or consent wall, or by a text that later stood under so many stories that it was one.';
comment on column coverage.n_soft_404 is 'Answered with a page that says: not found.';
comment on column coverage.n_index is 'A page that lists articles, not one.';
comment on column coverage.n_video is 'A page with a video and hardly any text.';
comment on column coverage.n_too_short is 'Too little text to be an article.';
comment on column coverage.n_robots is 'Not fetched: robots.txt asks not to.';
comment on column coverage.n_error is 'Lost for another reason, which core.sighting.reason names.';
comment on column coverage.n_lost is 'Seen, probably an article, and not read: n_paywalled + n_wall + n_robots + n_error.';
comment on column coverage.n_backfilled is 'Of n_seen: from imported WARC files, not from a feed. Expected ranges leave them out.';
comment on column coverage.n_scored is 'Of n_stored: scored by the active codebook.';
comment on column coverage.n_relevant is 'Of n_stored: about the talks.';
comment on column coverage.n_unmeasured is 'Of n_stored: scored, but not measurable in their language.';
