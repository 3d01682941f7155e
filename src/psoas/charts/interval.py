"""An interval on the one axis all answers share: less pain left, more right, a band for neither."""

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from psoas.charts.svg import Svg, element, path, text
from psoas.charts.wrap import width_of
from psoas.content.language import gettext as _
from psoas.diary.answers.answer import Answer, Level
from psoas.diary.answers.levels import REAL
from psoas.diary.spoken import spoken_number

# Room beside the axis for the arrow of an interval that goes on.
ARROW = 8.0
NOTE = 12.5
_REACHES = (2.0, 3.0, 5.0, 10.0)
_THICK, _DOT, _LEAST_DOT = 8.0, 6.0, 3.0
# What is named under the axis: the first that find room.
_NAMED = (0.0, REAL, 1.0, 2.0, 5.0)
_APART = 12.0
KINDS = {
    Level.FOUND: "found",
    Level.POSSIBLE: "possible",
    Level.NO_LARGE_EFFECT: "small-effect",
    Level.NOT_SURE: "unsure",
}


@dataclass(frozen=True)
class Axis:
    """Numbers from left to right.

    Attributes:
        left: x of the smallest number shown.
        width: From there to the largest.
        least: The smallest.
        most: The largest.
    """

    left: float
    width: float
    least: float
    most: float

    @property
    def right(self) -> float:
        """Where the largest number shown is."""
        return self.left + self.width

    def x(self, value: float) -> float:
        """Return x of a number; beyond the axis is its end."""
        inside = min(max(value, self.least), self.most)
        return self.left + (inside - self.least) / (self.most - self.least) * self.width


def difference_axis(left: float, width: float, reach: float) -> Axis:
    """Return the axis of differences, the same distance to both sides of none."""
    return Axis(left, width, -reach, reach)


def reach_of(answers: Iterable[Answer]) -> float:
    """Return how far the axis has to go: what is known fits, what is not sure may run out.

    Args:
        answers: All that are shown side by side, so that their bars compare.
    """
    farthest = 0.0
    for answer in answers:
        if answer.level is not Level.NOT_SURE:
            ends = (answer.estimate, answer.low, answer.high)
            farthest = max([farthest, *(abs(end) for end in ends if end is not None)])
    return next((reach for reach in _REACHES if reach >= farthest), _REACHES[-1])


def kind_of(answer: Answer) -> str:
    """Return the look of an answer; a claim that is less sure now is hollow as a possible one."""
    level = Level.POSSIBLE if answer.less_sure else answer.level
    return KINDS.get(level, KINDS[Level.NOT_SURE])


def own_slug(kind: str, answer: Answer) -> str:
    """Return a name for the picture of one answer: several on one page need ids of their own."""
    return f"{kind}-{crc32(f'{answer.trigger} {answer.lag}'.encode()):08x}"


def draw_band(axis: Axis, top: float, bottom: float) -> list[Svg]:
    """Return the band of small differences, and the line of none through it."""
    left, right = axis.x(-REAL), axis.x(REAL)
    band = element(
        "rect", x=left, y=top, width=right - left, height=bottom - top, rx=5, class_="no-difference"
    )
    return [band, path([f"M{axis.x(0):.1f} {top:g}V{bottom:g}"], "zero")]


def draw_axis(axis: Axis, y: float) -> list[Svg]:
    """Return the axis at ``y`` with its ticks, and the words under it (18 more)."""
    ends = (axis.left, axis.right)
    less, more = _("less"), _("more pain")
    taken = [
        (ends[0], ends[0] + width_of(less, NOTE)),
        (ends[1] - width_of(more, NOTE), ends[1]),
    ]
    out = [text(less, ends[0], y + 17, "note"), text(more, ends[1], y + 17, "note", "end")]
    marks = [*ends]
    for size in (size for size in _NAMED if size < axis.most):
        # Named on both sides or on neither: the axis must not look longer to one side.
        pair = {value: axis.x(value) for value in (-size, size)}
        marks += pair.values()
        half = width_of(signed(-size), NOTE) / 2 + _APART / 2
        if any(x + half > a and x - half < b for x in pair.values() for a, b in taken):
            continue
        taken += [(x - half, x + half) for x in pair.values()]
        out += [text(signed(value), x, y + 17, "note", "middle") for value, x in pair.items()]
    line = f"M{ends[0]:g} {y:g}H{ends[1]:g}"
    return [path([line, *(f"M{x:.1f} {y:g}v4" for x in marks)], "axis"), *out]


def signed(value: float) -> str:
    """Return a difference with its sign: ``+0.5``, ``−1``, ``0``."""
    said = spoken_number(abs(value))
    return said if said == "0" else ("−" if value < 0 else "+") + said


def draw_interval(answer: Answer, axis: Axis, y: float) -> list[Svg]:
    """Return the bar and the dot of an answer, its middle at ``y``.

    An end that lies beyond the axis, or nowhere, becomes an arrow. A number beyond the axis has
    no dot: anywhere else it would be a false one.

    Args:
        answer: Not too early.
        axis: Where it is drawn.
        y: Its middle.
    """
    if answer.level is Level.TOO_EARLY:
        return []
    return draw_range(answer.estimate, answer.low, answer.high, kind_of(answer), axis, y)


def draw_range(
    estimate: float | None,
    low: float | None,
    high: float | None,
    kind: str,
    axis: Axis,
    y: float,
) -> list[Svg]:
    """Return a bar with a dot.

    Args:
        estimate: Where the dot is; None for none.
        low: Lower end; None where it has no bound.
        high: Upper end.
        kind: Its look, a value of ``KINDS``.
        axis: Where it is drawn.
        y: Its middle.
    """
    least = axis.least if low is None else low
    most = axis.most if high is None else high
    left, right = axis.x(least), axis.x(most)
    wide = max(right - left, 2.0)
    bar = element(
        "rect",
        x=min(left, axis.right - wide),
        y=y - _THICK / 2,
        width=wide,
        height=_THICK,
        rx=_THICK / 2,
        class_=f"bar {kind}",
    )
    arrows = []
    if low is None or low < axis.least:
        arrows.append(f"M{axis.left - 1:g} {y - 5:g}l-5 5l5 5")
    if high is None or high > axis.most:
        arrows.append(f"M{axis.right + 1:g} {y - 5:g}l5 5l-5 5")
    out = [bar, path(arrows, f"arrow {kind}")]
    if estimate is not None and axis.least <= estimate <= axis.most:
        # A short bar must not vanish behind its own dot.
        size = max(wide / 4, _LEAST_DOT) if low != high and wide < 4 * _DOT else _DOT
        out.append(element("circle", cx=axis.x(estimate), cy=y, r=size, class_=f"dot {kind}"))
    return out
