"""Which language a text is written in."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from framing.registry_files import load_registry

MIN_CONFIDENCE: Final = 0.75
"""Below this the answer is ``None``: set on the articles, titles and foreign texts of the tests."""
MIN_LETTERS: Final = 12
"""Fewer letters than these say nothing: names and numbers."""
TELLTALE_LETTERS: Final = 150
"""From this length on a text without one telltale letter is not in that language."""
PRIOR_WEIGHT: Final = 8.0
"""How many times likelier one of the outlet's own languages is than any other, before reading a word."""
_ENOUGH: Final = 1_000
"""Characters. More change the time and no answer: none of 1,770 labelled news texts in six languages and 181 pages."""


def identify_language(
    text: str, prior: Sequence[str], telltale: Mapping[str, str] | None = None
) -> tuple[str | None, float]:
    """
    Identify the language among all that the model knows, not only those we can measure.

    Args:
        text: Title and text, or a title alone.
        prior: ISO 639-1 of the languages the outlet writes in; they weigh more, but are not believed
            against the text.
        telltale: Letters by language of which a longer text always has one (``Codebook.telltale``);
            ``None`` means those of the registry that comes with Parley.

    Returns:
        ``(language, confidence)``: ISO 639-1 and a probability in [0, 1]; ``(None, confidence)`` when it
        is too low or the text too short.
    """
    sample = text[:_ENOUGH]
    n_letters = sum(map(str.isalpha, sample))
    if n_letters < MIN_LETTERS:
        return None, 0.0
    marks = _shipped_telltale() if telltale is None else telltale
    excluded = _contradicted(sample, marks) if n_letters >= TELLTALE_LETTERS else set()
    weights = {
        language: probability * (PRIOR_WEIGHT if language in prior else 1.0)
        for language, probability in _model().rank(sample)
        if language not in excluded
    }
    best = max(weights, key=lambda language: weights[language])
    confidence = weights[best] / sum(weights.values())
    return (best if confidence >= MIN_CONFIDENCE else None), confidence


def _contradicted(sample: str, telltale: Mapping[str, str]) -> set[str]:
    """The languages whose telltale letters are missing where they could not be."""
    found = {character.lower() for character in set(sample)}
    return {language for language, marks in telltale.items() if marks and found.isdisjoint(marks)}


@lru_cache(maxsize=1)
def _model() -> Any:
    """The model over all its languages; it is only read, so threads may share it."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=1)
def _shipped_telltale() -> dict[str, str]:
    return load_registry().codebook.telltale
