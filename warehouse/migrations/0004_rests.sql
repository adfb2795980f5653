-- How hosts bore our pace: what a run learned of it holds for the next, which is a session of its own. And the pace that
-- the registry sets for a feed.

create table core.host_pace (
    domain varchar not null,           -- registrable, as IDNA writes it
    noted_utc timestamptz not null,    -- when it was last asked
    slowing integer not null,          -- what the spacing is multiplied with: 1, 2, 4 ...
    rest_until_utc timestamptz,        -- not to be asked before; null: it does not rest
    rest_status varchar,               -- what its requests are answered with until then
    rest_reason varchar
);

alter table core.feed add column interval_minutes integer;  -- as the registry sets it; null: as the feed's pace demands
