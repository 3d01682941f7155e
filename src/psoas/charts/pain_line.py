"""Chart 2, the line of pain with its slow level, and under it a strip for each trigger."""

import math
from collections.abc import Mapping
from datetime import date, timedelta

from psoas.charts.bins import Bin, bins, means
from psoas.charts.chart import Chart
from psoas.charts.scale import NEAR_EDGE, Scale, ticks
from psoas.charts.strip import HEIGHT as STRIP
from psoas.charts.strip import Strip, draw_strip, make_strip
from psoas.charts.svg import Svg, element, hatch, path, picture, text
from psoas.content.language import gettext as _
from psoas.diary.level import MovingLevel, moving_level
from psoas.diary.spoken import full_day, spoken_number, spoken_range
from psoas.diary.table import DayTable

SLUG = "line"
WIDTH = 358.0
_LEFT, _TOP, _HEIGHT, _RIGHT = 24.0, 12.0, 130.0, 4.0
_AXIS, _STRIP_PITCH, _LEGEND = 34.0, 45.0, 24.0
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
    pain, counts = means(table.pain, cut)
    floor = _TOP + _HEIGHT
    body = _grid(table, scale)
    body += _gaps(pain, cut, scale)
    body += _level(level, cut, scale)
    body += _line(pain, cut, scale)
    y = floor + _AXIS
    for strip in strips:
        body += _named_strip(strip, cut, scale, y)
        y += _STRIP_PITCH
    body += _legend(y + 6, strips, level)
    title, sentence = _("Pain over time"), _sentence(level, cut)
    height = y + 6 + _LEGEND * (2 if strips else 1)
    svg = picture(SLUG, title, sentence, WIDTH, height, hatch(SLUG), *body)
    columns = (_period(cut), _("Pain"), _("Level"), *(strip.label for strip in strips))
    rows = _rows(table, cut, pain, counts, level, strips)
    return Chart(SLUG, title, sentence, svg, columns, rows)


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
            anchor = None if x < scale.left + NEAR_EDGE else "middle"
            out.append(text(tick.label, x, floor + 18, "note", anchor))
    return out


def _gaps(pain: list[float], cut: tuple[Bin, ...], scale: Scale) -> list[Svg]:
    out: list[Svg] = []
    start: int | None = None
    for n, value in enumerate([*pain, 0.0]):
        if math.isnan(value):
            start = n if start is None else start
        elif start is not None:
            left, right = scale.x(cut[start].start), scale.x(cut[n - 1].stop)
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


def _level(level: MovingLevel | None, cut: tuple[Bin, ...], scale: Scale) -> list[Svg]:
    if level is None:
        return []
    picks = [min(int(one.middle), len(level.mean) - 1) for one in cut]
    xs = [scale.x(one.middle) for one in cut]
    high = [f"{x:.1f} {scale.y(level.high[n]):.1f}" for x, n in zip(xs, picks, strict=True)]
    low = [f"{x:.1f} {scale.y(level.low[n]):.1f}" for x, n in zip(xs, picks, strict=True)]
    mean = [f"{x:.1f} {scale.y(level.mean[n]):.1f}" for x, n in zip(xs, picks, strict=True)]
    return [
        path(["M" + "L".join(high + low[::-1]) + "z"], "band"),
        path(["M" + "L".join(mean)], "level"),
    ]


def _line(pain: list[float], cut: tuple[Bin, ...], scale: Scale) -> list[Svg]:
    dense = len(cut) > 1 and scale.width / len(cut) < _DOTS_FROM
    steps, dots = [], []
    pen_down = False
    for n, value in enumerate(pain):
        if math.isnan(value):
            pen_down = False
            continue
        at = f"{scale.x(cut[n].middle):.1f} {scale.y(value):.1f}"
        steps.append(f"{'L' if pen_down else 'M'}{at}")
        alone = not pen_down and (n + 1 == len(pain) or math.isnan(pain[n + 1]))
        # A day between two gaps has no line: without its dot it would vanish.
        if alone or not dense:
            dots.append(f"M{at}h0")
        pen_down = True
    return [path(steps, "line thin" if dense else "line"), path(dots, "dots")]


def _named_strip(strip: Strip, cut: tuple[Bin, ...], scale: Scale, y: float) -> list[Svg]:
    name = strip.label
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME - 1].rstrip() + "…"
    return [
        text(name, scale.left, y + 10, "name"),
        text(strip.total, scale.left + scale.width, y + 10, "note", "end"),
        *draw_strip(strip, cut, scale, y + 15 + STRIP),
    ]


def _legend(y: float, strips: list[Strip], level: MovingLevel | None) -> list[Svg]:
    x = _LEFT
    out = [
        path([f"M{x:g} {y + 8:g}h18"], "line"),
        path([f"M{x + 9:g} {y + 8:g}h0"], "dots"),
        text(_("Pain"), x + 24, y + 12, "note"),
    ]
    if level is not None:
        out += [
            path([f"M{x + 76:g} {y + 2:g}h18v12h-18z"], "band"),
            path([f"M{x + 76:g} {y + 8:g}h18"], "level"),
            text(_("Level"), x + 100, y + 12, "note"),
        ]
    out += [
        element(
            "rect",
            x=x + 158,
            y=y + 1,
            width=18,
            height=14,
            rx=3,
            class_="missing",
            fill=f"url(#{SLUG}-hatch)",
        ),
        text(_("No entry, not zero"), x + 182, y + 12, "note"),
    ]
    if not strips:
        return out
    y += _LEGEND
    # Numbers are shown by height, so the key must say which way is more.
    yes = _("Yes") if all(strip.yes_or_no for strip in strips) else _("Yes, or more")
    return [
        *out,
        path([f"M{x + 3:g} {y + 12:g}v-8"], "present round", stroke_width=5),
        text(yes, x + 24, y + 12, "note"),
        path([f"M{x + 112:g} {y + 10:g}h18"], "absent"),
        text(_("No"), x + 136, y + 12, "note"),
        path(
            [f"M{x + 161:g} {y + 10:g}h0M{x + 167:g} {y + 10:g}h0M{x + 173:g} {y + 10:g}h0"],
            "unknown",
        ),
        text(_("Not known"), x + 182, y + 12, "note"),
    ]


def _rows(
    table: DayTable,
    cut: tuple[Bin, ...],
    pain: list[float],
    counts: list[int],
    level: MovingLevel | None,
    strips: list[Strip],
) -> tuple[tuple[str, ...], ...]:
    out = []
    for n, one in enumerate(cut):
        said = spoken_number(pain[n]) if counts[n] else _("no entry")
        between = ""
        if level is not None:
            at = min(int(one.middle), table.span - 1)
            between = _("{level} ({range})").format(
                level=spoken_number(level.mean[at]),
                range=spoken_range(level.low[at], level.high[at]),
            )
        day = full_day(table.first + timedelta(days=one.start))
        out.append((day, said, between, *(strip.cells[n] for strip in strips)))
    return tuple(out)
