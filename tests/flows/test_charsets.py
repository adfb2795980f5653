"""Charsets: what a label is worth."""

import pytest

from flows.feeds.charsets import decode


@pytest.mark.parametrize("text", ["Überraschung für Köln", "Zelensky’s plan"])
@pytest.mark.parametrize("content_type", ["text/xml; charset=ISO-8859-1", "text/xml; charset=windows-1252", None])
def test_few_characters_prove_utf_8_under_a_label_of_latin_1(text, content_type):
    """No title flips with the number of its neighbours' accents."""
    assert decode(text.encode(), content_type).text == text
