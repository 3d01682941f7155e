"""How much a week was: effort times minutes, and whether it was too much of a sudden.

All of it is common clinical knowledge (the load is Foster's); no source was found for the numbers.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from psoas.care.programme import grading
from psoas.care.programme.reasons import Why
from psoas.care.programme.session_rows import OpenSession

_A_WEEK: Final = timedelta(days=7)
# Of fewer sessions a week says little.
_ENOUGH: Final = 3


def hard(sessions: Sequence[OpenSession], today: date) -> bool:
    """Whether the last two sessions before today, within a week, were harder than planned."""
    lately = [each for each in sessions if today - _A_WEEK <= each.day < today]
    efforts = [effort for each in lately if (effort := each.number("effort")) is not None]
    return grading.too_hard(efforts)


def sudden(sessions: Sequence[OpenSession], today: date) -> Why | None:
    """Why to go easy: the last seven days were more than a fifth above the seven before."""
    now = _loads(sessions, today - _A_WEEK, today)
    before = _loads(sessions, today - 2 * _A_WEEK, today - _A_WEEK)
    if min(len(now), len(before)) < _ENOUGH or not grading.rose_too_far(before, now):
        return None
    text = _("The last seven days were more than a fifth above the week before. Go easy today.")
    return Why("load", text, f"{sum(before):g}, {sum(now):g}", ck=True)


def _loads(sessions: Sequence[OpenSession], first: date, end: date) -> list[float]:
    found = []
    for each in sessions:
        effort, minutes = each.number("effort"), each.minutes
        if first <= each.day < end and effort is not None and minutes is not None:
            found.append(grading.load(effort, minutes))
    return found
