"""What is compared: each day's pain, as the journal has it. A day without one is missing."""

from datetime import date, timedelta
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from psoas.care.experiment.sealing import OpenExperiment
from psoas.care.journal.days import day_pain
from psoas.care.journal.reading import entries
from psoas.care.people.access import Viewer
from psoas.diary.experiment.analysis import pair_means

Outcome = NDArray[np.float64]


def outcome_of(viewer: Viewer, found: OpenExperiment, until: date) -> Outcome:
    """The pain of each day from the first to ``until``, or to the last; NaN where none is known."""
    last = min(until, found.last)
    days = max(found.number_of(last) + 1, 0)
    outcome = np.full(days, np.nan)
    if days:
        rows = entries(viewer, found.first, last)
        for day, group in groupby(rows, key=lambda entry: entry.day):
            pain = day_pain(list(group))
            if pain is not None:
                outcome[found.number_of(day)] = pain
    return outcome


def missed_pairs(found: OpenExperiment, outcome: Outcome, today: date) -> int:
    """How many pairs that are over before ``today`` have no number on one side."""
    over = found.schedule.pairs_over(found.number_of(today - timedelta(days=1)))
    means = pair_means(outcome, found.schedule)[:over]
    return int(np.isnan(means).any(axis=1).sum())
