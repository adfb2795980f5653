"""What follows from judgements: planted error rates are found again, and gaps are said."""

import random
from collections.abc import Iterator

import pytest

from flows.gold.findings import find
from framing.corpus.sampling import Stratum, draw
from warehouse.judgements import Judgement, SampleStratum, SampleUnit

FALSE_ALARMS, MISSES = 0.3, 0.06
SIZES = {
    Stratum("en", "deadlock", True): 200,
    Stratum("en", "deadlock", False): 3_800,
    Stratum("ru", "deadlock", True): 50,
    Stratum("ru", "deadlock", False): 950,
}


def sample(sizes, n, seed=1):
    """Strata and units as they are stored, without texts."""
    units = [_unit(one.stratum, one.rank, one.inclusion_probability) for one in draw(sizes, n, seed)]
    strata = [
        SampleStratum(sample_id="s", stratum=stratum.name, **stratum._asdict(), n_units=size, n_drawn=0)
        for stratum, size in sizes.items()
    ]
    return strata, units


def _unit(stratum: Stratum, rank: int, chance: float) -> SampleUnit:
    return SampleUnit(
        sample_id="s",
        unit_id=f"{stratum.name}/{rank}",
        article_id="a",
        revision_id="r",
        outlet_id="wire",
        **stratum._asdict(),
        part="text",
        sentence_start=0,
        sentence_end=1,
        sentence="",
        machine_voice=None,
        stratum=stratum.name,
        inclusion_probability=chance,
    )


def says(unit, carried, coder="Ada"):
    return Judgement(unit_id=unit.unit_id, coder=coder, carried=carried, voice=None, note=None)


def plant(sizes, seed):
    """Which units of a whole archive carry the frame, whatever the engine says."""
    rng = random.Random(seed)
    return {
        f"{stratum.name}/{rank}": stratum.machine_carried != (rng.random() < rate)
        for stratum, size in sizes.items()
        for rate in [FALSE_ALARMS if stratum.machine_carried else MISSES]
        for rank in range(size)
    }


def err(units, truth, coder, rate, seed) -> Iterator[Judgement]:
    """A coder who takes some for the contrary."""
    rng = random.Random(f"{coder}/{seed}")
    for unit in units:
        yield says(unit, "yes" if truth[unit.unit_id] != (rng.random() < rate) else "no", coder)


def test_planted_errors_of_the_engine_are_corrected():
    """Over 60 archives: the interval holds the true share in nearly all of them, the engine's own in few."""
    n_held, errors, n_naive = {"all": 0, "en": 0, "ru": 0}, [], 0
    for seed in range(60):
        truth = plant(SIZES, seed)
        strata, units = sample(SIZES, 600, seed)
        for row in find(strata, units, list(err(units, truth, "Ada", 0, seed))):
            names = [name for name in truth if row.language in ("all", name[:2])]
            share = sum(truth[name] for name in names) / len(names)
            n_held[row.language] += row.prevalence.interval.low <= share <= row.prevalence.interval.high
            n_naive += row.prevalence.interval.low <= row.naive <= row.prevalence.interval.high
            errors.append(row.prevalence.corrected - share)

    assert all(n >= 54 for n in n_held.values()), n_held
    assert sum(errors) / len(errors) == pytest.approx(0, abs=0.003)
    assert n_naive < 90  # of 180


def test_planted_errors_of_coders_are_the_alpha():
    """Each takes one in ten for the contrary: what alpha is then follows by hand."""
    truth = plant(SIZES, 1)
    strata, units = sample(SIZES, 600)
    judgements = [one for coder in ("Ada", "Ben") for one in err(units, truth, coder, 0.1, 1)]
    p = sum(one.carried == "yes" for one in judgements) / len(judgements)
    planted = 1 - 2 * 0.1 * 0.9 / (2 * p * (1 - p))

    row = find(strata, units, judgements)[0]

    assert (row.language, row.n_coders, row.agreement.n_units) == ("all", 2, 600)
    assert row.agreement.alpha == pytest.approx(planted, abs=0.05)
    assert row.agreement.interval.low < planted < row.agreement.interval.high
    assert row.n_decided + row.n_split == 600
    assert row.n_split == pytest.approx(600 * 2 * 0.1 * 0.9, abs=3 * (600 * 0.18 * 0.82) ** 0.5)


def test_all_languages_stand_first_and_one_alone_has_no_row_for_all():
    sizes = SIZES | {Stratum("uk", "momentum", False): 50, Stratum("uk", "momentum", True): 0}

    rows = find(*sample(sizes, 100), [])

    assert [(row.frame_id, row.language, row.n_sentences) for row in rows] == [
        ("deadlock", "all", 5_000),
        ("deadlock", "en", 4_000),
        ("deadlock", "ru", 1_000),
        ("momentum", "uk", 50),
    ]
    assert [row.naive for row in rows] == [0.05, 0.05, 0.05, 0]


def test_unsure_counts_for_nothing_and_a_split_is_left_out():
    strata, units = sample({Stratum("en", "deadlock", True): 50, Stratum("en", "deadlock", False): 50}, 100)
    judgements = [says(unit, "yes" if unit.machine_carried else "no") for unit in units]
    judgements += [says(unit, "no" if unit.machine_carried else "unsure", "Ben") for unit in units[:40]]
    n_split = sum(unit.machine_carried for unit in units[:40])

    (row,) = find(strata, units, judgements)

    assert (row.n_split, row.n_unsure, row.n_decided) == (n_split, 40 - n_split, 100 - n_split)
    assert row.agreement.n_units == n_split
    assert row.prevalence.corrected == pytest.approx(0.5)


def test_a_third_word_decides():
    strata, units = sample({Stratum("en", "deadlock", True): 50, Stratum("en", "deadlock", False): 50}, 100)
    judgements = [
        says(unit, answer, coder) for unit in units for coder, answer in zip("ABC", ("yes", "no", "yes"), strict=True)
    ]

    (row,) = find(strata, units, judgements)

    assert (row.n_split, row.n_decided, row.n_coders) == (0, 100, 3)
    assert row.prevalence.corrected == 1


@pytest.mark.parametrize(
    ("answers", "lacks"),
    [
        ({}, "0 sentences judged twice, alpha needs 10; 0 sentences decided, a corrected share needs 30"),
        (
            {True: "yes"},
            "all judgements are the same, so there is no alpha; "
            "what was decided does not suffice: sentences are needed that the engine finds, and others that it does "
            "not",
        ),
        ({True: "yes", False: "no"}, None),
    ],
)
def test_what_is_missing_is_said(answers, lacks):
    strata, units = sample({Stratum("en", "deadlock", True): 50, Stratum("en", "deadlock", False): 50}, 100)
    judgements = [
        says(unit, answers[unit.machine_carried], coder)
        for unit in units
        for coder in ("Ada", "Ben")
        if unit.machine_carried in answers
    ]

    (row,) = find(strata, units, judgements)

    assert row.lacks == lacks
    assert (row.prevalence is None) == (lacks is not None)


def test_a_language_that_nobody_judged_borrows_the_errors_of_the_others():
    """Where the engine errs alike in both, the borrowed interval holds the true share, and says what it is."""
    n_held, middles = 0, []
    for seed in range(20):
        sizes = {stratum: size // 2 for stratum, size in SIZES.items()}
        truth = plant(sizes, seed)
        strata, units = sample(sizes, 2_000, seed)
        judged = [unit for unit in units if unit.language == "en"]
        rows = {row.language: row for row in find(strata, units, list(err(judged, truth, "Ada", 0, seed)))}
        share = sum(carried for name, carried in truth.items() if name.startswith("ru/")) / 500

        assert (rows["en"].prevalence.method, rows["ru"].n_decided) == ("design-based", 0)
        assert (rows["ru"].prevalence.method, rows["all"].prevalence.method) == ("rogan-gladen", "rogan-gladen")
        assert rows["ru"].lacks == "0 sentences judged twice, alpha needs 10"
        n_held += rows["ru"].prevalence.interval.low <= share <= rows["ru"].prevalence.interval.high
        middles.append(rows["ru"].prevalence.corrected - share)

    assert n_held >= 18
    assert sum(middles) / len(middles) == pytest.approx(0, abs=0.02)
