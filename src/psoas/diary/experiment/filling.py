"""A schedule as a CSV file to fill in, which goes back into the analysis as it is."""

import csv
import io
from datetime import date, timedelta

from psoas.diary.experiment.schedule import Schedule


def write_plan(schedule: Schedule, first: date, outcome: str) -> str:
    """Return a schedule as CSV, one line a day, the last column left empty to be filled.

    Args:
        schedule: As it was drawn.
        first: The first day.
        outcome: The name of the column to fill.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["day", "arm", "pair", "counts", outcome])
    for number, (arm, counts) in enumerate(zip(schedule.arms, schedule.counts, strict=True)):
        day = first + timedelta(days=number)
        writer.writerow(
            [day.isoformat(), arm, schedule.pair_of(number) + 1, "yes" if counts else "no", ""]
        )
    return out.getvalue()
