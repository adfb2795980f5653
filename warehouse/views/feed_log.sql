-- feed_log: what was learned about feeds, as it was learned.

create or replace view feed_log as
with learned as (

    select feed_url, moved_utc as at_utc, 'moved' as what, new_url as value, reason from core.feed_move
    union all
    select feed_url, found_utc, 'proposal', proposed_url, reason || ' (found on ' || found_on || ')' from core.feed_proposal
    union all
    select feed_url, since_utc, 'item key', item_key_rule, reason from core.feed_rule
    union all
    select
        feed_url,
        polled_utc,
        'validator not trusted',
        coalesce(etag, last_modified),
        'another body came under the validator of the one before'
    from core.poll
    where validator_lied

)

select
    l.feed_url,
    f.outlet_id,
    o.name as outlet_name,
    l.at_utc,
    l.what,
    l.value,
    l.reason
from learned as l
join core.feed as f
    on l.feed_url = f.feed_url
join core.outlet as o
    on f.outlet_id = o.outlet_id;

comment on view feed_log is 'One row per thing learned about a feed that changed how it is asked or read, or that a person should decide.';
comment on column feed_log.feed_url is 'The feed, by the address in the registry.';
comment on column feed_log.outlet_id is 'The outlet.';
comment on column feed_log.outlet_name is 'Name of the outlet, for people.';
comment on column feed_log.at_utc is 'Since when.';
comment on column feed_log.what is 'moved (asked at another address now), proposal (may have moved: a person decides), item key (its items are told apart by another rule) or validator not trusted (asked in full for a while).';
comment on column feed_log.value is 'The new address, the rule, or the validator.';
comment on column feed_log.reason is 'Why, in words.';
