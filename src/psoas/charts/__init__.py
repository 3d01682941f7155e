"""Floor 2: an answer becomes a sentence, a picture, and the same numbers as a table."""

from collections.abc import Callable

from psoas.charts import (
    calendar,
    course,
    days_with,
    effects,
    experiment,
    measures,
    pain_line,
    sessions,
)
from psoas.charts.chart import Chart, Draw

# Drawn from the days alone.
CHARTS: tuple[Draw, ...] = (
    calendar.draw,
    pain_line.draw,
)

# Every chart there is. Those beyond the days need an answer, an experiment, a course of a measure
# or what was done in sessions, each its own.
ALL_CHARTS: tuple[Callable[..., Chart], ...] = (
    *CHARTS,
    effects.draw,
    days_with.draw,
    experiment.draw_days,
    experiment.draw_against_chance,
    course.draw,
    measures.draw,
    sessions.draw,
)
