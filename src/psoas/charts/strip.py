"""The strip of one trigger: bars where it was there, a line where it was not, dots where unknown.

The three differ in shape, so that they differ without colour too.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psoas.charts.bins import Bin, means
from psoas.charts.scale import Scale
from psoas.charts.svg import Svg, path
from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.spoken import spoken_number

HEIGHT = 14.0
_LEAST = 4.0
_PILL_FROM = 4.0


@dataclass(frozen=True)
class Strip:
    """One trigger over the days.

    Attributes:
        label: Its name.
        yes_or_no: Whether it is only ever 0 or 1.
        heights: One a bin, 0 to 1; NaN where no day of the bin is known.
        cells: The same as words for the table.
        total: A few words that sum it up.
    """

    label: str
    yes_or_no: bool
    heights: tuple[float, ...]
    cells: tuple[str, ...]
    total: str


def make_strip(label: str, values: NDArray[np.float64], cut: tuple[Bin, ...]) -> Strip:
    """Prepare one trigger.

    Args:
        label: Its name.
        values: shape (T,), NaN where unknown.
        cut: The bins to draw.
    """
    known = values[~np.isnan(values)]
    yes_or_no = bool(np.isin(known, (0.0, 1.0)).all())
    mean, counts = means(values, cut)
    low = min(0.0, float(known.min(initial=0.0)))
    high = float(known.max(initial=0.0))
    top = 1.0 if yes_or_no else (10.0 if 1.0 < high <= 10.0 else high)
    room = (top - low) or 1.0
    heights = tuple((value - low) / room for value in mean)
    cells = tuple(
        _cell(value, count, one.stop - one.start, yes_or_no)
        for value, count, one in zip(mean, counts, cut, strict=True)
    )
    return Strip(label, yes_or_no, heights, cells, _total(known, yes_or_no))


def _cell(mean: float, count: int, length: int, yes_or_no: bool) -> str:
    if not count:
        return _("not known")
    if not yes_or_no:
        return spoken_number(mean)
    if length == 1:
        return _("yes") if mean else _("no")
    return _("{n} of {known}").format(n=round(mean * count), known=count)


def _total(known: NDArray[np.float64], yes_or_no: bool) -> str:
    if not len(known):
        return _("not known on any day")
    if yes_or_no:
        return ngettext("{n} of {known} day", "{n} of {known} days", len(known)).format(
            n=f"{int(known.sum()):,}", known=f"{len(known):,}"
        )
    return _("{low} to {high}").format(
        low=spoken_number(known.min()), high=spoken_number(known.max())
    )


def draw_strip(strip: Strip, cut: tuple[Bin, ...], scale: Scale, base: float) -> list[Svg]:
    """Return the strip's elements, standing on y = ``base``."""
    width = (cut[0].stop - cut[0].start if len(cut) == 1 else cut[1].stop - cut[1].start) * (
        scale.day
    )
    pills = width >= _PILL_FROM
    thick = min(width - 1.6, 8.0) if pills else max(width, 1.1)
    bars, lines, dots = [], [], []
    for start, stop, height in _runs(strip.heights):
        left, right = scale.x(cut[start].start), scale.x(cut[stop - 1].stop)
        if math.isnan(height):
            count = max(1, round((right - left) / 6))
            step = (right - left) / count
            dots += [f"M{left + (n + 0.5) * step:.1f} {base - 1.2:g}h0" for n in range(count)]
        elif height == 0:
            lines.append(f"M{left + 0.6:.1f} {base - 1.2:g}H{right - 0.6:.1f}")
        else:
            tall = _LEAST + (HEIGHT - _LEAST) * min(height, 1.0)
            cap = thick / 2 if pills else 0.0
            bottom, top = base - cap, min(base - tall + cap, base - cap - 0.1)
            bars.append(f"M{scale.x(cut[start].middle):.1f} {bottom:.1f}V{top:.1f}")
    return [
        path(lines, "absent"),
        path(dots, "unknown"),
        path(bars, "present round" if pills else "present", stroke_width=thick),
    ]


def _runs(heights: tuple[float, ...]) -> list[tuple[int, int, float]]:
    # Days without and unknown days are joined to one line each; days with it stay single bars.
    out: list[tuple[int, int, float]] = []
    for n, height in enumerate(heights):
        if out and (same := out[-1])[1] == n and not height > 0:
            before = same[2]
            if (math.isnan(before) and math.isnan(height)) or before == height == 0:
                out[-1] = (same[0], n + 1, before)
                continue
        out.append((n, n + 1, height))
    return out
