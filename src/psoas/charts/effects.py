"""Chart 3, what goes with the pain: a row a trigger and lag, the surest first."""

from collections import Counter
from collections.abc import Mapping

from psoas.charts.chart import CARD_WIDTH, Chart
from psoas.charts.effect_rows import Row, draw_narrow, draw_wide
from psoas.charts.interval import (
    difference_axis,
    draw_axis,
    draw_band,
    draw_interval,
    own_slug,
    reach_of,
    signed,
)
from psoas.charts.said import said_of
from psoas.charts.svg import Svg, picture, words
from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.answers.answer import Answer, Answers, Lag, Level
from psoas.diary.spoken import gettext_noop

SLUG = "effects"
# Beyond these, rows say little that the eye could compare; the table has them all.
MOST_ROWS = 40
_LEFT, _MIDDLE, _BASE, _HEIGHT = 10.0, 17.0, 33.0, 54.0
_SURENESS = (
    Level.FOUND,
    Level.POSSIBLE,
    Level.NO_LARGE_EFFECT,
    Level.NOT_SURE,
    Level.TOO_EARLY,
)
_LEVELS = {
    Level.FOUND: gettext_noop("Found"),
    Level.POSSIBLE: gettext_noop("Possible pattern"),
    Level.NO_LARGE_EFFECT: gettext_noop("Probably no large effect"),
    Level.NOT_SURE: gettext_noop("Not sure yet"),
    Level.TOO_EARLY: gettext_noop("Too early"),
}
_LAGS = {Lag.SAME: gettext_noop("same day"), Lag.NEXT: gettext_noop("next day")}


def draw(answers: Answers, *, labels: Mapping[str, str] | None = None) -> Chart:
    """Draw every answer as an interval on one axis, with its sentence.

    Two pictures of the same: for a narrow place the sentence is beneath its interval, for a wide
    one at its right; the stylesheet shows the one that fits. What is not sure has its name and
    its bar, and its sentence in the table, as what it is too early for: there may be many.

    Args:
        answers: What the diary says.
        labels: Trigger to the name shown; a trigger that is not in it keeps its own name.
    """
    ranked = sorted(answers.answers, key=lambda answer: _SURENESS.index(answer.level))
    names = [(labels or {}).get(answer.trigger, answer.trigger) for answer in ranked]
    rows = [
        Row(answer, name, lag_word(answer.lag), level_word(answer.level), said_of(answer, name))
        for answer, name in zip(ranked, names, strict=True)
    ]
    seen = [row for row in rows if row.answer.level is not Level.TOO_EARLY]
    drawn, left_out = seen[:MOST_ROWS], len(seen) - MOST_ROWS
    title, said = _("What goes with the pain"), _summary(ranked)
    reach = reach_of(row.answer for row in drawn)
    notes = [
        _("Shaded: half a point or less, a small difference.")
        if drawn
        else (_("Nothing can be drawn yet. The table has the days so far.") if rows else said)
    ]
    if left_out > 0:
        notes.append(
            ngettext("{n} more is in the table.", "{n} more are in the table.", left_out).format(
                n=f"{left_out:,}"
            )
        )
    pictures = (
        draw_narrow(SLUG, title, said, drawn, notes, reach),
        draw_wide(SLUG, title, said, drawn, notes, reach),
    )
    svg = Svg(f'<div class="chart-widths">{"".join(pictures)}</div>')
    return Chart(SLUG, title, said, svg, _columns(), tuple(_cells(row) for row in rows))


def draw_one(answer: Answer, *, reach: float = 2.0) -> Svg:
    """Draw the little interval of a card; nothing where it is too early.

    Args:
        answer: The answer.
        reach: How far the axis goes; the same for all that stand below each other, so that they
            compare (:func:`psoas.charts.interval.reach_of`).
    """
    if answer.level is Level.TOO_EARLY:
        return words("")
    axis = difference_axis(_LEFT, CARD_WIDTH - 2 * _LEFT, reach)
    return picture(
        own_slug("answer", answer),
        _("How much less or more pain"),
        _range_said(answer),
        CARD_WIDTH,
        _HEIGHT,
        *draw_band(axis, 0, _BASE),
        *draw_interval(answer, axis, _MIDDLE),
        *draw_axis(axis, _BASE),
    )


def level_word(level: Level) -> str:
    """Return a level as a heading says it."""
    return _(_LEVELS[level])


def lag_word(lag: Lag) -> str:
    """Return what a trigger is held against, in two words."""
    return _(_LAGS[lag])


def _range_said(answer: Answer) -> str:
    return _("{estimate}, from {low} to {high}.").format(
        estimate=_number(answer.estimate), low=_number(answer.low), high=_number(answer.high)
    )


def _summary(answers: list[Answer]) -> str:
    if not answers:
        return _("There is nothing to compare yet.")
    count = Counter(answer.level for answer in answers)
    parts = {
        Level.FOUND: _("{n} found"),
        Level.POSSIBLE: _("{n} possible"),
        Level.NO_LARGE_EFFECT: _("{n} probably without a large effect"),
        Level.NOT_SURE: _("{n} not sure yet"),
        Level.TOO_EARLY: _("{n} too early"),
    }
    said = [part.format(n=f"{count[level]:,}") for level, part in parts.items() if count[level]]
    asked = ngettext("{n} question: {counts}.", "{n} questions: {counts}.", len(answers))
    return asked.format(n=f"{len(answers):,}", counts=", ".join(said))


def _columns() -> tuple[str, ...]:
    return (
        _("Trigger"),
        _("Difference"),
        _("From"),
        _("To"),
        _("Held against pain of"),
        _("How sure"),
        _("Days with"),
        _("Days without"),
        _("What can be said"),
    )


def _cells(row: Row) -> tuple[str, ...]:
    answer = row.answer
    numbers = ("", "", "")
    if answer.level is not Level.TOO_EARLY:
        numbers = _number(answer.estimate), _number(answer.low), _number(answer.high)
    days = f"{answer.days_with:,}", f"{answer.days_without:,}"
    return (row.name, *numbers, row.lag, row.level, *days, row.said)


def _number(value: float | None) -> str:
    return _("no bound") if value is None else signed(value)
