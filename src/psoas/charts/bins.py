"""Days put together where one day is too narrow to see: single days, weeks, four weeks."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from psoas.diary.table import DayTable

MOST_DAYS = 26 * 7
_MOST_WEEKS = 170 * 7


class Bin(NamedTuple):
    """Days start (included) to stop (left out) of a table, drawn as one."""

    start: int
    stop: int

    @property
    def middle(self) -> float:
        """The middle, in days from the first."""
        return (self.start + self.stop) / 2


def bin_days(table: DayTable) -> int:
    """Return how many days go together: 1 up to 26 weeks, 7 up to three years, then 28."""
    if table.span <= MOST_DAYS:
        return 1
    return 7 if table.span <= _MOST_WEEKS else 28


def bins(table: DayTable) -> tuple[Bin, ...]:
    """Cut a table's days into bins; weeks begin on a Monday."""
    size = bin_days(table)
    first = 0 if size == 1 else -table.first.weekday()
    edges = range(first, table.span, size)
    return tuple(Bin(max(edge, 0), min(edge + size, table.span)) for edge in edges)


def means(values: NDArray[np.float64], cut: tuple[Bin, ...]) -> tuple[list[float], list[int]]:
    """Return each bin's mean over its known days (NaN where there are none) and their number."""
    known = ~np.isnan(values)
    if len(cut) == len(values):
        return values.tolist(), known.astype(int).tolist()
    starts = [one.start for one in cut]
    counts = np.add.reduceat(known.astype(int), starts)
    sums = np.add.reduceat(np.where(known, values, 0.0), starts)
    mean = np.divide(sums, counts, out=np.full(len(cut), np.nan), where=counts > 0)
    return mean.tolist(), counts.tolist()
