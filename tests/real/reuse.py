"""Reuse on real pages: two fifths of one page pasted into another, and what the untouched pages share."""

import random
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.conftest import NOW
from tests.flows.reuse_parts import Told, analyse
from warehouse.home import create_home
from warehouse.store import Warehouse, open_warehouse

N_PAIRS = 500
SHARE = 0.4
MIN_RECALL = 0.95
MIN_PRECISION = 0.98
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Splice:
    """A page with a part of another in it."""

    told: Told
    donor: str
    recipient: str
    start: int
    end: int
    """Characters of the text: where the part of the donor stands."""


def check_reuse(texts: Mapping[str, str]) -> bool:
    """
    Recall and precision over spliced pages, and every cluster of the untouched ones.

    A splice is found when passages of it name the donor as their origin. Of all origins found, the recipient's own
    page apart, those are right that name the donor, or a page with which donor or recipient share words as they are:
    that one had them first. Precision is printed without the latter, too.
    """
    pages = {f"p{n:03}": text for n, text in enumerate(texts[url] for url in sorted(texts)) if text.strip()}
    urls = {f"p{n:03}": url for n, url in enumerate(sorted(texts))}
    originals = [Told(outlet_id=name, text=text, at=NOW + n * MINUTE) for n, (name, text) in enumerate(pages.items())]
    splices = make_splices(pages, random.Random(6))
    with tempfile.TemporaryDirectory() as folder, open_warehouse(create_home(Path(folder) / "h"), "test") as warehouse:
        analyse(warehouse, originals)
        sharing = print_untouched(warehouse, urls)
        analyse(warehouse, [splice.told for splice in splices])
        passages = warehouse.rows("select * from passage")
    origins: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for row in passages:
        found = origins.setdefault(row["outlet_id"], {})
        found.setdefault(row["origin_outlet_id"], []).append((row["start_char"], row["end_char"]))
    return score(splices, origins, sharing)


def make_splices(pages: Mapping[str, str], rng: random.Random) -> list[Splice]:
    """Two fifths of the donor's words, in a row, between two paragraphs of the recipient; no pair twice."""
    names = list(pages)
    pairs = rng.sample([(donor, other) for donor in names for other in names if donor != other], N_PAIRS)
    splices = []
    for number, (donor, recipient) in enumerate(pairs):
        words = pages[donor].split(" ")
        n_taken = round(SHARE * len(words))
        first = rng.randint(0, len(words) - n_taken)
        part = " ".join(words[first : first + n_taken])
        lines = pages[recipient].splitlines()
        at = rng.randint(0, len(lines))
        before = "\n".join([*lines[:at], ""])
        text = f"{before}{part}\n" + "\n".join(lines[at:])
        told = Told(outlet_id=f"splice{number:03}", text=text, at=NOW + timedelta(days=1) + number * MINUTE)
        splices.append(Splice(told, donor, recipient, len(before), len(before) + len(part)))
    return splices


def score(
    splices: list[Splice], origins: Mapping[str, Mapping[str, list[tuple[int, int]]]], sharing: set[frozenset[str]]
) -> bool:
    """Print both figures and what is wrong, by pairs and by characters."""
    n_found = n_named = n_donors = n_right = pasted = covered = 0
    for splice in splices:
        found = origins.get(splice.told.outlet_id, {})
        others = [origin for origin in found if origin != splice.recipient]
        wrong = [
            origin
            for origin in others
            if origin != splice.donor
            and not sharing & {frozenset({origin, splice.donor}), frozenset({origin, splice.recipient})}
        ]
        n_found += splice.donor in others
        n_named += len(others)
        n_donors += others.count(splice.donor)
        n_right += len(others) - len(wrong)
        pasted += splice.end - splice.start
        covered += sum(
            max(0, min(end, splice.end) - max(start, splice.start)) for start, end in found.get(splice.donor, [])
        )
        if wrong or splice.donor not in others:
            n_words = len(splice.told.text[splice.start : splice.end].split())
            print(f"  {n_words} words of {splice.donor} in {splice.recipient}: found {others}")
    recall, precision = n_found / len(splices), n_right / n_named if n_named else 0.0
    print(
        f"reuse: {SHARE:.0%} of one page in another, {len(splices)} pairs: recall {recall:.2%} (at least "
        f"{MIN_RECALL:.0%}), precision {precision:.2%} (at least {MIN_PRECISION:.0%}; {n_donors / n_named:.2%} without "
        f"the pages named above that had it before); of the pasted characters {covered / pasted:.2%} traced"
    )
    return recall >= MIN_RECALL and precision >= MIN_PRECISION


def print_untouched(warehouse: Warehouse, urls: Mapping[str, str]) -> set[frozenset[str]]:
    """Every cluster of the pages as they are, and every pair that shares a passage: for eyes. Returns the pairs."""
    clusters = warehouse.rows("select * from cluster order by cluster_id")
    print(f"clusters among {len(urls)} untouched pages: {len(clusters)}")
    for cluster in clusters:
        print(f"  {', '.join(urls[outlet] for outlet in cluster['outlets'])}: {cluster['origin_title']}")
    pairs = warehouse.rows(
        """
        select
            outlet_id,
            origin_outlet_id,
            sum(n_words) as n_words,
            arg_max(passage, n_words) as longest
        from passage
        group by all
        order by all
        """
    )
    print(f"pairs of untouched pages with a passage in common: {len(pairs)}")
    for pair in pairs:
        print(f"  {pair['outlet_id']} from {pair['origin_outlet_id']}, {pair['n_words']} words: {pair['longest']}")
    return {frozenset({pair["outlet_id"], pair["origin_outlet_id"]}) for pair in pairs}
