"""How long each chart takes to draw, and how large it is. Run: python benchmarks/charts.py."""

from datetime import date
from functools import partial
from statistics import median
from time import process_time
from zlib import compress

import numpy as np

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


def main() -> int:
    print(
        f"{'chart':<10} {'diary':<9} {'CPU ms':>7} {'kB':>7} {'kB packed':>10} {'table rows':>11}"
    )
    slowest = 0.0
    for name, weeks in LENGTHS:
        table = make_diary(1, LAST, weeks).table
        for slug, draw in (("calendar", calendar.draw), ("line", pain_line.draw)):
            call = partial(draw, fresh(table), today=LAST)
            times = []
            for _round in range(ROUNDS):
                start = process_time()
                chart = call()
                times.append((process_time() - start) * 1000)
            data = chart.svg.encode()
            print(
                f"{slug:<10} {name:<9} {median(times):7.2f} {len(data) / 1000:7.1f} "
                f"{len(compress(data)) / 1000:10.1f} {len(chart.rows):11d}"
            )
            if weeks == 26:
                slowest = max(slowest, median(times))
    print(f"26 weeks: slowest {slowest:.2f} ms, at most {MOST_MS:g} ms wanted")
    return int(slowest > MOST_MS)


if __name__ == "__main__":
    raise SystemExit(main())
