"""The headline's framing against the body's."""

import pytest

from framing.registry_files import SHIPPED, load_registry
from framing.scoring import annotate

BOOK = load_registry(SHIPPED).codebook
CASES = {
    "the text says so too": (
        "Talks end in deadlock",
        "The talks are in deadlock. The frozen Russian assets remain in Belgium.",
        ((), ("sanctions_assets",), (), 0.0),
    ),
    "the text does not say so": (
        "Talks end in deadlock",
        "The delegations met for two days. The frozen Russian assets remain in Belgium.",
        (("deadlock",), ("sanctions_assets",), (), 1.0),
    ),
    "the text only cites it": (
        "Talks end in deadlock",
        "“The talks are in deadlock,” Smith said.",
        ((), (), ("deadlock",), 0.0),
    ),
    "the headline cites it too": (
        "Talks are in deadlock, Smith says",
        "“The talks are in deadlock,” Smith said.",
        ((), (), (), 0.0),
    ),
    "no frame above": (
        "What happened in Geneva",
        "The talks are in deadlock.",
        ((), ("deadlock",), (), None),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_the_headline_says_beyond_the_text(case):
    title, text, expected = CASES[case]

    gap = annotate(title, text, "en", BOOK).headline

    assert (gap.only_headline, gap.only_body, gap.asserted, gap.gap) == expected


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [("", "The talks are in deadlock.", "en"), ("Deadlock", "", "en"), ("Deadlock", "The talks.", "bg")],
)
def test_without_one_of_the_two_or_a_measured_language_there_is_no_gap(title, text, language):
    assert annotate(title, text, language, BOOK).headline is None
