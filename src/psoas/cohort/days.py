"""Calendar days as numbers, from whatever a column of days holds."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import types

from psoas.cohort.columns import counts_days

Days = NDArray[np.int32]

# Below every day there is, so that they sort first: no day at all, one that cannot be read, and
# two ways of writing that leave a doubt.
NONE = np.int32(np.iinfo(np.int32).min)
UNREADABLE, MONTH_FIRST, TWO_WAYS = np.int32(NONE + 1), np.int32(NONE + 2), np.int32(NONE + 3)
NO_DAY = TWO_WAYS
EPOCH = date(1970, 1, 1)
_FIRST, _LAST = (date.min - EPOCH).days, (date.max - EPOCH).days
_IN_A_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


def day_numbers(column: pa.Array) -> Days:
    """Return days since 1970, ``NONE`` for null and ``UNREADABLE`` for what is no day.

    A time counts for the day it falls on, in its own time zone where it names one. Numbers are
    days already, counted from whatever day is 0.

    Args:
        column: Dates, times or numbers; text is read by :mod:`.written`.
    """
    if types.is_floating(column.type):
        return _from_floats(column)
    if types.is_timestamp(column.type):
        unit = column.type.unit
        if column.type.tz is not None:
            column = pc.local_timestamp(column)
        numbers = _integers(column) // _IN_A_DAY[unit]
    elif types.is_date64(column.type):
        numbers = _integers(column) // _IN_A_DAY["ms"]
    elif counts_days(column.type):
        numbers = _integers(column)
    else:
        numbers = column.cast(pa.int32()).fill_null(0).to_numpy()
    days = np.where((numbers < _FIRST) | (numbers > _LAST), UNREADABLE, numbers).astype(np.int32)
    if column.null_count:
        days[column.is_null().to_numpy(zero_copy_only=False)] = NONE
    return days


def _integers(column: pa.Array) -> NDArray[np.int64]:
    numbers: NDArray[np.int64] = column.cast(pa.int64()).fill_null(0).to_numpy()
    return numbers


def _from_floats(column: pa.Array) -> Days:
    numbers = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    missing = np.isnan(numbers)
    there = (numbers >= _FIRST) & (numbers <= _LAST) & (numbers == np.floor(numbers))
    days = np.where(there, numbers, 0).astype(np.int32)
    days[~there] = UNREADABLE
    days[missing] = NONE
    return days


def as_date(number: int) -> date:
    """Return the calendar day of a number."""
    return EPOCH + timedelta(days=int(number))
