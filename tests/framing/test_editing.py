"""The sentence diff: planted changes are found, noise is not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.editing import compare_texts, kept_of_cut, says_the_same

BEFORE = """The envoys met in Geneva on Tuesday. They spoke for “five hours”, aides said.

Kyiv called the talks useful; Moscow did not comment.
Updated 5 minutes ago
12 comments"""

VERBS = ("left", "met", "called", "praised", "warned", "joined")
SENTENCES = st.lists(st.integers(0, 10_000), min_size=1, max_size=12, unique=True)


def sentence(n: int, word: str = "met") -> str:
    return f"Envoy {n} {word} the delegation in Geneva."


def test_one_changed_word_is_one_sentence_out_and_one_in():
    """By hand: what a reader would mark."""
    edit = compare_texts(BEFORE, BEFORE.replace("useful", "useless"), "en")

    assert edit.removed == ("Kyiv called the talks useful; Moscow did not comment.",)
    assert edit.added == ("Kyiv called the talks useless; Moscow did not comment.",)


@pytest.mark.parametrize(
    "after",
    [
        BEFORE.upper(),
        BEFORE.replace("“", '"').replace("”", '"'),
        BEFORE.replace("“", "«").replace("”", "»"),
        BEFORE.replace("“", "‘").replace("”", "’"),
        BEFORE.replace("“", "„").replace("”", "“"),
        BEFORE.replace(";", ","),
        BEFORE.replace("\n\n", "\n"),
        BEFORE.replace(" ", "\u00a0"),
        BEFORE.replace("delegation", "dele\u00adgation").replace("Geneva", "Gene\u00adva"),
        BEFORE.replace("5 minutes ago", "2 hours ago").replace("12 comments", "340 comments"),
        BEFORE.replace("Updated 5 minutes ago\n12 comments", ""),
        BEFORE.replace("useful; Moscow", "useful. Moscow"),  # one sentence cut in two
        BEFORE.replace("Tuesday. They", "Tuesday, they"),  # two put together
        "Kyiv called the talks useful; Moscow did not comment.\n"
        "The envoys met in Geneva on Tuesday. They spoke for “five hours”, aides said.",  # moved
    ],
)
def test_noise_is_no_edit(after):
    """Commas, styles of quotes, case, breaks, soft hyphens, counters, and the order of sentences."""
    assert not compare_texts(BEFORE, after, "en").has_changes


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("ru", "Обновлено 5 минут назад\nСтороны её обсудили.", "Обновлено: сегодня в 14:05\nСтороны ее обсудили."),
        ("uk", "Оновлено 5 хвилин тому\nСторони домовилися.", "Оновлено щойно\nСторони домовилися."),
        ("de", "Stand: 3. Dezember 2025, 14:05 Uhr\nMan sprach.", "Aktualisiert vor 2 Stunden\nMan sprach."),
        ("fr", "Mis à jour il y a 5 minutes\nOn a parlé.", "Mis à jour le 3 décembre 2025 à 14h05\nOn a parlé."),
    ],
)
def test_a_pages_own_clock_is_noise_in_every_language(language, before, after):
    """It changes at each visit."""
    assert not compare_texts(before, after, language).has_changes


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Two days ago Kyiv agreed.", "Three days ago Kyiv agreed."),
        ("5 people were killed.", "7 people were killed."),
        ("They asked for 1.5 billion.", "They asked for 15 billion."),
    ],
)
def test_what_looks_like_a_clock_and_says_something_is_an_edit(before, after):
    """Only a line of counting words and numbers alone is the page's own."""
    edit = compare_texts(before, after, "en")

    assert (edit.removed, edit.added) == ((before,), (after,))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Kyiv welcomed the peace plan.", "Kyiv welcomed the “peace plan”."),
        ("Kyiv welcomed the peace plan.", "Kyiv welcomed the 'peace' plan."),
        ("Kyiv welcomed the “peace” plan.", "Kyiv welcomed the “peace plan”."),
        ("Киев принял мирный план.", "Киев принял «мирный» план."),
    ],
)
def test_scare_quotes_are_an_edit(before, after):
    """They take back what they stand around."""
    for one, other in ((before, after), (after, before)):
        edit = compare_texts(one, other, None)
        assert (edit.removed, edit.added) == ((one,), (other,))
        assert not says_the_same(one, other)


def test_an_apostrophe_is_no_quotation_mark():
    """Typed in one way or another, or left out."""
    assert says_the_same("The envoys' talks didn't end", "The envoys’ talks didn’t end")
    assert says_the_same("The envoys' talks", "The envoys talks")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Output changed by 5 % in May.", "Output changed by -5 % in May."),
        ("Output changed by 5 % in May.", "Output changed by \u22125 % in May."),
        ("Kyiv will sign the plan.", "Kyiv will sign the plan?"),
        ("Киев подпишет план.", "Киев подпишет план?"),
    ],
)
def test_a_minus_and_a_question_are_edits(before, after):
    """They turn what is said around."""
    for one, other in ((before, after), (after, before)):
        edit = compare_texts(one, other, None)
        assert (edit.removed, edit.added) == ((one,), (other,))
        assert not says_the_same(one, other)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("From 5-7 May they met.", "From 5 7 May they met."),
        ("From 5 - 7 May they met.", "From 5, 7 May they met."),
        ("Will Kyiv sign?", "Will Kyiv sign??"),
    ],
)
def test_a_range_is_no_minus(before, after):
    """Dashes between numbers, and how often a mark stands, are punctuation."""
    assert not compare_texts(before, after, "en").has_changes


@pytest.mark.parametrize(
    "line",
    [
        "Читайте также: Путин прибыл в Женеву. Что дальше?",
        "Читайте також: Путін прибув",
        "Read more: Putin lands in Geneva",
        "RELATED: Putin lands in Geneva",
        "Lire aussi : Poutine est à Genève",
        "Lesen Sie auch: Putin in Genf",
        "Advertisement",
        "Реклама",
        "– Anzeige –",
        "Publicité",
    ],
)
def test_lines_that_lead_elsewhere_are_noise(line):
    """They come and go with the stories of the day, also between the paragraphs."""
    assert not compare_texts(BEFORE, f"{BEFORE}\n{line}", None).has_changes
    assert not compare_texts(BEFORE, BEFORE.replace("\n\n", f"\n{line}\n"), None).has_changes


@pytest.mark.parametrize(
    "line",
    [
        "Read more than the headline, said the host.",
        "Anzeige: Der Minister wird beschuldigt.",
        "Related: " + "no " * 99,
    ],
)
def test_what_only_begins_like_a_label_is_an_edit(line):
    """A label ends in a colon or its line; an advertisement's stands alone."""
    assert compare_texts(BEFORE, f"{BEFORE}\n{line}", "en").has_changes


def test_a_cut_keeps_the_beginning():
    """Less than half of the words, none changed; the last sentence may break off."""
    whole = " ".join(sentence(n) for n in range(6))

    assert kept_of_cut(whole, " ".join(sentence(n) for n in range(2)), "en") == (2, 6)
    assert kept_of_cut(whole, f"{sentence(0)} Envoy 1 met…", "en") == (2, 6)
    assert kept_of_cut(whole, " ".join(sentence(n) for n in range(3)), "en") is None
    assert kept_of_cut(whole, " ".join(sentence(n) for n in range(4, 6)), "en") is None
    assert kept_of_cut(whole, sentence(0, "left"), "en") is None


@given(st.text(max_size=300))
def test_a_text_is_no_edit_of_itself(text):
    """Whatever it holds, and however it is written."""
    assert not compare_texts(text, text, "en").has_changes
    assert not compare_texts(text, f"\n{text}  \n", "en").has_changes


@given(st.text(max_size=200), st.text(max_size=200))
def test_swapping_the_texts_swaps_the_answer(one, other):
    """What is added there is removed back."""
    there, back = compare_texts(one, other, "en"), compare_texts(other, one, "en")

    assert (there.removed, there.added) == (back.added, back.removed)


@given(SENTENCES, st.data())
def test_planted_edits_are_found(numbers, data):
    """Change k of n sentences, shuffle the rest: k are gone, k have come, each in the order of its own text."""
    changed = data.draw(st.sets(st.sampled_from(numbers)))
    order = data.draw(st.permutations(numbers))
    before = " ".join(sentence(n) for n in numbers)
    after = "\n".join(sentence(n, "left" if n in changed else "met") for n in order)

    edit = compare_texts(before, after, "en")

    assert edit.removed == tuple(sentence(n) for n in numbers if n in changed)
    assert edit.added == tuple(sentence(n, "left") for n in order if n in changed)


@given(SENTENCES)
def test_a_repeated_sentence_counts_as_often_as_it_stands(numbers):
    """One of two copies gone is one sentence gone."""
    once = " ".join(sentence(n) for n in numbers)
    twice = f"{once} {sentence(numbers[0])}"

    assert compare_texts(twice, once, "en").removed == (sentence(numbers[0]),)


def test_a_hostile_page_costs_no_quadratic_time():
    """20,000 short sentences on each side, none in common: all pairs of them would be 400 million."""
    started = time.perf_counter()
    edit = compare_texts("Aa bb.\n" * 20_000, "Cc dd.\n" * 20_000, "en")

    assert len(edit.removed) == len(edit.added) == 20_000
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize("line", [" -?" * 30_000 + "x", "Read more:" + "-" * 90_000, "Read more" + " " * 90_000 + "x"])
def test_a_hostile_line_costs_no_quadratic_time(line):
    """Signs and labels are looked for by patterns, and none of them may try a line from each of its places."""
    started = time.perf_counter()
    compare_texts(line, "Kyiv agreed.", "en")

    assert time.perf_counter() - started < 5


def test_a_headline_in_the_text_is_no_sentence_of_it():
    """Extraction often keeps it; a new headline alone leaves the text as it was."""
    headlines = ("Talks stall", "Talks resume")

    assert not compare_texts(f"Talks stall\n{BEFORE}", f"Talks resume\n{BEFORE}", "en", headlines).has_changes
    assert compare_texts(f"Talks stall\n{BEFORE}", f"Talks resume\n{BEFORE}", "en").added == ("Talks resume",)


def test_headlines():
    """A colon for a dash is no new headline; a word is."""
    assert says_the_same("Talks in Geneva – day two", "TALKS IN GENEVA: Day two")
    assert not says_the_same("Talks in Geneva stall", "Talks in Geneva resume")
