"""Corrected prevalence: unbiased, covering what it promises, and no number from too little."""

import numpy as np
import pytest

from framing.corpus.prevalence import MIN_GOLD, GoldItem, design_based, rogan_gladen

SENSITIVITY, SPECIFICITY = 0.7, 0.95
STRATA = {"common": (4_000, 60, 0.3), "rare": (16_000, 60, 0.02)}
"""Sentences, sentences drawn, and true share."""


def population(random, sensitivity=SENSITIVITY, specificity=SPECIFICITY):
    """Gold and engine per sentence of each stratum."""
    found = {}
    for name, (size, _, share) in STRATA.items():
        gold = random.random(size) < share
        engine = np.where(gold, random.random(size) < sensitivity, random.random(size) > specificity)
        found[name] = (gold, engine)
    return found


def draw(sentences, random):
    items = []
    for name, (size, n_drawn, _) in STRATA.items():
        gold, engine = sentences[name]
        items += [
            GoldItem(stratum=name, inclusion=n_drawn / size, gold=bool(gold[at]), engine=bool(engine[at]))
            for at in random.choice(size, n_drawn, replace=False)
        ]
    return items


def over_all(sentences, which):
    return float(np.concatenate([pair[which] for pair in sentences.values()]).mean())


def test_a_census_is_the_truth():
    """Where every sentence is judged the answer is the gold share, and chance has no part in it."""
    random = np.random.default_rng(1)
    gold, engine = random.random(400) < 0.3, random.random(400) < 0.4
    sample = [
        GoldItem(stratum="all", inclusion=1, gold=bool(g), engine=bool(e)) for g, e in zip(gold, engine, strict=True)
    ]
    found = design_based(float(engine.mean()), 400, sample)

    assert found is not None
    assert found.corrected == pytest.approx(gold.mean())
    assert found.interval.low == pytest.approx(found.interval.high)


def test_the_weights_are_the_inverse_probabilities():
    """One miss in 30 sentences that stand for 3,000 of 10,000: 100 sentences, a share of 0.01 more."""
    one = [GoldItem(stratum="one", inclusion=0.01, gold=place == 0, engine=False) for place in range(30)]
    other = [GoldItem(stratum="other", inclusion=0.01, gold=True, engine=True) for _ in range(70)]
    found = design_based(0.7, 10_000, one + other)

    assert found is not None
    assert found.corrected == pytest.approx(0.71)
    assert found.interval.low < 0.71 < found.interval.high


def test_an_engine_without_errors_in_the_sample_is_not_held_to_be_perfect():
    sample = [GoldItem(stratum="all", inclusion=0.001, gold=False, engine=False)] * MIN_GOLD
    found = design_based(0.5, 30_000, sample)

    assert found is not None
    assert found.interval.high - found.interval.low == pytest.approx(0.19, abs=0.02)


def test_too_little_gold_is_no_number():
    item = GoldItem(stratum="all", inclusion=0.1, gold=True, engine=True)

    assert design_based(0.5, 1_000, [item] * (MIN_GOLD - 1)) is None
    assert rogan_gladen(5, 10, [(True, True), (False, False)] * 14) is None
    assert rogan_gladen(5, 10, [(True, True)] * 40) is None
    assert rogan_gladen(5, 10, [(True, True), (True, False), (False, True), (False, False)] * 20) is None


def test_rogan_and_gladen_by_hand():
    """(0.3 + 0.9 - 1) / (0.8 + 0.9 - 1) = 2 / 7."""
    sample = [(True, True)] * 40 + [(True, False)] * 10 + [(False, False)] * 45 + [(False, True)] * 5
    found = rogan_gladen(300, 1_000, sample)

    assert found is not None
    assert found.naive == 0.3
    assert found.corrected == pytest.approx(2 / 7)
    assert found.interval.low < 2 / 7 < found.interval.high


def test_a_share_stays_between_zero_and_one():
    """Fewer alarms than the engine's errors alone should give: nothing is left, but it may be a little."""
    sample = [(True, True)] * 50 + [(False, False)] * 40 + [(False, True)] * 10
    found = rogan_gladen(150, 1_000, sample)

    assert found is not None
    assert (found.corrected, found.interval.low) == (0.0, 0.0)
    assert found.interval.high > 0


def test_a_sample_that_contradicts_the_engine_is_no_number():
    """Not one alarm in a thousand sentences of an engine that gives a false one in five: not the same sentences."""
    sample = [(True, True)] * 50 + [(False, False)] * 40 + [(False, True)] * 10
    item = GoldItem(stratum="all", inclusion=0.01, gold=False, engine=True)

    assert rogan_gladen(0, 1_000, sample) is None
    assert design_based(0.1, 5_000, [item] * 50) is None


def test_the_design_based_interval_covers_the_truth_and_the_naive_one_is_off():
    random = np.random.default_rng(11)
    sentences = population(random)
    truth, naive = over_all(sentences, 0), over_all(sentences, 1)
    found = [design_based(naive, 20_000, draw(sentences, random)) for _ in range(400)]
    covered = np.mean([answer is not None and answer.interval.low <= truth <= answer.interval.high for answer in found])
    middle = np.mean([answer.corrected for answer in found if answer is not None])
    print(f"\ntrue {truth:.4f}, naive {naive:.4f}, design-based {middle:.4f} on average, coverage {covered:.3f}")

    assert abs(naive - truth) > 0.02
    assert middle == pytest.approx(truth, abs=0.005)
    assert 0.92 <= covered <= 0.995


@pytest.mark.parametrize(("share", "n"), [(0.05, 500), (0.2, 500), (0.2, 100), (0.5, 200)])
def test_the_fallbacks_interval_covers_the_truth(share, n):
    random = np.random.default_rng(12)
    covered = []
    for _ in range(400):
        hits, alarms = random.binomial(60, SENSITIVITY), random.binomial(60, 1 - SPECIFICITY)
        sample = [(True, place < hits) for place in range(60)] + [(False, place < alarms) for place in range(60)]
        k = random.binomial(n, share * SENSITIVITY + (1 - share) * (1 - SPECIFICITY))
        answer = rogan_gladen(int(k), n, sample)
        assert answer is not None
        covered.append(answer.interval.low <= share <= answer.interval.high)
    print(f"\nrogan-gladen, share {share}, n {n}: coverage {np.mean(covered):.3f}")

    assert np.mean(covered) >= 0.92
