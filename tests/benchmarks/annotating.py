"""Annotating texts: its cost beside extraction of the same pages, memory over many texts, time by length."""

import os
import time
from collections.abc import Callable

import trafilatura

from flows.demo.records import load_archive
from framing.codebook import Codebook
from framing.registry_files import SHIPPED, load_registry
from framing.scoring import annotate
from tests.benchmarks.homes import MB, resident_bytes
from tests.benchmarks.reading import bodies

MAX_RATIO = 0.30
N_TURNS = 4
"""Each page is extracted and annotated in turn so often; the first turn warms both and is not counted."""
N_TEXTS, STEP, SETTLED = 50_000, 10_000, 10_000
MAX_GROWTH = 1.1
LENGTHS = (62_500, 125_000, 250_000, 500_000, 1_000_000)
MAX_S = 5.0
"""For a text of 1 MB."""
ENDLESS = (
    '"',
    "“",
    "'",
    "“”",
    "he said ",
    "said, ",
    "“‘",
    'He said "A," and then "B." ',
    "x",
    "not tyrant ",
    "Russia ",
    "Russia attacked Ukraine and ",
    "by Russia was attacked. ",
    "no deadlock in the talks and ",
    "— Да, — сказал он. ",
)
"""What a page may be made of that is one endless sentence."""
SHORT, LONG = 10_000, 80_000
MAX_SLOPE = 3.0
"""Of the time a character takes in the longest text, by that in the shortest: linear, or nearly so."""


def measure() -> bool:
    """Print cost, memory and time; true where all hold."""
    book = load_registry(SHIPPED).codebook
    return all([cost(book), memory(book), length(book), endless(book)])


def cost(book: Codebook) -> bool:
    """Processor time of annotation by that of extraction with metadata, page by page in turns."""
    pages = bodies()
    texts = [(page.title or "", page.text or "") if page else ("", "") for page in map(extracted, pages)]
    texts = [(title, text) for title, text in texts if text]
    extraction_s = annotation_s = 0.0
    for turn in range(N_TURNS):
        spent = [cpu_s(lambda: [extracted(page) for page in pages]), cpu_s(lambda: annotate_all(texts, book))]
        if turn:
            extraction_s, annotation_s = extraction_s + spent[0], annotation_s + spent[1]
    n_pages = len(pages) * (N_TURNS - 1)
    ratio = annotation_s / extraction_s
    print(
        f"annotating {len(texts)} texts of {len(pages)} pages: {annotation_s / n_pages * 1e3:.1f} ms a page beside "
        f"{extraction_s / n_pages * 1e3:.1f} ms of extraction: ratio {ratio:.2f} (at most {MAX_RATIO:.2f})"
    )
    return ratio <= MAX_RATIO


def extracted(page: bytes) -> trafilatura.settings.Document | None:
    """Bare extraction with metadata."""
    return trafilatura.bare_extraction(page, with_metadata=True)


def annotate_all(texts: list[tuple[str, str]], book: Codebook) -> None:
    for title, text in texts:
        annotate(title, text, "en", book)


def cpu_s(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def memory(book: Codebook) -> bool:
    """Resident memory of this process over many different texts in five languages."""
    articles = [one for one in load_archive().articles if one.language in book.languages]
    sizes = {}
    for number in range(N_TEXTS):
        article = articles[number % len(articles)]
        text = "\n".join((*article.paragraphs, f"Edition {number}: word{number:x} said that name{number:o} agreed."))
        annotate(article.title, text, article.language, book)
        if (number + 1) % STEP == 0:
            sizes[number + 1] = resident_bytes(os.getpid()) / MB
    growth = sizes[N_TEXTS] / sizes[SETTLED]
    told = ", ".join(f"{n:,}: {size:.0f} MB" for n, size in sizes.items())
    print(f"annotating {N_TEXTS:,} texts: resident memory after {told}; growth {growth:.2f} (at most {MAX_GROWTH})")
    return growth <= MAX_GROWTH


def length(book: Codebook) -> bool:
    """Seconds for one text made of real ones, by its length."""
    whole = "\n".join(page.text for page in map(extracted, bodies()) if page and page.text)
    whole *= LENGTHS[-1] // len(whole) + 1
    seconds = {n: cpu_s(lambda n=n: annotate("", whole[:n], "en", book)) for n in LENGTHS}
    slope = (seconds[LENGTHS[-1]] / LENGTHS[-1]) / (seconds[LENGTHS[0]] / LENGTHS[0])
    told = ", ".join(f"{n:,}: {s:.2f} s" for n, s in seconds.items())
    print(f"annotating one text by its characters: {told}; a character takes {slope:.2f} times as long in the longest")
    return seconds[LENGTHS[-1]] <= MAX_S and slope <= MAX_SLOPE


def endless(book: Codebook) -> bool:
    """The time a character takes in a long text by that in a short one, for texts of one thing over and over."""

    def per_character(unit: str, n: int) -> float:
        text = (unit * (n // len(unit) + 1))[:n]
        return min(cpu_s(lambda: annotate("a.", text, "en", book)) for _ in range(2)) / n

    slopes = {unit: per_character(unit, LONG) / max(per_character(unit, SHORT), 5e-7) for unit in (*ENDLESS, family())}
    told = ", ".join(f"{unit[:40]!r} {slope:.1f}" for unit, slope in slopes.items())
    print(f"annotating endless sentences: a character of {LONG:,} by one of {SHORT:,}: {told} (at most {MAX_SLOPE})")
    return max(slopes.values()) <= MAX_SLOPE


def family() -> str:
    """Thousands of people with one surname, each of whom says something; as long as the longest text."""
    letters = "abcdefghij"
    names = (f"An{''.join(letters[int(digit)] for digit in str(number))} Keller" for number in range(LONG))
    said = (f"{name} said Keller left. " for name in names)
    text = ""
    while len(text) < LONG:
        text += next(said)
    return text
