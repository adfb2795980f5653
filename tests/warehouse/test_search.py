"""Search: what is found, in every alphabet, and what is refused."""

from contextlib import suppress

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.search import MAX_TERMS, QueryError, read_query


def is_found(query: str, text: str) -> bool:
    with duckdb.connect() as connection:
        return all(
            connection.execute("select regexp_matches(?, ?)", [text, pattern]).fetchone() == (True,)
            for pattern in read_query(query)
        )


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ceasefire", "A CEASEFIRE, they said."),
        ("Witkoff ceasefire", "The ceasefire that Witkoff wants."),
        ("capitul*", "They spoke of capitulation."),
        ('"peace plan"', "The peace\nplan has 28 points."),
        ("перемирие", "Перемирие и «всё»."),
        ("все", "Перемирие и «всё»."),
        ("всё", "и все."),
        ("м'яч", "про м’яч"),
        ("États", "les États-Unis"),
        ("800,000", "an army of 800,000 troops"),
        ("(a.b)", "see (a.b) there"),
        ("Zelensky*", "Zelenskyy's plan"),
        ("ceasefire, talks", "Talks on a ceasefire"),
        ("“peace plan”", "the peace plan"),
        ("„Friedensplan“", "Der Friedensplan."),
        ("«мир»;", "Мир и война"),
        ("*fire", "the fire"),
        ("800 000", "an army of 800,000 troops"),
    ],
)
def test_words_are_found(query, text):
    assert is_found(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("fire", "A ceasefire."),
        ("мир", "мирный план"),
        ("Witkoff ceasefire", "The ceasefire that Kushner wants."),
        ('"plan peace"', "The peace plan."),
        ("a.b", "axb"),
        (".*", ""),
    ],
)
def test_parts_of_words_and_other_orders_are_not(query, text):
    try:
        assert not is_found(query, text)
    except QueryError:
        assert not any(map(str.isalnum, query))


@settings(deadline=None)  # each example opens a database
@given(st.text(max_size=30), st.text(max_size=60))
def test_no_query_breaks_the_search(query, text):
    """Whatever is typed is searched for, or refused: no pattern is one that DuckDB cannot read."""
    with suppress(QueryError):
        is_found(query, text)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (" \n", "There is no word to search for. Type words, such as: ceasefire Witkoff"),
        ('""', "There is no word to search for. Type words, such as: ceasefire Witkoff"),
        ("a*", "'a*' would find nearly every text. Give at least 2 letters before the star."),
        ("word " * (MAX_TERMS + 1), "9 terms are too many, at most 8 are searched for. Leave some out."),
    ],
)
def test_what_cannot_be_searched_for_is_refused(query, message):
    with pytest.raises(QueryError) as raised:
        read_query(query)

    assert str(raised.value) == message
