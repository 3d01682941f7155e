"""A diary written as CSV: the same shape that is read, the same numbers back."""

import csv
import io
from collections.abc import Iterable, Sequence

from psoas.diary.table import Number, Row


def write_csv(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """Write rows as CSV: ISO days, a point for decimals, an empty cell where unknown.

    Args:
        rows: In the order to write them.
        columns: Trigger columns, after ``day`` and ``pain``.

    Returns:
        Text with a header and one line a row; :func:`psoas.diary.reading.read_csv` reads it back
        to equal rows.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["day", "pain", *columns])
    for row in rows:
        cells = [_text(row.values.get(name)) for name in columns]
        writer.writerow([row.day.isoformat(), _text(row.pain), *cells])
    return out.getvalue()


def _text(number: Number | None) -> str:
    # repr is the shortest text that reads back as the same float.
    return "" if number is None else repr(number)
