"""Whose words each outlet doubts: what attributions add up to, and what was told from it."""

from datetime import timedelta
from typing import Any, Final

from warehouse.store import Warehouse

SINCE: Final = timedelta(days=90)
"""How far back from the newest article verbs are counted: what a newsroom does now, at a cost that does not grow with
the archive."""


def attribution_sums(warehouse: Warehouse) -> list[dict[str, Any]]:
    """
    Add up the attributions of each outlet, and those of all others, by side and by actor.

    A text that an outlet printed several times counts once in it, with its first copy; of the others, copies of one
    text are one.

    Returns:
        ``by_what`` (side or actor), ``whose``, ``outlet_id``, and the fields of
        ``framing.corpus.intervals.ClusterSums`` twice: ``own_...`` and ``others_...``.
    """
    return warehouse.rows(_SUMS, {"since": SINCE})


def save_slants(warehouse: Warehouse, rows: list[dict[str, object]]) -> None:
    """Make the table hold these rows and no others; what is equal is not touched."""
    warehouse.replace("verb_slant", rows, ("by_what", "whose", "outlet_id"))
    warehouse.sql.execute(
        "delete from core.verb_slant where (by_what, whose, outlet_id) not in "
        "(select unnest($1::varchar[]), unnest($2::varchar[]), unnest($3::varchar[]))",
        [[row[column] for row in rows] for column in ("by_what", "whose", "outlet_id")],
    )


_SUMS = """
with said as (
    select t.outlet_id, t.text_id, t.is_alone, unnest(t.voices) as voice
    from core.portrait_text as t
    where t.day_utc > (select max(day_utc) from core.portrait) - $since::interval
),
attribution as (
    select 'side' as by_what, voice.side as whose, outlet_id, text_id, is_alone,
        sum(voice.n_doubting) as k, sum(voice.n_classed) as n
    from said
    where voice.side is not null
    group by all
    having n > 0
    union all
    select 'actor', voice.actor_id, outlet_id, text_id, is_alone, voice.n_doubting, voice.n_classed
    from said
    where voice.actor_id is not null
    and voice.n_classed > 0
),
-- What all copies of the text hold, in whichever outlet.
copied as (
    select
        *,
        sum(k) over (partition by by_what, whose, text_id) as k_all,
        sum(n) over (partition by by_what, whose, text_id) as n_all
    from attribution
    where not is_alone
    union all
    select *, k as k_all, n as n_all
    from attribution
    where is_alone
),
-- Each text once: its copies share it.
whole as (
    select
        by_what,
        whose,
        sum(n / n_all) as count,
        sum(k) as k,
        sum(n) as n,
        sum(k_all * k_all * (n / n_all)) as kk,
        sum(k_all * n_all * (n / n_all)) as kn,
        sum(n_all * n_all * (n / n_all)) as nn
    from copied
    group by all
),
own as (
    select
        by_what,
        whose,
        outlet_id,
        count(*) as count,
        sum(k) as k,
        sum(n) as n,
        sum(k * k) as kk,
        sum(k * n) as kn,
        sum(n * n) as nn,
        count_if(n_all = n) as only_count,
        sum(k_all * k_all - (k_all - k) * (k_all - k)) as less_kk,
        sum(k_all * n_all - (k_all - k) * (n_all - n)) as less_kn,
        sum(n_all * n_all - (n_all - n) * (n_all - n)) as less_nn
    from copied
    group by all
)
select
    o.by_what,
    o.whose,
    o.outlet_id,
    o.count::bigint as own_count,
    o.k::bigint as own_k,
    o.n::bigint as own_n,
    o.kk::bigint as own_kk,
    o.kn::bigint as own_kn,
    o.nn::bigint as own_nn,
    round(w.count)::bigint - o.only_count as others_count,
    (w.k - o.k)::bigint as others_k,
    (w.n - o.n)::bigint as others_n,
    (round(w.kk) - o.less_kk)::bigint as others_kk,
    (round(w.kn) - o.less_kn)::bigint as others_kn,
    (round(w.nn) - o.less_nn)::bigint as others_nn
from own as o
join whole as w
    on o.by_what = w.by_what
    and o.whose = w.whose
order by o.by_what, o.whose, o.outlet_id
"""
