from datetime import date, timedelta

import numpy as np
import pytest

from psoas.diary.table import DayTable

FIRST = date(2025, 3, 1)


def _make(
    days=120,
    seed=0,
    same=None,
    following=None,
    triggers=("conflict", "rain"),
    often=0.35,
    noise=1.0,
    first=FIRST,
):
    """A diary in which a trigger does what ``same`` and ``following`` say, and nothing else."""
    chance = np.random.default_rng(seed)
    values = (chance.random((days, len(triggers))) < often).astype(float)
    pain = 4 + noise * chance.normal(size=days)
    for name, effect in (same or {}).items():
        pain += effect * values[:, triggers.index(name)]
    for name, effect in (following or {}).items():
        pain[1:] += effect * values[:-1, triggers.index(name)]
    dates = tuple(first + timedelta(days=n) for n in range(days))
    return DayTable(dates, np.clip(np.round(pain, 1), 0, 10), tuple(triggers), values)


@pytest.fixture
def make():
    return _make


@pytest.fixture
def of():
    """Find the answer of a trigger and lag."""

    def find(answers, trigger, lag):
        return next(one for one in answers.answers if (one.trigger, one.lag) == (trigger, lag))

    return find
