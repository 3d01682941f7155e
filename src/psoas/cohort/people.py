"""The rows of a stretch as arrays: persons one after the other, each one's days rising."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from psoas.cohort.columns import DAY, PAIN, PERSON, counts_days, is_text
from psoas.cohort.days import Days, day_numbers
from psoas.cohort.persons import encode
from psoas.cohort.written import WrittenDays

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class People:
    """P persons with N rows and K triggers.

    Attributes:
        names: P persons.
        starts: shape (P + 1,), where each one's rows begin, then N.
        day: shape (N,), days since 1970, rising within a person.
        pain: shape (N,), NaN = not recorded.
        values: shape (N, K), as they were written; NaN = unknown.
        place: shape (N,), row of the table, from 1.
        numbered: Whether days are numbers counted from any day, and not dates.
        written: shape (N,), the number of each row's day, or which of ``words`` it is; None where
            neither is known any more.
        words: Days as they were written, where they are text.
    """

    names: pa.Array
    starts: NDArray[np.int64]
    day: Days
    pain: Floats
    values: Floats
    place: NDArray[np.int64]
    numbered: bool = False
    written: NDArray[np.generic] | None = None
    words: tuple[str, ...] = ()

    def written_day(self, row: int) -> str | None:
        """Return the day of a row as it was written, None where that is not known."""
        if self.written is None:
            return None
        value = self.written[row].item()
        return self.words[value] if self.words else f"{value:.15g}"

    def only(self, kept: NDArray[np.bool_]) -> "People":
        """Return the same without the persons whose flag is not set."""
        if kept.all():
            return self
        counts = np.diff(self.starts)
        rows = np.repeat(kept, counts)
        return People(
            self.names.filter(pa.array(kept)),
            np.concatenate([[0], np.cumsum(counts[kept])]).astype(np.int64),
            self.day[rows],
            self.pain[rows],
            self.values[rows],
            self.place[rows],
        )

    def blocks(self, most: int) -> "Iterator[People]":
        """Yield the same persons, at most ``most`` at a time."""
        for first in range(0, len(self.names), most):
            last = min(first + most, len(self.names))
            rows = slice(int(self.starts[first]), int(self.starts[last]))
            yield People(
                self.names.slice(first, last - first),
                self.starts[first : last + 1] - self.starts[first],
                self.day[rows],
                self.pain[rows],
                self.values[rows],
                self.place[rows],
            )


def gather(
    batches: Iterable[pa.RecordBatch], triggers: tuple[str, ...], rows: int, first: int | None
) -> People:
    """Lay batches of rows out person by person.

    Args:
        batches: With the columns person, day, pain and the triggers.
        triggers: The trigger columns, in order.
        rows: How many rows there are in all batches.
        first: The table's row that the first of them is, from 0. None where they were moved:
            their last column then says which row each was.
    """
    read = _DayReader(rows)
    pain = np.empty(rows, np.float32)
    values = np.empty((rows, len(triggers)), np.float32)
    place = np.arange(1, rows + 1) + (first or 0)
    persons, at = [], 0
    for batch in batches:
        here = slice(at, at + batch.num_rows)
        persons.append(batch.column(PERSON))
        read.add(here, batch.column(DAY))
        pain[here] = _numbers(batch.column(PAIN))
        # Filled side by side and turned once: a column at a time would touch every line of
        # memory once for each trigger.
        side = np.empty((len(triggers), batch.num_rows), np.float32)
        for k, trigger in enumerate(triggers):
            side[k] = _numbers(batch.column(trigger))
        values[here] = side.T
        if first is None:
            place[here] = batch.column(batch.num_columns - 1).to_numpy()
        at += batch.num_rows
    codes, names = encode(_joined(persons))
    day = read.days(codes, len(names))
    return _in_order(
        People(
            names,
            codes,
            day,
            pain,
            values,
            place,
            read.numbered,
            read.written,
            read.words,
        )
    )


class _DayReader:
    """The days of a stretch, of whatever kind their column is."""

    def __init__(self, rows: int) -> None:
        self.numbered = False
        self.written: NDArray[np.generic] | None = None
        self.words: tuple[str, ...] = ()
        self._rows = rows
        self._text: WrittenDays | None = None
        self._day: Days = np.empty(rows, np.int32)

    def add(self, here: slice, column: pa.Array) -> None:
        if is_text(column.type):
            self._text = self._text or WrittenDays(self._rows)
            self._text.add(here, column)
            return
        self._day[here] = day_numbers(column)
        if counts_days(column.type):
            self.numbered = True
            numbers = column.fill_null(0).to_numpy()
            if self.written is None:
                self.written = np.empty(self._rows, numbers.dtype)
            self.written[here] = numbers

    def days(self, persons: NDArray[np.int64], count: int) -> Days:
        if self._text is None:
            return self._day
        self.written, self.words = self._text.codes, self._text.words
        return self._text.read(persons, count)


def _joined(persons: list[pa.Array]) -> pa.ChunkedArray:
    joined = pa.chunked_array(persons)
    return joined.unify_dictionaries() if pa.types.is_dictionary(joined.type) else joined


def _numbers(column: pa.Array) -> Floats:
    numbers: Floats = column.cast(pa.float32(), safe=False).to_numpy(zero_copy_only=False)
    return numbers


def _in_order(found: People) -> People:
    """Sort where it is needed; ``found.starts`` still says who each row is."""
    codes, day = found.starts, found.day
    step = np.diff(codes)
    if not ((step > 0) | ((step == 0) & (np.diff(day) >= 0))).all():
        order = np.lexsort((day, codes))
        codes, day = codes[order], day[order]
        found = replace(
            found,
            day=day,
            pain=found.pain[order],
            values=found.values[order],
            place=found.place[order],
            written=None if found.written is None else found.written[order],
        )
    starts = np.searchsorted(codes, np.arange(len(found.names) + 1))
    return replace(found, starts=starts.astype(np.int64))
