"""Who says what in other languages than English: the rules need no more than their tables."""

import pytest

from tests.framing.speech_books import part, said

RUSSIAN = part(
    "ru",
    ["« »", "— —"],
    saying__neutral=["(сказал|заявил|сообщили)", "добавив"],
    according__neutral=["по словам", "по его словам"],
    pronoun__person=["он", "его"],
    role__person=["президент*", "секретарь", "МИД*"],
    grammar__that=["что"],
    grammar__preposition=["в"],
    grammar__participle=["ив"],
    grammar__ending=["а"],
)
GERMAN = part(
    "de",
    ["„ “"],
    saying__neutral=["(sagte|erklärte)", "fügte [..2] hinzu"],
    according__neutral=["laut", "zufolge", "so"],
    role__person=["sprecher*"],
    pronoun__person=["er"],
    grammar__that=["dass"],
    grammar__article=["ein", "die"],
    grammar__linking=["der"],
    grammar__preposition=["am"],
    grammar__helper=["sind"],
    grammar__behind=["zufolge"],
    grammar__trailing=["so"],
)
FRENCH = part(
    "fr",
    ["« »", "— —"],
    saying__neutral=["(déclaré|affirmé|dit|ajouté)"],
    according__neutral=["selon"],
    pronoun__person=["il"],
    grammar__that=["que", "qu"],
    grammar__helper=["a"],
)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (RUSSIAN, "«Мы ждём», — сказал Песков.", [(0, "«Мы ждём»", "Песков", "сказал")]),
        (RUSSIAN, "Песков заявил, что тупика нет.", [(0, "что тупика нет", "Песков", "заявил")]),
        (RUSSIAN, "По словам Пескова, тупика нет.", [(0, "тупика нет", "Пескова", "По словам")]),
        (RUSSIAN, "Встреча отложена, сообщили в МИД.", [(0, "Встреча отложена", "МИД", "сообщили")]),
        (
            RUSSIAN,
            "— Мы ждём, — сказал Песков, добавив, что тупика нет.",
            [(0, "— Мы ждём,", "Песков", "сказал"), (0, "что тупика нет", "Песков", "добавив")],
        ),
        (
            RUSSIAN,
            "— Мы ждём, — сказал Песков. — Сроков нет.\n\n— Почему?",
            [
                (0, "— Мы ждём,", "Песков", "сказал"),
                (0, "— Сроков нет.", "Песков", "сказал"),
                (0, "— Почему?", None, None),
            ],
        ),
        (
            RUSSIAN,
            "Президент Украины Владимир Зеленский заявил, что тупика нет. По его словам, сроков нет.",
            [
                (0, "что тупика нет", "Владимир Зеленский", "заявил"),
                (0, "сроков нет", "Владимир Зеленский", "По его словам"),
            ],
        ),
        (
            GERMAN,
            "Am Montag sagte Merz, dass die Gespräche enden. „Wir warten“, fügte er hinzu.",
            [(0, "dass die Gespräche enden", "Merz", "sagte"), (0, "„Wir warten“", "Merz", "fügte")],
        ),
        (
            FRENCH,
            "Macron a affirmé qu’il restait. « Nous restons », dit-il. « Ici », a-t-il ajouté.",
            [
                (0, "qu’il restait", "Macron", "a affirmé"),
                (0, "« Nous restons »", "Macron", "dit-il"),
                (0, "« Ici »", "Macron", "ajouté"),
            ],
        ),
        (GERMAN, "„Wir warten“, sagte Merz am Montag.", [(0, "„Wir warten“", "Merz", "sagte")]),
        (GERMAN, "Am Montag sagte Merz, die Gespräche enden.", [(0, "die Gespräche enden", "Merz", "sagte")]),
        (GERMAN, "Laut Merz sind die Gespräche am Ende.", [(0, "sind die Gespräche am Ende", "Merz", "Laut")]),
        (GERMAN, "Merz zufolge sind die Gespräche am Ende.", [(0, "sind die Gespräche am Ende", "Merz", "zufolge")]),
        (GERMAN, "Die Gespräche sind am Ende, so Merz.", [(0, "Die Gespräche sind am Ende", "Merz", "so")]),
        (FRENCH, "« Nous restons », a déclaré Macron.", [(0, "« Nous restons »", "Macron", "a déclaré")]),
        (FRENCH, "Macron a affirmé qu’il restait.", [(0, "qu’il restait", "Macron", "a affirmé")]),
        (FRENCH, "Selon Macron, il restera.", [(0, "il restera", "Macron", "Selon")]),
        (FRENCH, "— Nous restons, a déclaré Macron.", [(0, "— Nous restons,", "Macron", "a déclaré")]),
    ],
)
def test_other_languages_need_only_their_tables(language, text, expected):
    """Dashes, declined names, the verb before its subject: the rules are the same, the words are data."""
    assert said(text, **language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "ru",
            "«Обмен, — написал Маркетти во вторник, — станет концом».",
            [(0, "«Обмен,", "Маркетти", "написал"), (0, "станет концом»", "Маркетти", "написал")],
        ),
        (
            "fr",
            "« Un échange, écrit Marchetti mardi, serait la fin. »",
            [(0, "« Un échange,", "Marchetti", "écrit"), (0, "serait la fin. »", "Marchetti", "écrit")],
        ),
        (
            "fr",
            "À cause du port, a dit Harlan, les négociations sont finies.",
            [(0, "À cause du port", "Harlan", "a dit"), (0, "les négociations sont finies", "Harlan", "a dit")],
        ),
        (
            "de",
            "Von einem „Diktat“ sprach Keller nach der Sitzung.",
            [(0, "„Diktat“", "Keller", "sprach")],
        ),
        (
            "de",
            "Nach Angaben von Marchetti prüft Kiew einen Tausch.",
            [(0, "prüft Kiew einen Tausch", "Marchetti", "Nach Angaben von")],
        ),
        (
            "en",
            "Senator Brannigan rejected claims that the deal is dead.",
            [(0, "claims that the deal is dead", "Brannigan", "rejected")],
        ),
        (
            "en",
            "She says the talks go on. “Nobody leaves.”",
            [(0, "the talks go on", None, "says"), (0, "“Nobody leaves.”", None, "says")],
        ),
        ("en", "“We wait.” Peskov said.", [(0, "“We wait.”", "Peskov", "said")]),
        ("en", "« We wait, wrote Peskov, and we win. »", [(0, "« We wait, wrote Peskov, and we win. »", None, None)]),
    ],
)
def test_attributions_in_unusual_places(language, text, expected):
    """Inside of marks (where the language has the custom), between halves of a clause, behind a theme, in the next
    sentence."""
    assert said(text, language) == expected
