"""When a session was, told by a phone whose clock may be wrong.

Between the last day and now a device is believed. Outside, the moment is put to the nearer end and
the difference is kept; further off than 36 hours it says nothing of the day either.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

BACK: Final = timedelta(hours=24)
DAY_STILL_KNOWN: Final = timedelta(hours=36)
# A session taken up again after so long is another one.
RESUMES: Final = timedelta(hours=24)


@dataclass(frozen=True)
class When:
    """When a session was begun as it is kept; ``off`` is by how much the device was off, in s."""

    at: datetime
    day: date
    off: int


def when(told: datetime, now: datetime, zone: str) -> When:
    """Return when a session was begun that a device tells of now."""
    at = min(max(told, now - BACK), now)
    off = round((told - at).total_seconds())
    if abs(told - now) > DAY_STILL_KNOWN:
        day = now.astimezone(ZoneInfo(zone)).date()
    else:
        # On the clock of the place where it was done; never a day that is still to come there.
        day = min(told, now).astimezone(told.tzinfo).date()
    return When(at, day, off)
