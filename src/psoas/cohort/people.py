"""The rows of a stretch as arrays: persons one after the other, each one's days rising."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from psoas.cohort.columns import DAY, PAIN, PERSON
from psoas.cohort.days import Days, day_numbers
from psoas.cohort.persons import encode

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
    """

    names: pa.Array
    starts: NDArray[np.int64]
    day: Days
    pain: Floats
    values: Floats
    place: NDArray[np.int64]

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
    day, pain = np.empty(rows, np.int32), np.empty(rows, np.float32)
    values = np.empty((rows, len(triggers)), np.float32)
    place = np.arange(1, rows + 1) + (first or 0)
    persons, at = [], 0
    for batch in batches:
        here = slice(at, at + batch.num_rows)
        persons.append(batch.column(PERSON))
        day[here] = day_numbers(batch.column(DAY))
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
    return _in_order(People(names, codes, day, pain, values, place))


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
        found = People(
            found.names, codes, day, found.pain[order], found.values[order], found.place[order]
        )
    starts = np.searchsorted(codes, np.arange(len(found.names) + 1))
    return People(found.names, starts.astype(np.int64), day, found.pain, found.values, found.place)
