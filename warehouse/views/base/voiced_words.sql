-- voiced_words: who gets to speak, for any breakdown and period: the base of view share_of_voice and macro voice_share.
-- The same numbers as framing/corpus/slant.py: texts are weighed by their quoted words, and amount to
-- (sum of words)^2 / (sum of squares) equally weighted ones (Kish).

create or replace macro core.voiced_words(by_what, first_day, last_day) as table
with quoting as (

    select
        core.unit_of(by_what, p.outlet_id, o.outlet_class, p.language, o.country) as unit,
        p.article_id,
        p.cluster_id,
        p.published_utc,
        p.n_quoted_words,
        p.voices
    from core.portrait as p
    join core.outlet as o
        on p.outlet_id = o.outlet_id
    where p.day_utc between first_day and last_day
    and p.n_quoted_words > 0

),

-- Copies of one text are one, in the article of the unit that was first.
texts as (

    select unit, n_quoted_words, voices from quoting where cluster_id is null
    union all
    select unit, n_quoted_words, voices
    from quoting
    where cluster_id is not null
    qualify row_number() over (partition by unit, cluster_id order by published_utc, article_id) = 1

),

reach as (

    select unit, count(*) as n_articles from quoting group by unit

),

whole as (

    select
        unit,
        count(*) as n_eff,
        sum(n_quoted_words) as n_quoted_words,
        sum(n_quoted_words) ** 2 / sum(n_quoted_words * n_quoted_words::double) as size
    from texts
    group by unit

),

spoken as (

    select unit, unnest(voices) as voice from texts

),

share as (

    select
        unit,
        voice.actor_id as actor_id,
        sum(voice.n_direct) as n_direct,
        sum(voice.n_indirect) as n_indirect,
        sum(voice.n_direct + voice.n_indirect) as n_words,
        count(*) as n_texts
    from spoken
    group by all
    having n_words > 0

)

select
    s.unit,
    s.actor_id,
    coalesce(k.name, 'not resolved') as actor_name,
    k.side,
    s.n_words::bigint as n_words,
    w.n_quoted_words::bigint as n_quoted_words,
    s.n_words / w.n_quoted_words as share,
    share_low(s.n_words / w.n_quoted_words * w.size, w.size) as share_low,
    share_high(s.n_words / w.n_quoted_words * w.size, w.size) as share_high,
    s.n_direct::bigint as n_direct,
    s.n_indirect::bigint as n_indirect,
    s.n_texts,
    r.n_articles,
    w.n_eff,
    w.n_eff < 8 as too_few,
    (select as_of_utc from core.portrait_state) as as_of
from share as s
join whole as w
    on s.unit = w.unit
join reach as r
    on s.unit = r.unit
left join core.current_actor as k
    on s.actor_id = k.actor_id;
