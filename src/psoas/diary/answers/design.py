"""The design: a day table laid out as one regression, and what had to be left out of it."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from psoas.diary.table import DayTable

Array = NDArray[np.float64]

# Two columns this alike carry one question, not two.
ALIKE = 0.999


@dataclass(frozen=True)
class Twins:
    """Columns that cannot be told apart.

    Attributes:
        names: The columns, the first of which stands for them all.
        opposite: For each, whether it is there exactly when the first is not.
    """

    names: tuple[str, ...]
    opposite: tuple[bool, ...]


@dataclass(frozen=True)
class Design:
    """A regression of pain on triggers of the same day and of the day before.

    Attributes:
        outcome: shape (n,), pain of the recorded days.
        at: shape (n,), their day numbers from the table's first day, rising.
        weekday: shape (n,), 0 = Monday.
        columns: shape (n, 2K): K same-day, then K day-before columns, each centred on its known
            days and 0 where unknown.
        groups: K entries: the columns of the table behind each trigger.
        tops: K numbers: 1 for yes or no, 10 for 0 to 10, otherwise the largest number. The
            columns were divided by it.
        days_with: shape (2, K), recorded days known to be with the trigger (a number: above its
            own mean), same day and day before.
        days_without: shape (2, K).
        constant: Columns left out because every known day says the same.
        unknown: Columns left out because no day says anything.
    """

    outcome: Array
    at: NDArray[np.int64]
    weekday: NDArray[np.int64]
    columns: Array
    groups: tuple[Twins, ...]
    tops: tuple[float, ...]
    days_with: NDArray[np.int64]
    days_without: NDArray[np.int64]
    constant: tuple[str, ...]
    unknown: tuple[str, ...]


def lay_out(table: DayTable, after: date | None = None) -> Design:
    """Lay a table out.

    Args:
        table: The days.
        after: Count only pain recorded after this day (for a suspect named on it).
    """
    names = np.array(table.triggers, dtype=object)
    known = ~np.isnan(table.values)
    unknown = ~known.any(axis=0)
    least = np.where(known, table.values, np.inf).min(axis=0, initial=np.inf)
    most = np.where(known, table.values, -np.inf).max(axis=0, initial=-np.inf)
    constant = ~unknown & (least == most)
    kept = np.flatnonzero(~unknown & ~constant)
    tops = scale_of(least[kept], most[kept])
    values = table.values[:, kept] / tops
    groups, values, chosen = one_each(values, names[kept])
    yesterday = np.vstack([np.full((1, values.shape[1]), np.nan), values[:-1]])
    recorded = ~np.isnan(table.pain)
    if after is not None:
        recorded &= np.arange(table.span) > (after - table.first).days
    at = np.flatnonzero(recorded)
    both = np.stack([values[at], yesterday[at]])
    # A number counts as "with" above its own mean; a yes is above it by itself.
    middle = np.where(_graded(values), _means(values), 0.5)
    with_it, without = both > middle, both <= middle
    return Design(
        table.pain[at],
        at,
        (table.first.weekday() + at) % 7,
        np.hstack([_centred(both[0]), _centred(both[1])]),
        groups,
        tuple(float(top) for top in tops[chosen]),
        with_it.sum(axis=1),
        without.sum(axis=1),
        tuple(names[constant]),
        tuple(names[unknown]),
    )


def scale_of(least: Array, most: Array) -> Array:
    """Return what each column is divided by: 1, 10, or its largest number.

    Args:
        least: shape (K,), each column's smallest number.
        most: shape (K,), its largest.

    Example:
        >>> scale_of(np.array([0.0, 0.0, 0.0]), np.array([1.0, 7.0, 12000.0])).tolist()
        [1.0, 10.0, 12000.0]
    """
    far = np.maximum(np.abs(least), np.abs(most))
    ten = np.where((least >= 0) & (most <= 10), 10.0, far)
    return np.where((least >= 0) & (most <= 1), 1.0, ten)


def one_each(
    values: Array, names: NDArray[np.object_]
) -> tuple[tuple[Twins, ...], Array, list[int]]:
    """Put columns that cannot be told apart together.

    Args:
        values: shape (T, K), NaN where unknown; no column is constant.
        names: K names.

    Returns:
        Groups of one or more columns; a column for each group, its first, filled where unknown
        from the others; and which column that is.
    """
    alike = _likeness(values)
    free, groups, chosen = set(range(len(names))), [], []
    filled = values.copy()
    for k in range(len(names)):
        if k not in free:
            continue
        members = [k] + [j for j in range(k + 1, len(names)) if j in free and alike[k, j]]
        free -= set(members)
        opposite = [bool(alike[k, j] < 0) for j in members]
        for j, other_way in zip(members[1:], opposite[1:], strict=True):
            low, high = np.nanmin(values[:, k]), np.nanmax(values[:, k])
            theirs = low + high - values[:, j] if other_way else values[:, j]
            filled[:, k] = np.where(np.isnan(filled[:, k]), theirs, filled[:, k])
        groups.append(Twins(tuple(str(names[j]) for j in members), tuple(opposite)))
        chosen.append(k)
    return tuple(groups), filled[:, chosen], chosen


def _likeness(values: Array) -> NDArray[np.int8]:
    """Return 1 where two columns are the same, -1 where they are opposites, 0 otherwise.

    Compared on the days where both are known; with fewer than five of them, or on days where
    either does not vary, nothing can be said and they count as different.
    """
    known = (~np.isnan(values)).astype(float)
    x = np.nan_to_num(values)
    days = known.T @ known
    sums, squares, products = x.T @ known, (x * x).T @ known, x.T @ x
    shared = np.maximum(days, 1)
    spread = squares - sums**2 / shared
    joint = products - sums * sums.T / shared
    scale = np.sqrt(np.maximum(spread, 0) * np.maximum(spread.T, 0))
    told = (days >= 5) & (spread > 1e-9) & (spread.T > 1e-9)
    correlation = np.where(told, joint / np.where(scale > 0, scale, 1), 0)
    like: NDArray[np.int8] = np.where(np.abs(correlation) >= ALIKE, np.sign(correlation), 0).astype(
        np.int8
    )
    return like


def _graded(values: Array) -> NDArray[np.bool_]:
    between = ~np.isnan(values) & (values != 0) & (values != 1)
    return np.asarray(between.any(axis=0))


def _means(values: Array) -> Array:
    known = ~np.isnan(values)
    total = np.where(known, values, 0).sum(axis=0)
    return np.asarray(total / np.maximum(known.sum(axis=0), 1))


def _centred(values: Array) -> Array:
    # Unknown becomes the column's own mean, which is 0 once the column is centred.
    return np.nan_to_num(values - _means(values))
