-- The words that an outlet lets others speak are those of the speakers, the unresolved among them.
with whole as (

    select outlet_id, sum(n_words) as n_words
    from core.voice_day
    where list_contains(first_in, 'outlet')
    group by outlet_id

),

spoken as (

    select outlet_id, sum(n_direct + n_indirect) as n_words
    from core.voice_cell
    where list_contains(first_in, 'outlet')
    group by outlet_id

)

select w.outlet_id, w.n_words, s.n_words as n_spoken
from whole as w
full join spoken as s
    on w.outlet_id = s.outlet_id
where w.n_words is distinct from s.n_words;
