-- Own, reused, repeated and boilerplate words of a revision add up to its words.
select *
from core.reuse
where n_words != n_own + n_reused + n_repeated + n_boilerplate
or least(n_own, n_reused, n_repeated, n_boilerplate) < 0;
