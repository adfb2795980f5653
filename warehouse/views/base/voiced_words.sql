-- voiced_words: who gets to speak, for any breakdown and period, of sums that add up: the base of view share_of_voice and
-- macro voice_share. The same numbers as framing/corpus/slant.py: texts are weighed by their quoted words, and amount to
-- (sum of words)^2 / (sum of squares) equally weighted ones (Kish).

create or replace macro core.voiced_words(by_what, first_day, last_day) as table
with whole as (

    select
        core.unit_of(by_what, d.outlet_id, o.outlet_class, d.language, o.country) as unit,
        sum(d.n_articles) as n_articles,
        sum(d.n_articles) filter (where list_contains(d.first_in, by_what)) as n_eff,
        sum(d.n_words) filter (where list_contains(d.first_in, by_what)) as n_quoted_words,
        n_quoted_words ** 2 / sum(d.sum_squares) filter (where list_contains(d.first_in, by_what)) as size
    from core.voice_day as d
    join core.outlet as o
        on d.outlet_id = o.outlet_id
    where d.day_utc between first_day and last_day
    group by all

),

spoken as (

    select
        core.unit_of(by_what, c.outlet_id, o.outlet_class, c.language, o.country) as unit,
        c.actor_id,
        sum(c.n_direct) as n_direct,
        sum(c.n_indirect) as n_indirect,
        sum(c.n_articles) as n_texts
    from core.voice_cell as c
    join core.outlet as o
        on c.outlet_id = o.outlet_id
    where c.day_utc between first_day and last_day
    and list_contains(c.first_in, by_what)
    group by all
    having n_direct + n_indirect > 0

)

select
    s.unit,
    s.actor_id,
    coalesce(k.name, 'not resolved') as actor_name,
    k.side,
    (s.n_direct + s.n_indirect)::bigint as n_words,
    w.n_quoted_words::bigint as n_quoted_words,
    (s.n_direct + s.n_indirect) / w.n_quoted_words as share,
    share_low(share * w.size, w.size) as share_low,
    share_high(share * w.size, w.size) as share_high,
    s.n_direct::bigint as n_direct,
    s.n_indirect::bigint as n_indirect,
    s.n_texts::bigint as n_texts,
    w.n_articles::bigint as n_articles,
    w.n_eff::bigint as n_eff,
    w.n_eff < 8 as too_few,
    (select as_of_utc from core.portrait_state) as as_of
from spoken as s
join whole as w
    on s.unit = w.unit
left join core.current_actor as k
    on s.actor_id = k.actor_id;
