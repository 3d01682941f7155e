"""Advice to see a doctor this week, until the person has had it before their eyes.

What was answered on a device without a network came to a result that nobody opened yet. The first
page says so for some days, without a number, and never to somebody whom other help comes first for.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError

from psoas.care.assessment import mind
from psoas.care.assessment.choices import choose, chosen
from psoas.care.assessment.models import Reply
from psoas.care.assessment.reply_rows import OpenReply, open_all
from psoas.care.people.models import Person
from psoas.care.people.vault import Unreadable

# After that the week is over; the result stays among the earlier ones.
LASTS: Final = timedelta(days=7)
_READ: Final = "week-read"


def unread(person: Person, now: datetime) -> OpenReply | None:
    """The newest reply that asks for a doctor this week, where its result was not opened yet."""
    rows = Reply.objects.filter(person=person, finished_at__gt=now - LASTS, entered_by=None)
    found = [
        each
        for each in open_all(person, rows.order_by("finished_at", "pk")).replies
        if mind.CLINICIAN_THIS_WEEK in each.steps
    ]
    if not found or _read(person) == str(found[-1].id) or mind.standing(person, now):
        return None
    return found[-1]


def opened(person: Person, reply: OpenReply) -> None:
    """The advice of this reply was on the screen."""
    if mind.CLINICIAN_THIS_WEEK not in reply.steps or _read(person) == str(reply.id):
        return
    try:
        choose(person, _READ, str(reply.id))
    except DatabaseError:
        # Where nothing can be written the result is shown all the same, and named once more.
        logging.getLogger(__name__).warning("It could not be written that advice was read.")


def _read(person: Person) -> str:
    try:
        return str(chosen(person).get(_READ, ""))
    except Unreadable:
        return ""
