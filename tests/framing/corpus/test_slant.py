"""Share of voice and verb slant: denominators, planted slant, and nothing where nothing is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.corpus.events import q_values
from framing.corpus.slant import Attributions, QuotedWords, share_of_voice, verb_slant

QUOTED = st.lists(
    st.builds(
        QuotedWords,
        outlet_id=st.sampled_from(["a", "b"]),
        text_id=st.sampled_from([str(number) for number in range(12)]),
        actor_id=st.sampled_from(["minister", "envoy", None]),
        n_words=st.integers(0, 80),
    ),
    max_size=40,
)


def words(text_id, actor_id, n_words):
    return QuotedWords(outlet_id="a", text_id=str(text_id), actor_id=actor_id, n_words=n_words)


def test_unresolved_speakers_stay_in_the_denominator():
    found = share_of_voice([words(0, "minister", 60), words(1, "envoy", 20), words(1, None, 20), words(2, "envoy", 0)])

    assert [(voice.actor_id, voice.n_words, voice.share) for voice in found] == [
        ("minister", 60, 0.6),
        ("envoy", 20, 0.2),
        (None, 20, 0.2),
    ]
    assert {voice.n_quoted_words for voice in found} == {100}
    assert {voice.n_eff for voice in found} == {2}
    assert all(voice.too_few for voice in found)


def test_one_long_interview_is_one_text():
    """Nineteen short quotes of the envoy, one interview: its words are many, what they tell is little."""
    even = share_of_voice([words(0, "minister", 20), *(words(number, "envoy", 20) for number in range(1, 20))])
    long = share_of_voice([words(0, "minister", 2_000), *(words(number, "envoy", 20) for number in range(1, 20))])

    assert long[0].share > 0.8
    assert long[0].interval.high - long[0].interval.low > 2 * (even[0].interval.high - even[0].interval.low)


@given(QUOTED, st.randoms(use_true_random=False))
def test_shares_of_an_outlet_sum_to_one_in_any_order(quoted, random):
    found = share_of_voice(quoted)
    random.shuffle(quoted)

    assert share_of_voice(quoted) == found
    for outlet_id in {voice.outlet_id for voice in found}:
        assert sum(voice.share for voice in found if voice.outlet_id == outlet_id) == pytest.approx(1)
    for voice in found:
        assert voice.interval.low - 1e-12 <= voice.share <= voice.interval.high + 1e-12


def attributed(random, rates, texts=40, alike=0.0):
    """
    Each outlet attributes words to two sides, one to four times a text.

    ``rates``: outlet and side to share; ``alike``: share of texts in which all attributions doubt or none does.
    """
    return [
        Attributions(
            outlet_id=outlet_id,
            text_id=f"{outlet_id}{number}",
            side=side,
            n_doubting=int(n * random.binomial(1, rate) if random.random() < alike else random.binomial(n, rate)),
            n=int(n),
        )
        for (outlet_id, side), rate in rates.items()
        for number, n in enumerate(random.integers(1, 5, size=texts))
    ]


EVEN = {(outlet, side): 0.25 for outlet in "abcdef" for side in ("north", "south")}


def test_a_planted_slant_is_found():
    """One outlet doubts one side three times as often."""
    found = verb_slant(attributed(np.random.default_rng(5), {**EVEN, ("a", "north"): 0.75}))
    q = q_values([slant.p for slant in found])
    findings = [
        (slant.outlet_id, slant.side)
        for slant, value in zip(found, q, strict=True)
        if value is not None and value < 0.05
    ]

    assert [(slant.side, slant.outlet_id) for slant in found] == sorted((side, outlet) for outlet, side in EVEN)
    assert ("a", "north") in findings
    assert {side for _, side in findings} == {"north"}
    assert min(found, key=lambda slant: slant.p) == found[0]
    planted = found[0]
    assert planted.others_share == pytest.approx(0.25, abs=0.05)
    assert planted.ratio == pytest.approx(3, abs=0.6)
    assert planted.ratio_interval is not None
    assert planted.ratio_interval.low > 1


def test_few_texts_are_not_compared():
    rows = attributed(np.random.default_rng(6), {("a", "north"): 0.5}, texts=7)
    found = verb_slant([*rows, *attributed(np.random.default_rng(6), {("b", "north"): 0.5})])

    assert [slant.too_few for slant in found] == [True, True]
    assert all((slant.ratio, slant.ratio_interval, slant.p) == (None, None, None) for slant in found)
    assert all(slant.others_share is not None for slant in found)


def test_an_outlet_alone_has_no_others():
    found = verb_slant(attributed(np.random.default_rng(6), {("a", "north"): 0.5}))

    assert (found[0].others_share, found[0].too_few) == (None, True)
    assert found[0].interval.low < found[0].share < found[0].interval.high


@pytest.mark.slow
@pytest.mark.parametrize("alike", [0.0, 0.5, 1.0])
def test_nothing_is_found_where_nothing_is(alike):
    """200 archives in which outlets do not differ: findings stay within the nominal share."""
    p_values, archives = [], []
    for seed in range(200):
        p = [slant.p for slant in verb_slant(attributed(np.random.default_rng(seed), EVEN, alike=alike))]
        p_values += p
        archives.append(any(q is not None and q < 0.05 for q in q_values(p)))
    below = np.mean(np.array(p_values) < 0.05)
    print(
        f"\nverb slant, nothing planted, {alike:.0%} of texts of one mind: {below:.3f} of {len(p_values)} p below "
        f"0.05, {np.mean(archives):.3f} of 200 archives with a finding at q < 0.05"
    )

    assert below <= 0.05
    assert np.mean(archives) <= 0.08  # 5 %, and two standard errors of 200
