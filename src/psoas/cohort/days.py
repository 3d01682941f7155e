"""Calendar days as numbers, from whatever a column of days holds."""

from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import types

from psoas.cohort.columns import is_text

Days = NDArray[np.int32]

# Below every day there is, so that they sort first: no day at all, and one that cannot be read.
NONE = np.int32(np.iinfo(np.int32).min)
UNREADABLE = np.int32(NONE + 1)
_EPOCH = date(1970, 1, 1)
_FIRST, _LAST = (date.min - _EPOCH).days, (date.max - _EPOCH).days
_IN_A_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


def day_numbers(column: pa.Array) -> Days:
    """Return days since 1970, ``NONE`` for null and ``UNREADABLE`` for what is no day.

    A time counts for the day it falls on, in its own time zone where it names one.

    Args:
        column: Dates, times, or text such as 2026-04-14.
    """
    if is_text(column.type):
        return _from_text(column)
    if types.is_timestamp(column.type):
        unit = column.type.unit
        if column.type.tz is not None:
            column = pc.local_timestamp(column)
        numbers = _integers(column) // _IN_A_DAY[unit]
    elif types.is_date64(column.type):
        numbers = _integers(column) // _IN_A_DAY["ms"]
    else:
        numbers = column.cast(pa.int32()).fill_null(0).to_numpy()
    days = np.where((numbers < _FIRST) | (numbers > _LAST), UNREADABLE, numbers).astype(np.int32)
    if column.null_count:
        days[column.is_null().to_numpy(zero_copy_only=False)] = NONE
    return days


def _integers(column: pa.Array) -> NDArray[np.int64]:
    numbers: NDArray[np.int64] = column.cast(pa.int64()).fill_null(0).to_numpy()
    return numbers


def _from_text(column: pa.Array) -> Days:
    if not types.is_dictionary(column.type):
        column = column.dictionary_encode()
    # Each written day is read once: a cohort has millions of rows and a few thousand days.
    read = np.array([*map(_read, column.dictionary.to_pylist()), NONE], np.int32)
    return np.asarray(read[column.indices.fill_null(len(read) - 1).to_numpy()])


def _read(text: str | None) -> np.int32:
    if text is None or not text.strip():
        return NONE
    try:
        return np.int32((datetime.fromisoformat(text.strip()).date() - _EPOCH).days)
    except ValueError:
        return UNREADABLE


def as_date(number: int) -> date:
    """Return the calendar day of a number."""
    return _EPOCH + timedelta(days=int(number))
