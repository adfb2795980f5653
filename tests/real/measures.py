"""Body F1 over token 4-grams."""

import re
from collections import Counter
from statistics import mean

WORD = re.compile(r"\w+")
N = 4


def body_f1(pairs: list[tuple[str, str]]) -> float:
    """
    Harmonic mean of mean precision and mean recall over pages, in [0, 1].

    Args:
        pairs: ``(true text, extracted text)``; a rejected page has an empty text and counts as such.

    Source:
        Token 4-grams as multisets, averaged over pages, after Scrapinghub's
        article-extraction-benchmark (2020).
    """
    scores = [_precision_recall(_grams(true), _grams(found)) for true, found in pairs]
    precision, recall = mean(p for p, _ in scores), mean(r for _, r in scores)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(tuple(words[i : i + N]) for i in range(max(1, len(words) - N + 1))) if words else Counter()


def _precision_recall(true: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> tuple[float, float]:
    shared = (true & found).total()
    return (shared / found.total() if found else 0.0, shared / true.total() if true else 0.0)
