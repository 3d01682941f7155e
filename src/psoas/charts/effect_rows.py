"""The rows of chart 3, laid out for a phone (sentence beneath) and for a page (at the right)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from psoas.charts.chart import CARD_WIDTH
from psoas.charts.interval import (
    ARROW,
    NOTE,
    Axis,
    difference_axis,
    draw_axis,
    draw_band,
    draw_interval,
)
from psoas.charts.svg import Svg, element, path, picture, text
from psoas.charts.wrap import width_of, wrap
from psoas.diary.answers.answer import Answer, Level

NARROW, WIDE = CARD_WIDTH, 760.0
_HEADING, _NAME, _WORDS, _LINE = 15.5, 13.5, 13.5, 17.5
_SECTION, _AXIS = 22.0, 30.0
_BAND = 24.0
_MOST_LINES, _MOST_NAME = 10, 3
# On a page: name, axis, sentence.
_NAMES, _FROM, _TO, _SAID = 168.0, 186.0, 456.0, 480.0
_PAD = 8.0


@dataclass(frozen=True)
class Row:
    """One answer with the words it is shown with.

    Attributes:
        answer: Not too early, to be drawn.
        name: What its trigger is called.
        lag: Its lag in words.
        level: Its level in words.
        said: Its sentence.
    """

    answer: Answer
    name: str
    lag: str
    level: str
    said: str

    @property
    def spoken(self) -> str:
        """The sentence that is drawn: one for each that is not sure would bury the others."""
        return "" if self.answer.level is Level.NOT_SURE else self.said


def draw_narrow(
    slug: str, title: str, said: str, rows: Sequence[Row], notes: Sequence[str], reach: float
) -> Svg:
    """Return the picture for a phone: name, interval, sentence below each other.

    Args:
        slug: The chart's.
        title: Its title.
        said: Its sentence.
        rows: What to draw, in order.
        notes: Lines of the key; the first explains the band where there are rows.
        reach: How far the axis goes.
    """
    axis = difference_axis(ARROW, NARROW - 2 * ARROW, reach)
    body: list[Svg] = []
    y = 0.0
    for level, group in _by_level(rows):
        body.append(text(level, 0, y + 15, "year"))
        y += _SECTION + 6
        body += draw_axis(axis, y + 2)
        y += _AXIS
        for row in group:
            drawn, y = _under(row, axis, y)
            body += drawn
    key, y = _key(notes, y, NARROW, bool(rows))
    return picture(f"{slug}-narrow", title, said, NARROW, y, *body, *key)


def _under(row: Row, axis: Axis, y: float) -> tuple[list[Svg], float]:
    lag_room = width_of(row.lag, NOTE) + 12
    name = wrap(row.name, NARROW - lag_room, _NAME, _MOST_NAME)
    out = _lines(name, 0, y + 13, "name")
    out.append(text(row.lag, NARROW, y + 13, "note", "end"))
    y += len(name) * _LINE + 4
    out += draw_band(axis, y, y + _BAND)
    out += draw_interval(row.answer, axis, y + _BAND / 2)
    y += _BAND + 4
    said = wrap(row.spoken, NARROW, _WORDS, _MOST_LINES) if row.spoken else []
    out += _lines(said, 0, y + 12, "said")
    return out, y + len(said) * _LINE + 16


def draw_wide(
    slug: str, title: str, said: str, rows: Sequence[Row], notes: Sequence[str], reach: float
) -> Svg:
    """Return the picture for a page: name, interval and sentence beside each other.

    Args:
        slug: The chart's.
        title: Its title.
        said: Its sentence.
        rows: What to draw, in order.
        notes: Lines of the key.
        reach: How far the axis goes.
    """
    axis = difference_axis(_FROM, _TO - _FROM, reach)
    body: list[Svg] = []
    y = 0.0
    for level, group in _by_level(rows):
        heading = wrap(level, _NAMES, _HEADING, _MOST_NAME)
        body += _lines(heading, 0, y + 15, "year")
        y += (len(heading) - 1) * _LINE
        body += draw_axis(axis, y + 8)
        y += _SECTION + 12
        top, drawn, between = y, list[Svg](), list[str]()
        for row in group:
            if y > top:
                between.append(f"M0 {y:g}H{WIDE:g}")
            one, y = _beside(row, axis, y)
            drawn += one
        body += [path(between, "rule"), *draw_band(axis, top, y), *drawn]
        y += 14
    key, y = _key(notes, y, WIDE, bool(rows))
    return picture(f"{slug}-wide", title, said, WIDE, y, *body, *key)


def _beside(row: Row, axis: Axis, y: float) -> tuple[list[Svg], float]:
    name = wrap(row.name, _NAMES, _NAME, _MOST_NAME)
    said = wrap(row.spoken, WIDE - _SAID, _WORDS, _MOST_LINES) if row.spoken else []
    height = max(len(name) + 1, len(said)) * _LINE + 2 * _PAD
    top = y + _PAD + 12
    out = [
        *_lines(name, 0, top, "name"),
        text(row.lag, 0, top + len(name) * _LINE, "note"),
        *_lines(said, _SAID, top, "said"),
        *draw_interval(row.answer, axis, y + height / 2),
    ]
    return out, y + height


def _by_level(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    return [(level, list(group)) for level, group in groupby(rows, lambda row: row.level)]


def _lines(lines: Sequence[str], x: float, y: float, class_: str) -> list[Svg]:
    return [text(line, x, y + n * _LINE, class_) for n, line in enumerate(lines)]


def _key(notes: Sequence[str], y: float, width: float, band: bool) -> tuple[list[Svg], float]:
    out: list[Svg] = []
    y += 4
    for n, note in enumerate(notes):
        left = 28.0 if band and n == 0 else 0.0
        if left:
            out.append(
                element("rect", x=0, y=y + 2, width=20, height=14, rx=4, class_="no-difference")
            )
        lines = wrap(note, width - left, NOTE, _MOST_LINES)
        out += _lines(lines, left, y + 13, "note")
        y += len(lines) * _LINE + 4
    return out, y + 2
