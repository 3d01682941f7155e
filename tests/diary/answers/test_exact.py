"""The exact fit against the textbook's dense matrices, and against simulated truth."""

from datetime import date, timedelta

import numpy as np
import pytest

from psoas.diary.answers.design import lay_out
from psoas.diary.answers.evidence import t_half_width
from psoas.diary.answers.exact import _bases, _mix, fit_exact, rows_of
from psoas.diary.answers.kernel import FIXED, FREE, SEASON
from psoas.diary.table import DayTable

MONDAY = date(2026, 1, 5)


def diary(seed, days, triggers, *, effect=0.0, missing=0.3, often=0.3, carry=0.6):
    """A diary whose first trigger truly does ``effect`` on the day after."""
    chance = np.random.default_rng(seed)
    values = (chance.random((days, triggers)) < often).astype(float)
    noise = np.zeros(days)
    for t in range(1, days):
        noise[t] = carry * noise[t - 1] + chance.normal()
    pain = 5 + noise + 0.5 * chance.normal(size=days)
    pain[1:] += effect * values[:-1, 0]
    pain[chance.random(days) < missing] = np.nan
    pain[0] = 5.0
    names = tuple(f"t{k}" for k in range(triggers))
    return DayTable(tuple(MONDAY + timedelta(n) for n in range(days)), pain, names, values)


def dense(design, column, carry, own, prior):
    """Estimate and error of one column by inverting everything, the others random effects."""
    rows = rows_of(design)
    gap = np.abs(design.at[:, None] - design.at[None, :])
    cover = (1 - own) * carry ** gap.astype(float) + own * np.eye(len(design.at))
    flat = [0, 1, FIXED + column]
    for day in range(FREE, SEASON):
        cover += 0.09 * np.outer(rows[:, day], rows[:, day])
    for other in range(design.columns.shape[1]):
        if other != column:
            x = design.columns[:, other]
            cover += prior * np.outer(x, x)
    inverse, x, y = np.linalg.inv(cover), rows[:, flat], rows[:, -1]
    bread = np.linalg.inv(x.T @ inverse @ x)
    beta = bread @ x.T @ inverse @ y
    left = y - x @ beta
    variance = left @ inverse @ left / (len(y) - 3)
    return beta[2], np.sqrt(variance * bread[2, 2])


@pytest.mark.parametrize("carry,own,prior", [(0.6, 0.25, 0.05), (0.0, 0.0, 0.2), (0.9, 0.5, 0.005)])
def test_it_equals_generalised_least_squares_with_dense_matrices(carry, own, prior):
    design = lay_out(diary(3, 60, 6, effect=1.0))
    rows = rows_of(design)
    bases, logs = _bases(rows, design.at, np.array([(carry, own)]))
    estimate, error, _spread = _mix(
        bases, logs, rows.shape[0], rows.shape[1], np.full((1, 12), prior)
    )

    for column in range(12):
        mean, doubt = dense(design, column, carry, own, prior)
        assert estimate[column] == pytest.approx(mean, rel=1e-5, abs=1e-7)
        assert error[column] == pytest.approx(doubt, rel=1e-5)


def test_ordinary_intervals_hold_the_truth_as_often_as_they_promise():
    held, wide = 0, []
    people = 250
    for seed in range(people):
        fit = fit_exact(lay_out(diary(seed, 100, 8, effect=1.0)))
        half = float(t_half_width(fit.error[1, 0], fit.freedom, 0.05))
        held += abs(fit.estimate[1, 0] - 1.0) <= half
        wide.append(half)

    assert 0.91 <= held / people <= 0.985
    assert np.median(wide) < 0.8


def test_forty_triggers_on_three_weeks_stay_finite_and_humble():
    fit = fit_exact(lay_out(diary(1, 21, 40, missing=0.0)))

    assert np.isfinite(fit.estimate).all()
    assert (np.abs(fit.estimate) < 5 * fit.error).all()


def test_a_longer_scale_of_pain_only_stretches_the_answer():
    table = diary(5, 90, 4, effect=1.0)
    twice = DayTable(table.days, table.pain / 2 + 1, table.triggers, table.values)
    one, half = fit_exact(lay_out(table)), fit_exact(lay_out(twice))

    assert half.estimate == pytest.approx(one.estimate / 2, rel=1e-6)
    assert half.error == pytest.approx(one.error / 2, rel=1e-6)


def test_pain_that_never_changes_says_nothing():
    table = diary(5, 60, 3)
    flat = DayTable(table.days, np.full(60, 3.0), table.triggers, table.values)
    fit = fit_exact(lay_out(flat))

    assert np.isinf(fit.error).all()


def test_evidence_begins_after_the_day_a_suspect_was_named():
    table = diary(5, 60, 3)
    design = lay_out(table, after=MONDAY + timedelta(29))

    assert design.at.min() == np.flatnonzero(~np.isnan(table.pain) & (np.arange(60) > 29)).min()
    # What happened on the day of the naming is still yesterday's trigger of the first day.
    assert len(design.outcome) == len(design.columns)
