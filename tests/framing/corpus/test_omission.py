"""Omission: a silent outlet, an outage and an outlet with its own story are told apart, with denominators."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.omission import MIN_WATCHED, Doubt, Omission, Watch, by_event, by_outlet, omissions

WATCHES = st.lists(
    st.builds(
        lambda event, outlet, on_event, others, watched: Watch(
            event_id=event,
            outlet_id=outlet,
            n_on_event=on_event,
            n_articles=on_event + others,
            watched=watched,
        ),
        st.sampled_from(["talks", "plan"]),
        st.sampled_from(["one", "two", "three", "four"]),
        st.integers(0, 3),
        st.integers(0, 40),
        st.floats(0, 1),
    ),
    unique_by=lambda watch: (watch.event_id, watch.outlet_id),
)


def watch(outlet_id, n_on_event, n_articles=40, watched=1.0, event_id="talks"):
    return Watch(event_id=event_id, outlet_id=outlet_id, n_on_event=n_on_event, n_articles=n_articles, watched=watched)


def test_silent_outage_and_covered():
    found = {
        coverage.outlet_id: coverage
        for coverage in omissions(
            [watch("a", 8), watch("b", 12), watch("silent", 0), watch("down", 0, 5, 0.4), watch("half", 2, 9, 0.4)]
        )
    }

    assert {name: coverage.state for name, coverage in found.items()} == {
        "a": Omission.COVERED,
        "b": Omission.COVERED,
        "silent": Omission.NOT_COVERED,
        "down": Omission.COULD_NOT_KNOW,
        "half": Omission.COVERED,
    }
    silent = found["silent"]
    assert (silent.n_peers_covered, silent.n_peers_known) == (3, 3)
    assert silent.expected == pytest.approx(40 * 22 / 89)
    assert silent.p_none == pytest.approx((67 / 89) ** 40)
    assert [name for name, coverage in found.items() if coverage.notable] == ["silent"]
    assert found["a"].n_peers_known == 3


def test_few_articles_or_one_peer_are_not_notable():
    assert not omissions([watch("a", 8), watch("b", 12), watch("small", 0, 7)])[2].notable
    assert not omissions([watch("a", 20), watch("b", 0), watch("c", 0)])[1].notable
    assert not omissions([watch("a", 1), watch("b", 1), watch("c", 0)])[2].notable


def test_nobody_else_is_no_expectation():
    alone = omissions([watch("a", 0), watch("b", 0, 0, 0.0)])[0]

    assert alone.state is Omission.NOT_COVERED
    assert (alone.expected, alone.p_none, alone.n_peers_known) == (None, None, 0)


def test_denominators_leave_out_what_cannot_be_known():
    found = omissions(
        [
            watch("a", 3),
            watch("b", 0),
            watch("c", 0, 0, 0.0),
            watch("a", 0, event_id="plan"),
            watch("b", 1, event_id="plan"),
        ]
    )

    assert [(row.name, row.n, row.n_known, row.n_covered) for row in by_event(found)] == [
        ("talks", 3, 2, 1),
        ("plan", 2, 2, 1),
    ]
    rows = {row.name: row for row in by_outlet(found)}
    assert (rows["c"].n, rows["c"].n_known, rows["c"].interval) == (1, 0, None)
    assert all(row.too_few for row in rows.values())


@given(WATCHES)
def test_laws(watches):
    """Seen is covered; a zero is only one where the feed was watched; a missing feed never makes an omission."""
    found = omissions(watches)

    assert [(coverage.event_id, coverage.outlet_id) for coverage in found] == [
        (row.event_id, row.outlet_id) for row in watches
    ]
    for coverage in found:
        assert (coverage.state is Omission.COVERED) == (coverage.n_on_event > 0)
        if coverage.state is Omission.NOT_COVERED:
            assert coverage.watched >= MIN_WATCHED
        assert coverage.n_peers_covered <= coverage.n_peers_known
    down = omissions([replace(row, watched=0.0) for row in watches])
    assert all(coverage.state is not Omission.NOT_COVERED and not coverage.notable for coverage in down)
    for row in (*by_event(found), *by_outlet(found)):
        assert row.n_covered <= row.n_known <= row.n
        if row.interval is not None:
            assert row.interval.low <= row.n_covered / row.n_known <= row.interval.high + 1e-12


def test_mistakes_of_the_caller_are_named():
    with pytest.raises(ValueError, match="come twice"):
        omissions([watch("a", 1), watch("a", 2)])
    with pytest.raises(ValueError, match="talks, a: 3 of 2 articles"):
        omissions([watch("a", 3, 2)])


@pytest.mark.parametrize(
    ("told", "doubt"),
    [
        ({"is_asked": False, "watched": 0.0}, Doubt.NOT_WATCHED),
        ({"is_told_apart": False}, Doubt.NOT_TOLD_APART),
        ({"watched": 0.5}, Doubt.FEED_DOWN),
        ({"n_unmeasured": 5, "n_measured": 2}, Doubt.NOT_MEASURED),
        ({"n_articles": 0, "n_due": 2.9}, Doubt.QUIET),
        ({"n_articles": 0, "n_due": None}, Doubt.QUIET),
        ({"n_articles": 0, "n_due": 3.1}, None),
        ({"n_articles": 1, "n_due": 0.0}, None),
    ],
)
def test_why_it_could_not_be_known(told, doubt):
    """A silence that was not to be expected is one; a quiet week is not."""
    (found,) = omissions([replace(watch("a", 0), **told)])

    assert found.doubt is doubt
    assert found.state is (Omission.COULD_NOT_KNOW if doubt else Omission.NOT_COVERED)


def test_an_article_that_was_seen_needs_no_feed():
    """Unless it cannot be told to be on the event."""
    seen = watch("a", 1, watched=0.0)

    assert omissions([replace(seen, is_asked=False)])[0].state is Omission.COVERED
    assert omissions([replace(seen, is_told_apart=False)])[0].state is Omission.COULD_NOT_KNOW
