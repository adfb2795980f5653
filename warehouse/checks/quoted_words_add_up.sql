-- The words that an outlet lets others speak are those of the speakers, the unresolved among them.

select d.outlet_id, sum(d.n_words) filter (where list_contains(d.first_in, 'outlet')) as n_words, any_value(c.n_words) as of_speakers
from core.voice_day as d
join (
    select outlet_id, sum(n_direct + n_indirect) as n_words
    from core.voice_cell
    where list_contains(first_in, 'outlet')
    group by outlet_id
) as c
    on d.outlet_id = c.outlet_id
group by d.outlet_id
having n_words <> of_speakers;
