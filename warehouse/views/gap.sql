-- gap: where the overlap proof failed.

create or replace view gap as
select
    g.feed_url,
    g.outlet_id,
    o.name as outlet_name,
    g.from_utc,
    g.to_utc,
    (epoch(g.to_utc) - epoch(g.from_utc)) / 3600 as hours,
    g.n_lost as n_missed,
    g.basis
from core.gap as g
join core.outlet as o
    on g.outlet_id = o.outlet_id;

comment on view gap is 'One row per document of a feed that shares no item with the document before it: what came and went between the two was never seen.';
comment on column gap.feed_url is 'The feed.';
comment on column gap.outlet_id is 'The outlet.';
comment on column gap.outlet_name is 'Name of the outlet, for people.';
comment on column gap.from_utc is 'When the document before was read.';
comment on column gap.to_utc is 'When the document that shares nothing with it was read.';
comment on column gap.hours is 'Hours between the two.';
comment on column gap.n_missed is 'Estimate of the items nobody saw; null: nothing to estimate it from.';
comment on column gap.basis is 'What the estimate rests on, in words.';
