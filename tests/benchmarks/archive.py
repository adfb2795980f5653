"""A home of any size, its rows put straight into core: what a year of collecting and scoring would have left."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow

from flows.analysis.reuse import method_of
from framing.corpus.shingles import ShingledText, sign
from framing.registry_files import load_registry
from framing.scoring import SCORER_VERSION
from tests.conftest import NOW
from warehouse.catalogue import activate_codebook, register_codebook, register_events, register_outlets
from warehouse.store import Warehouse

FOLDER = Path(__file__).parent
N_A_DAY = 1_250
"""Articles: 500,000 are 400 days. A large archive is an old one, its days are as full as those of a small one."""
N_POOL_DAYS = 8
"""Days within which new articles copy from stories in the archive."""
_WORDS = [f"word{number}" for number in range(20_000)]


@dataclass(frozen=True, slots=True)
class Story:
    """One article as it is to be stored; everything else follows from its name and place."""

    name: str
    text: str
    at_utc: datetime
    """When it was first seen."""


def register(warehouse: Warehouse) -> None:
    """The shipped registry: its outlets and feeds, its events, its codebook, active."""
    registry = load_registry()
    register_outlets(warehouse, registry.outlets)
    register_events(warehouse, registry.events)
    register_codebook(warehouse, registry.codebook, SCORER_VERSION, NOW)
    activate_codebook(warehouse, registry.codebook.version, NOW)


def tell(warehouse: Warehouse, stories: Iterable[Story]) -> None:
    """Store the stories as collecting and scoring would, not analysed."""
    told = list(stories)
    rows = pyarrow.table(  # noqa: F841 (DuckDB reads it by name)
        {
            "name": [one.name for one in told],
            "text": [one.text for one in told],
            "at_utc": pyarrow.array([one.at_utc for one in told], pyarrow.timestamp("us", "UTC")),
            "place": list(range(len(told))),
        }
    )
    warehouse.sql.execute("create or replace temp table told as select * from rows")
    _store(warehouse)


def fill(warehouse: Warehouse, n_rows: int, texts: Sequence[str]) -> None:
    """
    Store rows back from ``NOW``, ``N_A_DAY`` a day, analysed for reuse, and the polls that brought them.

    Args:
        texts: Of the stories that new articles copy: the rows of their days share fingerprints with them.
    """
    warehouse.sql.execute(
        """
        create or replace temp table told as
        select
            'filler ' || i as name,
            'filler ' || i || ' ' || $text[1 + cast(hash(i) % len($text) as integer)] as text,
            $now - to_microseconds(cast(($n - i) * 86_400_000_000 / $a_day as bigint)) as at_utc,
            i as place
        from range($n) as t(i)
        """,
        {"n": n_rows, "now": NOW, "a_day": N_A_DAY, "text": list(texts)},
    )
    _store(warehouse)
    pool = [fingerprint for one in sign([ShingledText(text) for text in texts]) for fingerprint in one.fingerprints]
    warehouse.sql.execute(
        "create or replace temp table tracing as "
        "select $method as method, $pool::ubigint[] as pool, $since::timestamptz as pooled_since",
        {"method": method_of(load_registry().credits), "pool": pool, "since": NOW - timedelta(days=N_POOL_DAYS)},
    )
    warehouse.sql.execute((FOLDER / "traces.sql").read_text(encoding="utf-8"))
    _poll(warehouse, n_rows // N_A_DAY)
    for table in ("story", "version", "scored", "coded", "traced"):
        warehouse.sql.execute(f"drop table {table}")


def make_text(rng: random.Random, n_words: int) -> str:
    """Words of a vocabulary, the frequent ones often, in four paragraphs."""
    words = [_WORDS[int(len(_WORDS) ** rng.random()) - 1] for _ in range(n_words)]
    return "\n".join(" ".join(words[start : start + n_words // 4]) for start in range(0, n_words, n_words // 4))


def _store(warehouse: Warehouse) -> None:
    """
    Make full rows of the temporary table ``told``, and store them.

    A few outlets write much and most write little; each has its own languages.
    """
    warehouse.sql.execute(
        """
        create or replace temp table story as
        with feed as (
            select *, row_number() over (order by hash(outlet_id), feed_url) - 1 as number
            from core.feed
        )
        select
            t.*,
            left(md5(t.name), 20) as article_id,
            f.outlet_id,
            f.feed_url,
            'https://' || f.outlet_id || '.example/' || md5(t.name) as url,
            'Headline of ' || t.name as title,
            f.language,
            len(string_split(t.text, ' ')) as n_words
        from told as t
        join feed as f
            on f.number = cast(floor((select count(*) from feed) * pow(hash(t.name) % 10_000 / 10_000, 2)) as bigint)
        """
    )
    warehouse.sql.execute((FOLDER / "archive.sql").read_text(encoding="utf-8"))


def _poll(warehouse: Warehouse, n_days: int) -> None:
    """Each feed once an hour; one poll in fifty fails, and one in a thousand shares nothing with the one before."""
    warehouse.sql.execute(
        """
        create or replace temp table polled as
        select
            f.feed_url,
            f.outlet_id,
            $now - to_hours($hours - h.hour) + to_milliseconds(hash(f.feed_url) % 600_000) as polled_utc,
            hash(f.feed_url || h.hour) as dice
        from core.feed as f
        cross join (select unnest(range($hours)) as hour) as h
        order by polled_utc
        """,
        {"now": NOW, "hours": 24 * n_days},
    )
    warehouse.sql.execute(
        """
        insert into core.poll by name
        select
            left(md5(feed_url || polled_utc), 20) as poll_id, feed_url, outlet_id, polled_utc,
            case when dice % 50 = 0 then 'timeout' when dice % 3 = 0 then 'not_modified' else 'ok' end as fetch_status,
            case when dice % 50 > 0 then 200 end as http_status,
            case when dice % 50 = 0 then if(dice % 500 = 0, 'ours', 'soft') end as failure,
            case when dice % 50 > 0 and dice % 3 > 0 then 30 end as n_items,
            0 as n_unread,
            40 as elapsed_ms,
            3600.0 as interval_s,
            polled_utc + interval 1 hour as next_utc
        from polled;

        insert into core.gap by name
        select
            left(md5(feed_url || polled_utc), 20) as poll_id, feed_url, outlet_id,
            polled_utc - interval 1 hour as from_utc, polled_utc as to_utc, 2.5 as n_lost, '2.5 items an hour' as basis
        from polled
        where dice % 1_000 = 1;

        drop table polled;
        """
    )
