"""How long each chart takes to draw, and how large it is. Run: python benchmarks/charts.py."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from statistics import median
from time import process_time
from zlib import compress

import numpy as np

from benchmarks import table
from psoas.charts import calendar, days_with, effects, experiment, pain_line
from psoas.charts.chart import Chart
from psoas.diary.answers.deciding import any_day
from psoas.diary.experiment.analysis import analyse
from psoas.diary.experiment.schedule import make_schedule
from psoas.diary.synthetic import make_diary
from psoas.diary.table import DayTable

LAST = date(2026, 4, 14)
LENGTHS = (("5 weeks", 5), ("26 weeks", 26), ("3 years", 157), ("8 years", 417))
ROUNDS = 15
MOST_MS = 5.0  # for 26 weeks, each chart


def fresh(table: DayTable) -> DayTable:
    """The same numbers in new arrays, so that nothing is measured warm that is cold in life."""
    return DayTable(table.days, np.array(table.pain), table.triggers, np.array(table.values))


def drawings() -> Iterator[tuple[str, str, bool, Callable[[], Chart]]]:
    """Yield chart, diary, whether the figure asked for holds, and the drawing."""
    for name, weeks in LENGTHS:
        diary = make_diary(1, LAST, weeks).table
        for slug, draw in (("calendar", calendar.draw), ("line", pain_line.draw)):
            yield slug, name, weeks <= 26, partial(draw, fresh(diary), today=LAST)
        answers = any_day(diary)
        yield "effects", name, weeks <= 26, partial(effects.draw, answers)
        first = answers.answers[0]
        yield "days with", name, weeks <= 26, partial(days_with.draw, fresh(diary), first)
    schedule = make_schedule(1)
    chance = np.random.default_rng(1)
    outcome = np.round(chance.normal(5, 1.5, len(schedule.arms)).clip(0, 10))
    verdict = analyse(outcome, schedule)
    days = partial(experiment.draw_days, outcome, schedule, first=LAST)
    yield "experiment, days", "84 days", True, days
    against = partial(experiment.draw_against_chance, verdict, said="")
    yield "experiment, chance", "84 days", True, against


def main() -> None:
    rows = []
    for slug, name, asked, call in drawings():
        times = []
        for _round in range(ROUNDS):
            start = process_time()
            chart = call()
            times.append((process_time() - start) * 1000)
        rows.append(
            (
                slug,
                name,
                f"{min(times):.1f}",
                f"{median(times):.1f}",
                f"{MOST_MS:g}" if asked else "",
                f"{len(compress(chart.svg.encode())) / 1000:.1f}",
            )
        )
    columns = ("chart", "diary", "CPU ms, least", "CPU ms, median", "ms asked", "kB packed")
    table.show("Drawing one chart, eight triggers", columns, rows)


if __name__ == "__main__":
    main()
