-- portrait_text: the texts in which an outlet lets somebody speak, each once, in the article in which it printed it first.

create or replace view core.portrait_text as
select
    outlet_id,
    article_id as text_id,
    true as is_alone,
    language,
    day_utc,
    n_quoted_words,
    voices
from core.portrait
where cluster_id is null
and n_quoted_words > 0
union all
select
    outlet_id,
    cluster_id as text_id,
    false as is_alone,
    language,
    day_utc,
    n_quoted_words,
    voices
from core.portrait
where cluster_id is not null
and n_quoted_words > 0
qualify row_number() over (partition by outlet_id, cluster_id order by published_utc, article_id) = 1;
