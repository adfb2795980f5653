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

    A splice is found when passages of it name the donor as their origin. Of what is found, the recipient's own page
    apart, that is right which names the donor.
    """
    pages = {f"p{n:03}": text for n, text in enumerate(texts[url] for url in sorted(texts)) if text.strip()}
    urls = {f"p{n:03}": url for n, url in enumerate(sorted(texts))}
    originals = [Told(outlet_id=name, text=text, at=NOW + n * MINUTE) for n, (name, text) in enumerate(pages.items())]
    splices = make_splices(pages, random.Random(6))
    with tempfile.TemporaryDirectory() as folder, open_warehouse(create_home(Path(folder) / "h"), "test") as warehouse:
        analyse(warehouse, originals)
        print_untouched(warehouse, urls)
        analyse(warehouse, [splice.told for splice in splices])
        passages = warehouse.rows("select * from passage")
    origins: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for row in passages:
        found = origins.setdefault(row["outlet_id"], {})
        found.setdefault(row["origin_outlet_id"], []).append((row["start_char"], row["end_char"]))
    return score(splices, origins)


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


def score(splices: list[Splice], origins: Mapping[str, Mapping[str, list[tuple[int, int]]]]) -> bool:
    """Print both figures, by pairs and by characters."""
    n_found = n_named = n_right = pasted = covered = 0
    for splice in splices:
        found = origins.get(splice.told.outlet_id, {})
        others = [origin for origin in found if origin != splice.recipient]
        n_found += splice.donor in others
        n_named += len(others)
        n_right += others.count(splice.donor)
        pasted += splice.end - splice.start
        covered += sum(
            max(0, min(end, splice.end) - max(start, splice.start)) for start, end in found.get(splice.donor, [])
        )
        for origin in others:
            if origin != splice.donor:
                print(f"  {splice.told.outlet_id}: named {origin}, not {splice.donor} (into {splice.recipient})")
        if splice.donor not in others:
            n_words = len(splice.told.text[splice.start : splice.end].split())
            print(f"  {splice.told.outlet_id}: {splice.donor} not found in {splice.recipient}; {n_words} words pasted")
    recall, precision = n_found / len(splices), n_right / n_named if n_named else 0.0
    print(
        f"reuse: {SHARE:.0%} of one page in another, {len(splices)} pairs: recall {recall:.2%} (at least "
        f"{MIN_RECALL:.0%}), precision {precision:.2%} (at least {MIN_PRECISION:.0%}); of the pasted characters "
        f"{covered / pasted:.2%} were traced to their page"
    )
    return recall >= MIN_RECALL and precision >= MIN_PRECISION


def print_untouched(warehouse: Warehouse, urls: Mapping[str, str]) -> None:
    """Every cluster and every passage that the pages share as they are: for eyes, not for a figure."""
    clusters = warehouse.rows("select * from cluster order by cluster_id")
    print(f"clusters among {len(urls)} untouched pages: {len(clusters)}")
    for cluster in clusters:
        print(f"  {', '.join(urls[outlet] for outlet in cluster['outlets'])}: {cluster['origin_title']}")
    passages = warehouse.rows("select * from passage order by article_id, position")
    print(f"passages that untouched pages share: {len(passages)}")
    for row in passages:
        print(
            f"  {urls[row['outlet_id']]} from {urls[row['origin_outlet_id']]}, {row['n_words']} words: {row['passage']}"
        )
