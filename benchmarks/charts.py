"""How long each chart takes to draw, and how large it is. Run: python benchmarks/charts.py."""

from datetime import date
from functools import partial
from statistics import median
from time import process_time
from zlib import compress

import numpy as np

from benchmarks import table
from psoas.charts import calendar, pain_line
from psoas.diary.synthetic import make_diary
from psoas.diary.table import DayTable

LAST = date(2026, 4, 14)
LENGTHS = (("5 weeks", 5), ("26 weeks", 26), ("3 years", 157), ("8 years", 417))
ROUNDS = 15
MOST_MS = 5.0  # for 26 weeks, each chart


def fresh(table: DayTable) -> DayTable:
    """The same numbers in new arrays, so that nothing is measured warm that is cold in life."""
    return DayTable(table.days, np.array(table.pain), table.triggers, np.array(table.values))


def main() -> None:
    rows = []
    for name, weeks in LENGTHS:
        diary = make_diary(1, LAST, weeks).table
        for slug, draw in (("calendar", calendar.draw), ("line", pain_line.draw)):
            call = partial(draw, fresh(diary), today=LAST)
            times = []
            for _round in range(ROUNDS):
                start = process_time()
                chart = call()
                times.append((process_time() - start) * 1000)
            data = chart.svg.encode()
            rows.append(
                (
                    slug,
                    name,
                    f"{min(times):.1f}",
                    f"{median(times):.1f}",
                    f"{MOST_MS:g}" if weeks <= 26 else "",
                    f"{len(compress(data)) / 1000:.1f}",
                )
            )
    columns = ("chart", "diary", "CPU ms, least", "CPU ms, median", "ms asked", "kB packed")
    table.show("Drawing one chart, eight triggers", columns, rows)


if __name__ == "__main__":
    main()
