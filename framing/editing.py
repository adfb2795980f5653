"""What was edited between two states of a text: whole sentences, whatever their commas."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeAlias

from framing.furniture import without_furniture
from framing.sentences import split_sentences
from framing.tokens import tokenise

Words: TypeAlias = tuple[str, ...]
"""A sentence as it is compared: its folded words, and a sign where a quotation begins or ends, where it asks, and
before a number below zero."""

_QUOTE: Final = '"'
_DOUBLE: Final = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a'
_SINGLE: Final = "'\u2018\u2019\u201a\u201b"
# Single marks are apostrophes as well: those count that stand in pairs around whole words.
_QUOTED: Final = re.compile(
    f"[{_DOUBLE}]|(?<!\\w)[{_SINGLE}](?=\\w)(?:[^{_SINGLE}]|(?<=\\w)[{_SINGLE}](?=\\w))*[{_SINGLE}](?!\\w)"
)
# "-5 %" is not "5 %"; the dash of a range stands behind a digit, that of a dialogue before a space.
_SIGN: Final = re.compile(r"(?<![^\s(\[/])(?:[-\u2013\u2212](?=\d))|\?+(?!\w)")

MAX_FURNITURE: Final = 14  # words; a longer line says something
# Words of the lines that pages count and date themselves with: "Updated 5 minutes ago", "12 comments". A line
# of these and numbers alone says nothing of the story. By language (en, de, fr, ru, uk), folded as in framing.tokens.
_FURNITURE: Final = frozenset(
    """
    updated last modified published posted on at by ago just now today yesterday second seconds sec minute minutes min
    mins hour hours hr hrs day days week weeks am pm gmt utc est edt et cet bst msk read reading time views view
    comment comments share shares likes related more stories articles listen
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday

    aktualisiert zuletzt stand veröffentlicht am um uhr vor minute minuten stunde stunden tag tagen kommentar
    kommentare lesezeit januar februar märz mai juni juli oktober dezember
    montag dienstag mittwoch donnerstag freitag samstag sonntag

    mis mise à jour publié le il y a heure heures jours commentaire commentaires partages lecture temps de
    janvier février mars avril juin juillet août septembre octobre novembre décembre
    lundi mardi mercredi jeudi vendredi samedi dimanche

    обновлено обновлен обновлена опубликовано в назад только что секунд секунды минут минута минуту минуты час часа
    часов день дня дней сегодня вчера комментарий комментария комментариев комментарии просмотр просмотра просмотров
    просмотры мск чтения время
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря

    оновлено опубліковано о об у тому щойно хвилин хвилина хвилину хвилини година години годин годину день дні днів
    сьогодні вчора коментар коментаря коментарів коментарі перегляд перегляди переглядів читання час
    січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
    """.split()  # noqa: SIM905 (as a list of words it would fill the page)
)


@dataclass(frozen=True, slots=True)
class TextEdit:
    """What one state of a text has that the other has not. Both empty: nothing but noise changed."""

    removed: tuple[str, ...]
    """Sentences of the earlier state that the later one does not hold, as written, in their order."""
    added: tuple[str, ...]
    """Sentences of the later state that the earlier one did not hold."""

    @property
    def has_changes(self) -> bool:
        """Did more than noise change?"""
        return bool(self.removed or self.added)


def compare_texts(before: str, after: str, language: str | None, headlines: tuple[str, str] = ("", "")) -> TextEdit:
    """
    Compare two states of one text, sentence by sentence.

    Noise is no change: case, punctuation, the style of quotation marks, white space and line breaks, soft hyphens,
    variants of one letter, sentences that are only moved, cut in two or put together, the lines in which a page
    counts and dates itself, and those that lead to other stories. A sentence that changed in one word is one removed
    and one added, and so is one of which a word was put into quotation marks (that is framing), one that became a
    question, and one whose number became negative. Time is linear in the texts.

    Args:
        language: ISO 639-1 of both, or ``None``; decides where sentences end.
        headlines: Before and after. Where a text repeats its headline, that sentence is left out.

    Returns:
        Equal texts have neither removed nor added sentences; swapping the texts swaps the two.
    """
    if before == after:
        return TextEdit(removed=(), added=())
    old, new = _sentences(before, language, headlines[0]), _sentences(after, language, headlines[1])
    gone = _runs(_surplus([words for words, _ in old], [words for words, _ in new]))
    come = _runs(_surplus([words for words, _ in new], [words for words, _ in old]))
    gone_words, come_words = _joined(old, gone), _joined(new, come)
    return TextEdit(
        removed=tuple(old[place][1] for run in _surplus(gone_words, come_words) for place in gone[run]),
        added=tuple(new[place][1] for run in _surplus(come_words, gone_words) for place in come[run]),
    )


def kept_of_cut(
    before: str, after: str, language: str | None, headlines: tuple[str, str] = ("", "")
) -> tuple[int, int] | None:
    """
    Is the later text the beginning of the earlier one and less than half of it?

    Args:
        language: ISO 639-1 of both, or ``None``.
        headlines: Before and after. Where a text repeats its headline, that sentence is left out.

    Returns:
        Sentences that were kept, and those that there were; ``None``: it was not cut so, or more was changed.
    """
    old, new = _sentences(before, language, headlines[0]), _sentences(after, language, headlines[1])
    old_words = [word for words, _ in old for word in words]
    new_words = [word for words, _ in new for word in words]
    is_cut = 2 * len(new_words) < len(old_words) and new_words == old_words[: len(new_words)]
    return (len(new), len(old)) if is_cut else None


def says_the_same(one: str, other: str) -> bool:
    """Are two headlines the same but for noise?"""
    return _words(one) == _words(other)


def _sentences(text: str, language: str | None, headline: str) -> list[tuple[Words, str]]:
    title = _words(headline)
    text = without_furniture(text)
    sentences = ((_words(text[start:end]), text[start:end]) for start, end in split_sentences(text, language))
    return [(words, sentence) for words, sentence in sentences if words != title and not _is_furniture(words)]


def _words(text: str) -> Words:
    words = [(start, key) for start, _, key in tokenise(text)]
    quotes = [(place, _QUOTE) for found in _QUOTED.finditer(text) for place in {found.start(), found.end() - 1}]
    signs = [(found.start(), "?" if found[0][0] == "?" else "-") for found in _SIGN.finditer(text)]
    return tuple(key for _, key in sorted(words + quotes + signs))


def _is_furniture(words: Words) -> bool:
    return len(words) <= MAX_FURNITURE and all(word in _FURNITURE or word[0].isdigit() for word in words)


def _surplus(one: Sequence[Words], other: Iterable[Words]) -> list[int]:
    """The places of what occurs in ``one`` more often than in ``other``."""
    left = Counter(other)
    places = []
    for place, words in enumerate(one):
        if left[words]:
            left[words] -= 1
        else:
            places.append(place)
    return places


def _runs(places: Sequence[int]) -> list[list[int]]:
    """``[3, 4, 7]`` -> ``[3, 4], [7]``: where a sentence was only cut in two, the run's words are the same."""
    return [[place for _, place in run] for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0])]


def _joined(sentences: Sequence[tuple[Words, str]], runs: Sequence[Sequence[int]]) -> list[Words]:
    return [tuple(word for place in run for word in sentences[place][0]) for run in runs]
