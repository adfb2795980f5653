"""What a thousand new articles cost to trace, on top of archives of growing size."""

import random
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from flows.analysis.reuse import analyse_reuse, method_of
from framing.corpus.shingles import ShingledText, sign
from tests.conftest import NOW
from tests.flows.reuse_parts import CREDITS, Told, analyse, store
from warehouse.home import create_home
from warehouse.store import Warehouse, open_warehouse

SIZES = (10_000, 100_000)
N_NEW = 1_000
N_BASE = 300
"""Stories in the archive that new articles copy in part or whole; the other rows of it are filled in by SQL."""
N_BASE_DAYS = 8
N_A_DAY = 1_000
MAX_RATIO = 1.5
"""Time on the largest archive / time on the smallest, in seconds of the processor: those of the clock depend on what
else the machine does."""
_WORDS = [f"word{number}" for number in range(20_000)]


def measure() -> bool:
    """Print the seconds at each size; a large archive is an old one, its days are as full as those of a small one."""
    seconds = [measure_at(size) for size in SIZES]
    ratio = seconds[-1] / seconds[0]
    shown = ", ".join(f"{spent:.1f} s on {size:,}" for size, spent in zip(SIZES, seconds, strict=True))
    print(f"reuse of {N_NEW:,} new articles: {shown}; ratio {ratio:.2f} (at most {MAX_RATIO})")
    return ratio <= MAX_RATIO


def measure_at(size: int) -> float:
    """Seconds of the processor that the analysis of the new articles takes, storing them apart."""
    rng = random.Random(size)
    with tempfile.TemporaryDirectory() as folder, open_warehouse(create_home(Path(folder) / "h"), "test") as warehouse:
        texts = [make_text(rng, 300) for _ in range(N_BASE)]
        told = [
            Told(
                outlet_id=f"o{n % 100}",
                name=f"base{n}",
                text=text,
                at=NOW - timedelta(hours=1 + n % (24 * N_BASE_DAYS)),
            )
            for n, text in enumerate(texts)
        ]
        analyse(warehouse, told)
        fill(warehouse, size - N_BASE, texts)
        store(warehouse, [make_new(rng, number, texts) for number in range(N_NEW)])
        warehouse.sql.execute("checkpoint")
        started = time.process_time()
        report = analyse_reuse(warehouse, CREDITS)
        seconds = time.process_time() - started
        assert report.n_signed == N_NEW, report
        (found,) = warehouse.rows("select count(*) as n, count(*) filter (where n_outlets > 1) as n_wide from cluster")
        assert found["n_wide"], found
    return seconds


def make_text(rng: random.Random, n_words: int) -> str:
    """Words of a vocabulary, the frequent ones often, in four paragraphs."""
    words = [_WORDS[int(len(_WORDS) ** rng.random()) - 1] for _ in range(n_words)]
    return "\n".join(" ".join(words[start : start + n_words // 4]) for start in range(0, n_words, n_words // 4))


def make_new(rng: random.Random, number: int, texts: list[str]) -> Told:
    """One in ten is a copy, three in ten take a part, the others are new."""
    text = make_text(rng, 300)
    kind = rng.random()
    if kind < 0.1:
        text = rng.choice(texts)
    elif kind < 0.4:
        text += "\n" + "\n".join(rng.choice(texts).splitlines()[:2])
    return Told(outlet_id=f"o{number % 100}", name=f"new{number}", text=text, at=NOW + timedelta(seconds=number))


def fill(warehouse: Warehouse, n_rows: int, texts: list[str]) -> None:
    """
    Rows straight into core, ``N_A_DAY`` a day back from ``NOW``.

    Since the days of the stories, one fingerprint in fifty is one of theirs: the look-up meets what it must then
    reject. Older days had stories of their own.
    """
    pool = [fingerprint for one in sign([ShingledText(text) for text in texts]) for fingerprint in one.fingerprints]
    parameters = {
        "n": n_rows,
        "now": NOW,
        "a_day": N_A_DAY,
        "n_recent": N_A_DAY * N_BASE_DAYS,
        "pool": pool,
        "text": texts[0][:2000],
    }
    warehouse.sql.execute(
        """
        create temp table filler as
        select
            'f' || i as id,
            'o' || (i % 100) as outlet_id,
            $now - to_microseconds(cast(($n - i) * 86_400_000_000 / $a_day as bigint)) as at_utc,
            list_transform(range(36), lambda j: case
                when i > $n - $n_recent and hash(i * 100 + j) % 50 = 0
                    then $pool[1 + cast(hash(i * 100 + j + 7) % len($pool) as integer)]
                else hash(i * 1_000 + j)
            end) as fingerprints,
            list_transform(range(32), lambda j: hash(-1 - i * 1_000 - j)) as bands,
            'filler ' || i || ' ' || $text as text
        from range($n) as t(i)
        """,
        parameters,
    )
    warehouse.sql.execute(
        "insert into core.article by name "
        "select id as article_id, outlet_id, id as url, at_utc as first_seen_utc from filler"
    )
    warehouse.sql.execute(
        """
        insert into core.revision by name
        select
            id as revision_id, id as article_id, 'f' as fetch_id, at_utc as seen_utc, 'article' as verdict,
            id as title, text, id as text_sha256, 300 as n_words, [] as authors, 'none' as extractor
        from filler
        """
    )
    warehouse.sql.execute(
        """
        insert into core.signature by name
        select
            id as revision_id, $method as method, id as article_id, outlet_id, at_utc as since_utc,
            at_utc as seen_utc, 300 as n_words, fingerprints, bands, [] as agencies
        from filler
        """,
        {"method": method_of(CREDITS)},
    )
    warehouse.sql.execute(
        """
        insert into core.reuse by name
        select
            id as revision_id, id as article_id, at_utc as since_utc, 300 as n_words, 300 as n_own,
            0 as n_reused, 0 as n_repeated, 0 as n_boilerplate
        from filler
        """
    )
    warehouse.sql.execute("drop table filler")
