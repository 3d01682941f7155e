"""The design: a day table laid out as one regression, and what had to be left out of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from psoas.diary.table import DayTable

Array = NDArray[np.float64]
Numbers = TypeVar("Numbers", NDArray[np.float64], NDArray[np.float32])

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
        bases: K numbers: what counts as none of it: 0, or the column's smallest number.
        tops: K numbers: what counts as all of it: 1 for yes or no, 10 for 0 to 10, otherwise the
            column's largest number. A column runs from 0 at its base to 1 at its top.
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
    bases: tuple[float, ...]
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
    inside = ((table.values > least) & (table.values < most)).any(axis=0)
    bases, tops = scale_of(least[kept], most[kept], inside[kept])
    values = scaled(table.values[:, kept], bases, tops)
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
        tuple(float(base) for base in bases[chosen]),
        tuple(float(top) for top in tops[chosen]),
        with_it.sum(axis=1),
        without.sum(axis=1),
        tuple(names[constant]),
        tuple(names[unknown]),
    )


def scale_of(least: Array, most: Array, inside: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Return what counts as none and as all of each column.

    0 to 10 where a column of numbers keeps within that and goes beyond 5; otherwise what was
    really written down at both ends, so that no answer speaks of days that never were.

    Args:
        least: shape (K,), each column's smallest number.
        most: shape (K,), its largest.
        inside: shape (K,), whether it holds a number between the two.

    Returns:
        Bases and tops, shape (K,) each; a top is above its base also where a column never varies.

    Example:
        >>> found = scale_of(np.array([0.0, 1, 995]), np.array([1.0, 7, 1008]), np.array([0, 1, 1]) > 0)
        >>> [numbers.tolist() for numbers in found]
        [[0.0, 0.0, 995.0], [1.0, 10.0, 1008.0]]
    """  # noqa: E501
    constant = least == most
    ten = inside & (least >= 0) & (most <= 10) & (most > 5)
    base = np.where(ten | constant, 0.0, least)
    top = np.where(ten, 10.0, np.where(constant, np.maximum(np.abs(most), 1.0), most))
    return base, top


def scaled(values: Numbers, bases: Numbers, tops: Numbers) -> Numbers:
    """Return columns that run from 0 at their base to 1 at their top.

    Args:
        values: shape (T, K).
        bases: shape (K,) or (T, K).
        tops: shape of ``bases``, above them.
    """
    # By the larger end first: two numbers may be too far apart for their difference to be one.
    far = np.maximum(np.abs(bases), np.abs(tops))
    low = bases / far
    found: NDArray[Any] = (values / far - low) / (tops / far - low)
    return found


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
        for j in members[1:]:
            theirs = _along(values[:, j], values[:, k])
            filled[:, k] = np.where(np.isnan(filled[:, k]), theirs, filled[:, k])
        groups.append(Twins(tuple(str(names[j]) for j in members), tuple(opposite)))
        chosen.append(k)
    return tuple(groups), filled[:, chosen], chosen


def _along(theirs: Array, first: Array) -> Array:
    """Return a column in the units of the first: the same thing may be told on another scale."""
    both = ~np.isnan(theirs) & ~np.isnan(first)
    slope, offset = np.polyfit(theirs[both], first[both], 1)
    return np.asarray(offset + slope * theirs)


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
