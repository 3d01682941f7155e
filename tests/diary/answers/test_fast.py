"""The fast fit against the exact one, and against itself in other company."""

import numpy as np
import pytest

from psoas.diary.answers.design import lay_out
from psoas.diary.answers.exact import fit_exact
from psoas.diary.answers.fast import fit_many
from tests.diary.answers.test_exact import MONDAY, diary

# Day numbers count from 1 January 1970, as dates do in Parquet.
FIRST = (MONDAY - MONDAY.replace(year=1970, month=1, day=1)).days


def fit_tables(tables):
    lengths = [table.span for table in tables]
    return fit_many(
        np.concatenate([FIRST + np.arange(n) for n in lengths]).astype(np.int32),
        np.concatenate([table.pain for table in tables]).astype(np.float32),
        np.vstack([table.values for table in tables]).astype(np.float32),
        np.concatenate([[0], np.cumsum(lengths)]),
    )


def test_it_says_what_the_exact_fit_says():
    tables = [diary(seed, 150, 10, effect=1.0) for seed in range(60)]
    fast = fit_tables(tables)
    exact = [fit_exact(lay_out(table)) for table in tables]
    estimate = np.array([each.estimate for each in exact])
    error = np.array([each.error for each in exact])

    assert np.abs(fast.estimate - estimate).mean() < 0.1 * error.mean()
    assert (fast.error / error).mean() == pytest.approx(1.0, abs=0.03)


def test_it_counts_the_days_that_the_design_counts():
    table = diary(4, 80, 5)
    values = table.values.copy()
    values[10:20, 1] = np.nan
    values[:, 2] *= np.linspace(0.1, 1, 80)
    table = type(table)(table.days, table.pain, table.triggers, values)
    fast, design = fit_tables([table]), lay_out(table)

    assert (fast.days_with[0] == design.days_with).all()
    assert (fast.days_without[0] == design.days_without).all()
    assert fast.recorded[0] == table.recorded


def test_nobody_changes_a_neighbours_answer():
    tables = [diary(seed, 60 + 30 * seed, 6) for seed in range(4)]
    together = fit_tables(tables)

    for n, table in enumerate(tables):
        alone = fit_tables([table])
        assert (alone.estimate[0] == together.estimate[n]).all()
        assert (alone.error[0] == together.error[n]).all()


def test_a_day_nobody_wrote_is_the_same_absent_or_empty():
    table = diary(2, 90, 4)
    gone = np.zeros(90, bool)
    gone[30:45] = True
    pain, values = table.pain.copy(), table.values.copy()
    pain[gone], values[gone] = np.nan, np.nan
    day = (FIRST + np.arange(90)).astype(np.int32)
    empty = fit_many(day, pain.astype("f4"), values.astype("f4"), np.array([0, 90]))
    absent = fit_many(
        day[~gone], pain[~gone].astype("f4"), values[~gone].astype("f4"), np.array([0, 75])
    )

    assert (empty.estimate == absent.estimate).all()
    assert (empty.days_with == absent.days_with).all()


@pytest.mark.parametrize("pain", [np.full(40, np.nan), np.full(40, 2.0)])
def test_a_person_with_nothing_to_read_stops_nobody(pain):
    good = diary(1, 60, 3)
    day = np.concatenate([np.arange(40), np.arange(60)]).astype(np.int32)
    values = np.vstack([np.ones((40, 3)), good.values]).astype(np.float32)
    fit = fit_many(
        day, np.concatenate([pain, good.pain]).astype("f4"), values, np.array([0, 40, 100])
    )

    assert np.isinf(fit.error[0]).all()
    assert np.isfinite(fit.error[1]).all()


def test_shapes_that_disagree_are_refused():
    with pytest.raises(ValueError, match="one row each"):
        fit_many(
            np.arange(3, dtype=np.int32),
            np.zeros(2, np.float32),
            np.zeros((3, 1), np.float32),
            np.array([0, 3]),
        )
