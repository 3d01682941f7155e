"""Days as dots: heaps over a line, one heap a number, so that no dot hides another."""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from psoas.charts.svg import Svg, path

Array = NDArray[np.float64]
# The largest dots, and the smallest that are still seen one by one.
_LARGE, _SMALL = 9.0, 2.6
_STEP, _GAP = 0.2, 0.22


@dataclass(frozen=True)
class Heaps:
    """How dots are put: the same in every panel, so that heaps compare.

    Attributes:
        pitch: From one dot to the next.
        across: How many stand side by side in a heap.
        each: How many days a dot stands for; 1 unless there are very many.
    """

    pitch: float
    across: int
    each: int

    def height(self, days: int) -> float:
        """Return how high a heap of so many days is."""
        return ceil(ceil(days / self.each) / self.across) * self.pitch


def plan_heaps(most: int, width: float, height: float) -> Heaps:
    """Choose the largest dots with which the highest heap fits.

    Args:
        most: Days in the highest heap.
        width: Room for one heap.
        height: The most a heap may take.
    """
    pitch, each = _LARGE, 1
    while _holds(pitch, width, height) < most and pitch > _SMALL:
        pitch = max(pitch - _STEP, _SMALL)
    holds = _holds(pitch, width, height)
    if holds < most:
        each = ceil(most / holds)
    return Heaps(pitch, int(width // pitch), each)


def _holds(pitch: float, width: float, height: float) -> int:
    return int(width // pitch) * int(height // pitch)


def draw_heaps(
    values: Array, middles: dict[int, float], floor: float, heaps: Heaps, class_: str
) -> Svg:
    """Return the dots of days as one path.

    Args:
        values: shape (n,), their pain; each goes to the heap of the nearest whole number.
        middles: x of each heap's middle.
        floor: y of the line they stand on.
        heaps: How dots are put.
        class_: Their look.
    """
    steps: list[str] = []
    for number, days in zip(*counted(values), strict=True):
        left = ceil(days / heaps.each)
        row = 0
        while left > 0:
            here = min(left, heaps.across)
            x = middles[number] - (here - 1) * heaps.pitch / 2
            y = floor - (row + 0.5) * heaps.pitch
            steps += [f"M{x + n * heaps.pitch:.1f} {y:.1f}h0" for n in range(here)]
            left -= here
            row += 1
    return path(steps, class_, stroke_width=round(heaps.pitch * (1 - _GAP), 2))


def counted(values: Array) -> tuple[list[int], list[int]]:
    """Return the whole numbers days are nearest to (halves go up), and how many days each has."""
    numbers, days = np.unique(np.floor(values + 0.5).astype(int), return_counts=True)
    return numbers.tolist(), days.tolist()
