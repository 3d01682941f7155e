"""Chart 2, the line of pain with its slow level, and under it a strip for each trigger."""

import math
from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from psoas.charts.bins import Bin, bins, means
from psoas.charts.chart import Chart
from psoas.charts.legend import LINE_HEIGHT as LEGEND
from psoas.charts.legend import line_legend
from psoas.charts.scale import TOP_PAIN, Columns, Scale, columns, ticks
from psoas.charts.strip import HEIGHT as STRIP
from psoas.charts.strip import Strip, draw_strip, make_strip
from psoas.charts.svg import Svg, element, hatch, path, picture, text
from psoas.content.language import gettext as _
from psoas.diary.level import MovingLevel, moving_level
from psoas.diary.spoken import full_day, spoken_number
from psoas.diary.table import DayTable

SLUG = "line"
WIDTH = 358.0
_LEFT, _TOP, _HEIGHT, _RIGHT = 24.0, 12.0, 130.0, 4.0
_AXIS, _STRIP_PITCH = 34.0, 45.0
_DOTS_FROM = 3.6
_LONGEST_NAME = 34


def draw(table: DayTable, *, today: date, labels: Mapping[str, str] | None = None) -> Chart:
    """Draw pain over the days, its moving level with the band it lies in, and trigger strips.

    The line breaks where days are missing and the gap is hatched. Up to 26 weeks a point is a
    day; beyond, it is the mean of a week, and beyond three years of four weeks.

    Args:
        table: The days.
        today: Not used: the line ends where the table ends.
        labels: Trigger to the name shown, in order; all triggers when None.
    """
    shown = labels if labels is not None else {name: name for name in table.triggers}
    cut = bins(table)
    level = moving_level(table.pain)
    strips = [
        make_strip(label, table.values[:, table.triggers.index(name)], cut)
        for name, label in shown.items()
        if name in table.triggers
    ]
    scale = Scale(_LEFT, _TOP, WIDTH - _LEFT - _RIGHT, _HEIGHT, table.span)
    over = columns(cut, scale)
    pain, _counts = means(table.pain, cut)
    floor = _TOP + _HEIGHT
    body = _grid(table, scale)
    body += _gaps(pain, over, scale)
    body += _level(level, cut, over, scale)
    body += _line(pain, over, scale)
    y = floor + _AXIS
    for strip in strips:
        body += _named_strip(strip, over, scale, y)
        y += _STRIP_PITCH
    plain = _each(cut) == 1 and all(strip.yes_or_no for strip in strips)
    body += line_legend(SLUG, y + 6, level is not None, bool(strips), plain)
    title, sentence = _("Pain over time"), _sentence(level, cut)
    height = y + 6 + LEGEND * (2 if strips else 1)
    svg = picture(SLUG, title, sentence, WIDTH, height, hatch(SLUG), *body)
    heads = (_period(cut), _("Pain"), _("Level"), *(strip.label for strip in strips))
    rows = _rows(table, cut, pain, level, strips)
    return Chart(SLUG, title, sentence, svg, heads, rows)


def _each(cut: tuple[Bin, ...]) -> int:
    return max(one.stop - one.start for one in cut)


def _period(cut: tuple[Bin, ...]) -> str:
    size = _each(cut)
    if size == 1:
        return _("Day")
    return _("Week of") if size <= 7 else _("Four weeks from")


def _sentence(level: MovingLevel | None, cut: tuple[Bin, ...]) -> str:
    if level is None:
        return _("There are too few days yet for a level.")
    low, high = float(level.mean.min()), float(level.mean.max())
    if spoken_number(low) == spoken_number(high):
        said = _("The level stayed near {level}.").format(level=spoken_number(low))
    else:
        said = _("The level moved between {low} and {high}; it ends near {end}.").format(
            low=spoken_number(low), high=spoken_number(high), end=spoken_number(level.mean[-1])
        )
    size = _each(cut)
    if size == 1:
        return said
    each = _("Each point is the mean of a week.")
    return said + " " + (each if size <= 7 else _("Each point is the mean of four weeks."))


def _grid(table: DayTable, scale: Scale) -> list[Svg]:
    right, floor = scale.left + scale.width, scale.y(0)
    out: list[Svg] = []
    for pain in (0, 5, 10):
        y = scale.y(pain)
        out.append(path([f"M{scale.left:g} {y:g}H{right:g}"], "grid"))
        out.append(text(str(pain), scale.left - 6, y + 4, "note", "end"))
    marks = ticks(table.days, scale.day)
    steps = [f"M{scale.x(tick.index):.1f} {scale.top:g}V{floor + 4:g}" for tick in marks]
    out.append(path(steps, "weeks"))
    for tick in marks:
        if tick.label:
            x = scale.x(tick.index)
            out.append(text(tick.label, x, floor + 18, "note", "middle"))
    return out


def _gaps(pain: list[float], over: Columns, scale: Scale) -> list[Svg]:
    out: list[Svg] = []
    start: int | None = None
    for n, value in enumerate([*pain, 0.0]):
        if math.isnan(value):
            start = n if start is None else start
        elif start is not None:
            left, right = over.left[start], over.right[n - 1]
            out.append(
                element(
                    "rect",
                    x=left,
                    y=scale.top,
                    width=right - left,
                    height=scale.height,
                    class_="gap",
                    fill=f"url(#{SLUG}-hatch)",
                )
            )
            start = None
    return out


def _level(
    level: MovingLevel | None, cut: tuple[Bin, ...], over: Columns, scale: Scale
) -> list[Svg]:
    if level is None:
        return []
    picks = [min(int(one.middle), len(level.mean) - 1) for one in cut]

    def along(values: NDArray[np.float64]) -> list[str]:
        ys = scale.y(0) - values[picks] * (scale.height / TOP_PAIN)
        return [f"{x} {y:.1f}" for x, y in zip(over.middle, ys.tolist(), strict=True)]

    high, low, mean = along(level.high), along(level.low), along(level.mean)
    return [
        path(["M" + "L".join(high + low[::-1]) + "z"], "band"),
        path(["M" + "L".join(mean)], "level"),
    ]


def _line(pain: list[float], over: Columns, scale: Scale) -> list[Svg]:
    dense = scale.width / len(pain) < _DOTS_FROM
    steps, dots = [], []
    pen_down = False
    for n, value in enumerate(pain):
        if math.isnan(value):
            pen_down = False
            continue
        at = f"{over.middle[n]} {scale.y(value):.1f}"
        steps.append(f"{'L' if pen_down else 'M'}{at}")
        alone = not pen_down and (n + 1 == len(pain) or math.isnan(pain[n + 1]))
        # A day between two gaps has no line: without its dot it would vanish.
        if alone or not dense:
            dots.append(f"M{at}h0")
        pen_down = True
    return [path(steps, "line thin" if dense else "line"), path(dots, "dots")]


def _named_strip(strip: Strip, over: Columns, scale: Scale, y: float) -> list[Svg]:
    name = strip.label
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME - 1].rstrip() + "…"
    return [
        text(name, scale.left, y + 10, "name"),
        text(strip.total, scale.left + scale.width, y + 10, "note", "end"),
        *draw_strip(strip, over, y + 15 + STRIP),
    ]


def _rows(
    table: DayTable,
    cut: tuple[Bin, ...],
    pain: list[float],
    level: MovingLevel | None,
    strips: list[Strip],
) -> tuple[tuple[str, ...], ...]:
    nothing = _("no entry")
    days = [full_day(table.days[one.start]) for one in cut]
    pains = [nothing if value != value else spoken_number(value) for value in pain]
    levels = [""] * len(cut)
    if level is not None:
        at = [min(int(one.middle), table.span - 1) for one in cut]
        with_range = _("{level} ({low} to {high})")
        levels = [
            with_range.format(
                level=spoken_number(mean), low=spoken_number(low), high=spoken_number(high)
            )
            for mean, low, high in zip(
                level.mean[at].tolist(),
                level.low[at].tolist(),
                level.high[at].tolist(),
                strict=True,
            )
        ]
    return tuple(zip(days, pains, levels, *(strip.cells for strip in strips), strict=True))
