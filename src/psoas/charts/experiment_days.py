"""The picture of an experiment's days: blocks shaded by arm, dots, and a line for each pair."""

from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

import numpy as np
from numpy.typing import NDArray

from psoas.charts.chart import CARD_WIDTH
from psoas.charts.interval import NOTE
from psoas.charts.scale import TOP_PAIN, Scale, ticks
from psoas.charts.svg import Svg, element, path, text
from psoas.charts.wrap import shorten, width_of
from psoas.content.language import gettext as _
from psoas.diary.experiment.schedule import Schedule
from psoas.diary.spoken import spoken_number

Array = NDArray[np.float64]
WIDTH = CARD_WIDTH
_TOP, _WORD, _HEIGHT, _RIGHT, _LEAST_LEFT = 8.0, 18.0, 150.0, 4.0, 24.0
_STRIP, _AXIS, _LEGEND = 14.0, 24.0, 22.0
_DOTS_FROM = 2.0
_DOT = 4.4


@dataclass(frozen=True)
class Plan:
    """An experiment with its days.

    Attributes:
        outcome: shape (T,), NaN where nothing was recorded, T the schedule's length.
        schedule: As it was assigned.
        means: shape (pairs, 2), the mean of each pair's days that count, without and with.
        days: The T calendar days.
        over: How many of them are over; today counts once it has a number.
        today: Which of them is today, None when none is.
        practice: What the days with it are called.
        against: What the other days are called.
    """

    outcome: Array
    schedule: Schedule
    means: Array
    days: tuple[date, ...]
    over: int
    today: int | None
    practice: str
    against: str


@dataclass(frozen=True)
class _Frame:
    """Days across as in every chart of days, the outcome upwards between two round numbers."""

    scale: Scale
    least: float
    most: float

    def y(self, value: float) -> float:
        """Return y of a value."""
        share = (value - self.least) / (self.most - self.least)
        return self.scale.top + (1 - share) * self.scale.height


def draw_plan(plan: Plan, slug: str) -> tuple[list[Svg], float]:
    """Return the elements of the picture and its height.

    Args:
        plan: The experiment.
        slug: Whose hatch pattern to use.
    """
    least, most = round_ends(plan.outcome)
    marks = [spoken_number(end) for end in (least, (least + most) / 2, most)]
    left = max(_LEAST_LEFT, max(width_of(mark, NOTE) for mark in marks) + 8)
    top = _TOP + (_WORD if plan.today is not None else 0)
    scale = Scale(left, top, WIDTH - left - _RIGHT, _HEIGHT, len(plan.days))
    frame = _Frame(scale, least, most)
    bottom = top + _HEIGHT
    body = [
        *_blocks(plan, scale),
        *_missing(plan, scale, slug),
        *_grid(plan, frame, marks, bottom + _STRIP),
        *_pairs(plan, frame),
        *_dots(plan, frame),
        *_strip(plan, scale, bottom + _STRIP - 3),
        *_today(plan, scale, bottom),
    ]
    y = bottom + _STRIP + _AXIS + 6
    legend, y = _legend(plan, slug, y)
    return [*body, *legend], y


def round_ends(outcome: Array) -> tuple[float, float]:
    """Return two round numbers all numbers lie between: 0 and 10 where these will do."""
    known = outcome[~np.isnan(outcome)]
    low, high = float(known.min(initial=0.0)), float(known.max(initial=float(TOP_PAIN)))
    if low >= 0 and high <= TOP_PAIN:
        return 0.0, float(TOP_PAIN)
    low, high = float(known.min()), float(known.max())
    room = (high - low) or abs(high) or 1.0
    step: float = 10.0 ** floor(log10(room / 2))
    return floor(low / step) * step, max(ceil(high / step) * step, floor(low / step) * step + step)


def _blocks(plan: Plan, scale: Scale) -> list[Svg]:
    shades: dict[str, list[str]] = {}
    block, washout = plan.schedule.scheme.block, plan.schedule.scheme.washout
    for start in range(0, len(plan.days), block):
        kind = "arm-with" if plan.schedule.arms[start] else "arm-without"
        for shade, one, other in (
            (f"{kind} faint", start, start + washout),
            (kind, start + washout, start + block),
        ):
            left, right = scale.x(one), scale.x(other)
            step = f"M{left:.2f} {scale.top:g}H{right:.2f}V{scale.top + scale.height:g}H{left:.2f}z"
            shades.setdefault(shade, []).extend([step] if right > left else [])
    return [path(steps, shade) for shade, steps in sorted(shades.items())]


def _missing(plan: Plan, scale: Scale, slug: str) -> list[Svg]:
    out: list[Svg] = []
    start: int | None = None
    gone = np.isnan(plan.outcome[: plan.over]).tolist()
    for n, missing in enumerate([*gone, False]):
        if missing:
            start = n if start is None else start
        elif start is not None:
            out.append(
                element(
                    "rect",
                    x=scale.x(start),
                    y=scale.top,
                    width=scale.x(n) - scale.x(start),
                    height=scale.height,
                    class_="gap",
                    fill=f"url(#{slug}-hatch)",
                )
            )
            start = None
    return out


def _grid(plan: Plan, frame: _Frame, marks: list[str], floor_: float) -> list[Svg]:
    scale, out = frame.scale, list[Svg]()
    values = (frame.least, (frame.least + frame.most) / 2, frame.most)
    right = scale.left + scale.width
    for mark, value in zip(marks, values, strict=True):
        y = frame.y(value)
        out.append(path([f"M{scale.left:g} {y:g}H{right:g}"], "grid"))
        out.append(text(mark, scale.left - 6, y + 4, "note", "end"))
    for tick in ticks(plan.days, scale.day):
        if tick.label:
            x, half = scale.x(tick.index), width_of(tick.label, NOTE) / 2
            out.append(path([f"M{x:.1f} {floor_:g}v4"], "axis"))
            out.append(text(tick.label, min(x, WIDTH - half), floor_ + 17, "note", "middle"))
    return out


def _pairs(plan: Plan, frame: _Frame) -> list[Svg]:
    """Return a step for each block's mean and a slope between the two of a pair."""
    scale, block = frame.scale, plan.schedule.scheme.block
    washout = plan.schedule.scheme.washout
    steps: list[str] = []
    for pair, means in enumerate(plan.means):
        start = pair * 2 * block
        arms = (plan.schedule.arms[start], plan.schedule.arms[start + block])
        if np.isnan(means).any():
            continue
        for n, arm in enumerate(arms):
            left = scale.x(start + n * block + washout)
            right = scale.x(start + (n + 1) * block)
            pen = "L" if n else "M"
            steps.append(f"{pen}{left:.1f} {frame.y(means[arm]):.1f}H{right:.1f}")
    return [path(steps, "pair")]


def _dots(plan: Plan, frame: _Frame) -> list[Svg]:
    scale = frame.scale
    if scale.day < _DOTS_FROM:
        return []
    counted: list[str] = []
    left_out: list[str] = []
    for n, value in enumerate(plan.outcome.tolist()):
        if value == value:
            step = f"M{scale.x(n + 0.5):.1f} {frame.y(value):.1f}h0"
            (counted if plan.schedule.counts[n] else left_out).append(step)
    size = min(_DOT, scale.day * 1.1)
    return [
        path(left_out, "day faint", stroke_width=size),
        path(counted, "day", stroke_width=size),
    ]


def _strip(plan: Plan, scale: Scale, y: float) -> list[Svg]:
    """Return a bar under each block with it and a line under each without: no colour needed."""
    block = plan.schedule.scheme.block
    bars: list[str] = []
    lines: list[str] = []
    apart = min(0.8, block * scale.day / 4)
    for start in range(0, len(plan.days), block):
        with_it = plan.schedule.arms[start]
        ends = f"{scale.x(start) + apart:.1f} {y - 2:g}H{scale.x(start + block) - apart:.1f}"
        (bars if with_it else lines).append(f"M{ends}")
    return [path(bars, "present", stroke_width=6), path(lines, "absent")]


def _today(plan: Plan, scale: Scale, bottom: float) -> list[Svg]:
    if plan.today is None:
        return []
    x = scale.x(plan.today + 0.5)
    word = _("Today")
    half = width_of(word, NOTE) / 2
    middle = min(max(x, half), WIDTH - half)
    return [
        path([f"M{x:.1f} {scale.top - 6:g}V{bottom:g}"], "now"),
        text(word, middle, scale.top - 11, "name-small", "middle"),
    ]


def _legend(plan: Plan, slug: str, y: float) -> tuple[list[Svg], float]:
    half = WIDTH / 2
    names = (plan.practice, plan.against)
    beside = all(width_of(name, NOTE) <= half - 34 for name in names)
    out: list[Svg] = []
    at = [(0.0, y), (half, y) if beside else (0.0, y + _LEGEND)]
    looks = (("arm-with", "present", 6.0), ("arm-without", "absent", None))
    for (x, top), name, (shade, line, thick) in zip(at, names, looks, strict=True):
        out += [
            path([f"M{x:g} {top + 1:g}h18v9h-18z"], shade),
            path([f"M{x:g} {top + 14:g}h18"], line, stroke_width=thick),
            text(shorten(name, WIDTH - 26, NOTE), x + 26, top + 12, "note"),
        ]
    y += _LEGEND if beside else 2 * _LEGEND
    out += [
        path([f"M0 {y + 11:g}h7l5 -6h7"], "pair"),
        text(_("Means of a pair"), 26, y + 12, "note"),
        element(
            "rect",
            x=half,
            y=y + 1,
            width=18,
            height=14,
            rx=3,
            class_="missing",
            fill=f"url(#{slug}-hatch)",
        ),
        text(_("No entry"), half + 26, y + 12, "note"),
    ]
    if plan.schedule.scheme.washout:
        y += _LEGEND
        out += [
            path([f"M0 {y + 1:g}h18v14h-18z"], "arm-with faint"),
            text(_("Paler: does not count"), 26, y + 12, "note"),
        ]
    return out, y + _LEGEND
