"""What quoted words add up to, kept up to date day by day of each outlet: any share of voice is a sum of these."""

from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.store import Warehouse


@contextmanager
def summed_anew(warehouse: Warehouse) -> Iterator[None]:
    """
    Sum anew the days on which articles of the temporary table ``stale`` stood before what is done inside, or stand
    after it.

    So too the days of all copies of theirs, any of which may be the first.
    """
    warehouse.sql.execute(_DAYS_BEFORE)
    yield
    warehouse.sql.execute(_DAYS_AFTER)
    for table in ("voice_day", "voice_cell"):
        warehouse.sql.execute(
            f"delete from core.{table} as t using stale_day as s "
            "where t.outlet_id = s.outlet_id and t.day_utc = s.day_utc"
        )
    for statement in (_TEXTS, _VOICE_DAYS, _VOICE_CELLS, "drop table text", "drop table stale_day"):
        warehouse.sql.execute(statement)


# Days whose sums change: those of the articles and of all copies of theirs, any of which may be the first.
_DAYS = """
select distinct p.outlet_id, p.day_utc
from core.portrait as p
where p.article_id in (select article_id from stale)
or p.cluster_id in (
    select q.cluster_id
    from core.portrait as q
    where q.cluster_id is not null
    and q.article_id in (select article_id from stale)
)
"""
_DAYS_BEFORE = f"create or replace temp table stale_day as {_DAYS}"
_DAYS_AFTER = f"insert into stale_day ({_DAYS} except select * from stale_day)"

_TEXTS = """
create or replace temp table text as
with copied as (
    select
        p.article_id,
        o.outlet_class,
        o.country,
        p.* exclude (article_id),
        row_number() over (order by p.published_utc, p.article_id) as place
    from core.portrait as p
    join core.outlet as o
        on p.outlet_id = o.outlet_id
    where p.n_quoted_words > 0
    and p.cluster_id in (
        select q.cluster_id
        from core.portrait as q
        join stale_day as s
            on q.outlet_id = s.outlet_id
            and q.day_utc = s.day_utc
        where q.cluster_id is not null
    )
),
ranked as (
    select
        *,
        list_filter([
            case when place = min(place) over (partition by cluster_id, outlet_id) then 'outlet' end,
            case when place = min(place) over (partition by cluster_id, outlet_class) then 'class' end,
            case when place = min(place) over (partition by cluster_id, coalesce(language, '-')) then 'language' end,
            case when place = min(place) over (partition by cluster_id, country) then 'country' end,
            case when place = min(place) over (partition by cluster_id) then 'all' end
        ], lambda one: one is not null) as first_in
    from copied
)
select r.outlet_id, r.language, r.day_utc, r.n_quoted_words, r.voices, r.first_in
from ranked as r
join stale_day as s
    on r.outlet_id = s.outlet_id
    and r.day_utc = s.day_utc
union all
select
    p.outlet_id, p.language, p.day_utc, p.n_quoted_words, p.voices, ['outlet', 'class', 'language', 'country', 'all']
from core.portrait as p
join stale_day as s
    on p.outlet_id = s.outlet_id
    and p.day_utc = s.day_utc
where p.cluster_id is null
and p.n_quoted_words > 0
"""

_VOICE_DAYS = """
insert into core.voice_day by name
select
    outlet_id,
    language,
    day_utc,
    first_in,
    count(*) as n_articles,
    sum(n_quoted_words) as n_words,
    sum(n_quoted_words * n_quoted_words::double) as sum_squares
from text
group by all
order by day_utc, outlet_id, language, first_in
"""

_VOICE_CELLS = """
insert into core.voice_cell by name
with spoken as (
    select outlet_id, language, day_utc, first_in, unnest(voices) as voice from text where len(first_in) > 0
)
select
    outlet_id,
    language,
    day_utc,
    first_in,
    voice.actor_id as actor_id,
    count(*) as n_articles,
    sum(voice.n_direct) as n_direct,
    sum(voice.n_indirect) as n_indirect
from spoken
group by all
order by day_utc, outlet_id, language, first_in, actor_id
"""
