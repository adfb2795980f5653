"""Archives of independent texts: with nothing to find in them, or with something planted."""

from datetime import date, timedelta

import numpy as np

from framing.corpus.events import DayCount

FIRST_DAY = date(2030, 1, 1)


def shuffled(labels, random):
    """The same labels on other texts: whatever is found then is chance."""
    return random.permutation(labels)


def texts_per_day(days, mean, random):
    """Texts of each day, fewer at weekends."""
    weekday = np.where(np.arange(days) % 7 >= 5, 0.6, 1.0)
    return random.poisson(mean * weekday)


def series(labels, day_of):
    """Daily counts of zeros and ones."""
    days = int(day_of.max()) + 1
    carried, measured = np.bincount(day_of, labels, days), np.bincount(day_of, minlength=days)
    return [
        DayCount(day=FIRST_DAY + timedelta(days=place), k_eff=float(k), n_eff=int(n))
        for place, (k, n) in enumerate(zip(carried, measured, strict=True))
    ]


def drawn(shares, random, mean=12.0):
    """Labels and days of an archive in which each day has its own share."""
    sizes = texts_per_day(len(shares), mean, random)
    day_of = np.repeat(np.arange(len(shares)), sizes)
    return (random.random(len(day_of)) < np.asarray(shares)[day_of]).astype(float), day_of
