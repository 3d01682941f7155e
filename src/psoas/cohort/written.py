"""Days written as text: each word is read once, and day-first dates where a person settles them."""

from datetime import date, datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import types

from psoas.cohort.days import EPOCH, MONTH_FIRST, NONE, TWO_WAYS, UNREADABLE, Days
from psoas.diary.dates import LOCAL

# How a word was written: in the only way there is, or as a local date that proves the day comes
# first, proves that it does not, or proves nothing.
_PLAIN, _PROOF, _AGAINST, _TWOFOLD = range(4)


class WrittenDays:
    """The days of a stretch of rows, batch by batch.

    Attributes:
        codes: shape (N,), which word each row has.
    """

    def __init__(self, rows: int) -> None:
        self.codes: NDArray[np.int32] = np.empty(rows, np.int32)
        self._known: dict[str | None, int] = {}

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words; a missing one is empty."""
        return tuple(word or "" for word in self._known)

    def add(self, here: slice, column: pa.Array) -> None:
        """Take the rows ``here`` from a column of text."""
        if not types.is_dictionary(column.type):
            column = column.dictionary_encode()
        # A cohort has millions of rows and a few thousand days.
        words = [*column.dictionary.to_pylist(), None]
        own = np.array([self._known.setdefault(w, len(self._known)) for w in words], np.int32)
        self.codes[here] = own[column.indices.fill_null(len(own) - 1).to_numpy()]

    def read(self, persons: NDArray[np.int64], count: int) -> Days:
        """Return the number of each row's day.

        As in a diary of one's own, 03/04/2025 is read with the day first only where another date
        of the same person, such as 31/12/2025, shows that it is meant so.

        Args:
            persons: shape (N,), whose each row is, from 0.
            count: How many persons there are.
        """
        read = [_read(word) for word in self._known]
        day = np.array([number for number, _way in read], np.int32)[self.codes]
        ways = np.array([way for _number, way in read], np.int8)
        if not ways.any():
            return day
        way = ways[self.codes]
        proved = np.bincount(persons[way == _PROOF], minlength=count) > 0
        day[(way == _TWOFOLD) & ~proved[persons]] = TWO_WAYS
        return day


def _read(word: str | None) -> tuple[np.int32, int]:
    if word is None or not word.strip():
        return NONE, _PLAIN
    text = word.strip()
    # A time of day may follow.
    if match := LOCAL.fullmatch(text.split()[0]):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        if month > 12 and day <= 12:
            return MONTH_FIRST, _AGAINST
        way = _PROOF if day > 12 else _PLAIN if day == month else _TWOFOLD
        try:
            return np.int32((date(year, month, day) - EPOCH).days), way
        except ValueError:
            return UNREADABLE, way
    try:
        return np.int32((datetime.fromisoformat(text).date() - EPOCH).days), _PLAIN
    except ValueError:
        return UNREADABLE, _PLAIN
