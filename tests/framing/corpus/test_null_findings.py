"""A null archive: classes and frames of all sizes, labels shuffled over both. What is told then is chance."""

from datetime import timedelta

import numpy as np
import pytest

from framing.corpus.changepoints import NOMINAL, change_points
from framing.corpus.changes import day_change
from framing.corpus.divergence import DatedUnit, daily_divergence
from framing.corpus.events import event_effect, q_values
from tests.framing.corpus.null_archive import FIRST_DAY, series, texts_per_day

SEEDS = 200
DAYS = 60
FRAME_SHARES = np.array([0.3, 0.25, 0.2, 0.2, 0.15, 0.15, 0.1, 0.1, 0.08, 0.06, 0.05, 0.03, 0.02, 0.01])
TEXTS_A_DAY = {"a": 25.0, "b": 14.0, "c": 10.0, "d": 5.0, "e": 2.0, "f": 1.0}
EVENTS = [FIRST_DAY + timedelta(days=day) for day in (12, 25, 28, 45)]
TOLD_DAYS = [FIRST_DAY + timedelta(days=day) for day in (30, 44, 59)]


def archive(seed):
    """Days, classes and labels of an archive whose frames depend on neither; frames go together as they do in texts."""
    random = np.random.default_rng(seed)
    sizes = [texts_per_day(DAYS, mean, random) for mean in TEXTS_A_DAY.values()]
    day_of = np.concatenate([np.repeat(np.arange(DAYS), size) for size in sizes])
    class_of = np.repeat(list(TEXTS_A_DAY), [size.sum() for size in sizes])
    hard_news = random.gamma(2.0, 0.5, len(day_of))
    labels = (random.random((len(day_of), len(FRAME_SHARES))) < np.minimum(hard_news[:, None] * FRAME_SHARES, 1)) * 1.0
    return day_of, class_of, labels[random.permutation(len(labels))]


def all_series(day_of, class_of, labels):
    return [
        series(labels[class_of == name, frame], np.append(day_of[class_of == name], DAYS - 1)[:-1])
        for name in TEXTS_A_DAY
        for frame in range(labels.shape[1])
    ]


def is_any_found(p_values):
    return any(q is not None and q < 0.05 for q in q_values(p_values))


@pytest.mark.slow
def test_events_and_days_without_effect_are_told_of_no_oftener_than_stated():
    """Families as they are shown: one event, or one day, with all frames in all classes."""
    effects, changes, event_families, day_families = [], [], [], []
    for seed in range(SEEDS):
        counts = all_series(*archive(seed))
        for event in EVENTS:
            family = [event_effect(rows, event).p for rows in counts]
            effects += [p for p in family if p is not None]
            event_families.append(is_any_found(family))
        for day in TOLD_DAYS:
            found = [change.p for rows in counts if (change := day_change(rows, day))]
            changes += found
            day_families.append(is_any_found(found))
    shares = [float(np.mean(np.array(p) < 0.05)) for p in (effects, changes)]
    families = [float(np.mean(found)) for found in (event_families, day_families)]
    print(
        f"\nnull archive, {SEEDS} seeds: event effects: {shares[0]:.3f} of {len(effects)} p below 0.05, "
        f"{families[0]:.3f} of {len(event_families)} families with a finding; daily changes: {shares[1]:.3f} of "
        f"{len(changes)} p below 0.05, {families[1]:.3f} of {len(day_families)} days with a finding"
    )

    assert max(shares) <= 0.05
    assert max(families) <= 0.05


@pytest.mark.slow
def test_levels_that_never_moved_are_told_of_no_oftener_than_stated():
    """Four series an archive, of forty days: of the largest class and of a small one, a frequent and a rare frame."""
    found = []
    for seed in range(SEEDS):
        counts = all_series(*archive(seed))
        for place in (0, 10):
            for rows in (counts[place], counts[3 * len(FRAME_SHARES) + place]):
                points = change_points([(row.k_eff, row.n_eff) for row in rows[:40]])
                found.append(bool(points and points.points))
    print(f"\nnull archive, {SEEDS} seeds: change points in {np.mean(found):.3f} of {len(found)} series")

    assert np.mean(found) <= NOMINAL + 2 * np.sqrt(NOMINAL * (1 - NOMINAL) / len(found))


@pytest.mark.slow
@pytest.mark.parametrize("window", [1, 7])
def test_classes_that_do_not_differ_are_told_of_no_oftener_than_stated(window):
    """Families of three days; of the weeks, which share texts, too."""
    p_values, families = [], []
    for seed in range(SEEDS):
        day_of, class_of, labels = archive(seed)
        units = [
            DatedUnit(day=FIRST_DAY + timedelta(days=int(day)), outlet_class=str(name), carried=tuple(row))
            for day, name, row in zip(day_of, class_of, labels.tolist(), strict=True)
            if 30 <= day < 40
        ]
        answers = daily_divergence(units, FIRST_DAY + timedelta(days=39), days=3, window=window)
        family = [answer.p for _, answer in answers]
        p_values += [p for p in family if p is not None]
        families.append(is_any_found(family))
    print(
        f"\nnull archive, {SEEDS} seeds: divergence of {window} day(s): {np.mean(np.array(p_values) < 0.05):.3f} of "
        f"{len(p_values)} p below 0.05, {np.mean(families):.3f} of {len(families)} families with a finding"
    )

    assert np.mean(np.array(p_values) < 0.05) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / len(families) / 2)
    assert np.mean(families) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / len(families))
