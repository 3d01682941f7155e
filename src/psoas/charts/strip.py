"""The strip of one trigger: bars where it was there, a line where it was not, dots where unknown.

The three differ in shape, so that they differ without colour too.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psoas.charts.bins import Bin, means
from psoas.charts.scale import Columns
from psoas.charts.svg import Svg, path
from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.spoken import spoken_number

HEIGHT = 14.0
_LEAST = 4.0
_PILL_FROM = 4.0
_DOT_PITCH = 6.0
_THERE, _ABSENT, _UNKNOWN = "t", "a", "u"
# Days without and unknown days are joined to one line each; days with it stay single bars.
_RUN = re.compile(f"{_THERE}|{_ABSENT}+|{_UNKNOWN}+")


@dataclass(frozen=True)
class Strip:
    """One trigger over the days.

    Attributes:
        label: Its name.
        yes_or_no: Whether it is only ever 0 or 1.
        heights: One a bin, 0 to 1; NaN where no day of the bin is known.
        states: One letter a bin: there, absent or unknown.
        cells: The same as words for the table.
        total: A few words that sum it up.
    """

    label: str
    yes_or_no: bool
    heights: tuple[float, ...]
    states: str
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
    yes_or_no = bool(((known == 0.0) | (known == 1.0)).all())
    mean, counts = means(values, cut)
    low = min(0.0, float(known.min(initial=0.0)))
    high = float(known.max(initial=0.0))
    top = 1.0 if yes_or_no else (10.0 if low == 0 and 1.0 < high <= 10.0 else high)
    room = (top - low) or 1.0
    heights = tuple((value - low) / room for value in mean)
    each = cut[0].stop - cut[0].start if len(cut) == 1 else cut[1].stop - cut[1].start
    if not yes_or_no:
        said = [spoken_number(value) for value in mean]
    elif each == 1:
        words = (_("no"), _("yes"))
        said = [words[count and value == 1] for value, count in zip(mean, counts, strict=True)]
    else:
        share = _("{n} of {known}")
        said = [
            share.format(n=round(value * count) if count else 0, known=count)
            for value, count in zip(mean, counts, strict=True)
        ]
    unknown = _("not known")
    cells = tuple(cell if count else unknown for cell, count in zip(said, counts, strict=True))
    states = "".join(_UNKNOWN if value != value else _THERE if value else _ABSENT for value in mean)
    return Strip(label, yes_or_no, heights, states, cells, _total(known, yes_or_no))


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


def draw_strip(strip: Strip, over: Columns, base: float) -> list[Svg]:
    """Return the strip's elements, standing on y = ``base``."""
    pills = over.width >= _PILL_FROM
    thick = min(over.width - 1.6, 8.0) if pills else max(over.width, 1.1)
    cap = thick / 2 if pills else 0.0
    bottom, line = base - cap, base - 1.2
    bars: list[str] = []
    lines: list[str] = []
    dots: list[str] = []
    tops: dict[float, str] = {}
    for run in _RUN.finditer(strip.states):
        start, stop = run.span()
        if run[0] == _THERE:
            height = strip.heights[start]
            if height not in tops:
                tall = _LEAST + (HEIGHT - _LEAST) * min(height, 1.0)
                tops[height] = f" {bottom:.1f}V{min(base - tall + cap, bottom - 0.1):.1f}"
            bars.append(f"M{over.middle[start]}{tops[height]}")
            continue
        left, right = over.left[start], over.right[stop - 1]
        if run[0][0] == _ABSENT:
            lines.append(f"M{left + 0.6:.1f} {line:g}H{right - 0.6:.1f}")
            continue
        count = max(1, round((right - left) / _DOT_PITCH))
        step = (right - left) / count
        dots += [f"M{left + (n + 0.5) * step:.1f} {line:g}h0" for n in range(count)]
    return [
        path(lines, "absent"),
        path(dots, "unknown"),
        path(bars, "present round" if pills else "present", stroke_width=thick),
    ]
