"""What a diary's days say of every trigger in numbers, before anything is claimed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers import evidence
from psoas.diary.answers.answer import Star
from psoas.diary.answers.design import Design, lay_out
from psoas.diary.answers.levels import too_early
from psoas.diary.answers.stars import counts_after
from psoas.diary.table import DayTable

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]

_TAKEN = (
    "estimate",
    "error",
    "freedom",
    "spread",
    "days_with",
    "days_without",
    "recorded",
    "span",
    "early",
)


@dataclass(frozen=True)
class Measured:
    """Every trigger of a table, measured; K columns, row 0 same day and row 1 next day.

    A suspect starred late is measured on the days after its star alone, once they are enough to
    say anything; until then it counts as not starred. All others are measured on all days.

    Attributes:
        design: The table laid out, all days counted.
        estimate: shape (2, K); NaN where nothing is known.
        error: shape (2, K); infinite where nothing is known.
        freedom: shape (K,).
        spread: shape (2, K).
        days_with: shape (2, K).
        days_without: shape (2, K).
        recorded: shape (K,), days with pain that count.
        span: shape (K,), calendar days that count.
        early: shape (2, K), where it is too early.
        starred: shape (K,).
    """

    design: Design
    estimate: Array
    error: Array
    freedom: Array
    spread: Array
    days_with: Counts
    days_without: Counts
    recorded: Counts
    span: Counts
    early: Mask
    starred: Mask

    @property
    def e_values(self) -> Array:
        """The evidence against "no effect", 1 where nothing is known; shape (2, K)."""
        silent = np.isnan(self.estimate) | self.early
        e = evidence.e_values(
            np.where(silent, 0, self.estimate),
            np.where(silent, 1, self.error),
            self.freedom,
            self.spread,
        )
        return np.where(silent, 1.0, e)

    @property
    def p_values(self) -> Array:
        """Two-sided p-values, 1 where nothing is known; shape (2, K)."""
        silent = np.isnan(self.estimate) | self.early
        p = evidence.p_values(
            np.where(silent, 0, self.estimate), np.where(silent, 1, self.error), self.freedom
        )
        return np.where(silent, 1.0, p)


def first_entry(table: DayTable) -> date:
    """Return the first day on which anything is known (the first day of an empty table)."""
    known = ~np.isnan(table.pain) | (~np.isnan(table.values)).any(axis=1)
    return table.days[int(np.argmax(known))]


def measure(table: DayTable, stars: Sequence[Star], fitted: bool = True) -> Measured:
    """Measure every trigger of a table.

    Args:
        table: The days that count.
        stars: Checked by :func:`psoas.diary.answers.stars.check_stars`.
        fitted: False to count the days only: everything is then too early.
    """
    begun = first_entry(table)
    measured = _on_days_after(table, None, fitted)
    starred = measured.starred.copy()
    late: dict[date, list[int]] = {}
    for k, group in enumerate(measured.design.groups):
        named = [counts_after(star, begun) for star in stars if star.trigger in group.names]
        starred[k] = bool(named)
        # Of triggers that cannot be told apart, the earliest star counts for all.
        if named and None not in named:
            late.setdefault(min(day for day in named if day is not None), []).append(k)
    for day, columns in late.items():
        after = _on_days_after(table, day, fitted)
        # Until its own days are enough, a late suspect stays with all the others: naming one must
        # not take an answer away.
        ready = [k for k in columns if not after.early[:, k].any()]
        starred[np.setdiff1d(columns, ready)] = False
        measured = _with(measured, after, ready)
    return replace(measured, starred=starred)


def _on_days_after(table: DayTable, after: date | None, fitted: bool) -> Measured:
    design = lay_out(table, after)
    count = len(design.groups)
    recorded = len(design.outcome)
    first = table.first if after is None else max(table.first, after + timedelta(days=1))
    early = too_early(recorded, design.days_with, design.days_without)
    if not fitted:
        early = np.ones_like(early)
    estimate, error = np.full((2, count), np.nan), np.full((2, count), np.inf)
    freedom, spread = 4.0, np.zeros((2, count))
    if not early.all():
        # Compiled arithmetic takes its time to load; where it is too early it is not needed.
        from psoas.diary.answers.exact import fit_exact

        found = fit_exact(design)
        known = np.isfinite(found.estimate) & np.isfinite(found.error) & (found.error > 0)
        estimate = np.where(known, found.estimate, np.nan)
        error = np.where(known, found.error, np.inf)
        freedom, spread = found.freedom, np.where(known, found.spread, 0.0)
    return Measured(
        design,
        estimate,
        error,
        np.full(count, freedom),
        spread,
        design.days_with,
        design.days_without,
        np.full(count, recorded),
        np.full(count, max((table.last - first).days + 1, 0)),
        early,
        np.zeros(count, bool),
    )


def _with(measured: Measured, other: Measured, columns: list[int]) -> Measured:
    """Return ``measured`` with some columns taken over from a look at fewer days."""
    taken = {}
    for name in _TAKEN:
        array = getattr(measured, name).copy()
        array[..., columns] = getattr(other, name)[..., columns]
        taken[name] = array
    return replace(measured, **taken)
