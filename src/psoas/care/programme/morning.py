"""The next morning: is pain back to usual? One question, for all that was done the day before."""

import logging
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.people import trail
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import Refusal
from psoas.care.people.vault import Unreadable
from psoas.care.programme import lights, told, watching
from psoas.care.programme.lights import ABOVE_USUAL, Lit
from psoas.care.programme.looking import own
from psoas.care.programme.merging import highest
from psoas.care.programme.models import Session
from psoas.care.programme.sealing import Document
from psoas.care.programme.session_rows import OpenSession, open_all, open_one, write
from psoas.care.programme.sessions import own_row, today_of

# After that nobody remembers a morning; not told counts as amber, and never as progress.
STILL: Final = timedelta(days=2)


def waiting(viewer: Viewer, now: datetime) -> OpenSession | None:
    """The session whose morning is asked about now; None where nothing waits."""
    today = today_of(own(viewer), now)
    rows = Session.objects.visible_to(viewer).filter(day__gte=today - STILL, day__lt=today)
    found = [each for each in open_all(viewer.known, rows).sessions if _asked(each)]
    return found[-1] if found else None


def answer(viewer: Viewer, key: UUID, said: object, now: datetime, *, pain: object = None) -> Lit:
    """Take the answer for this session and for everything else done on its day.

    Answered again, the graver of the two stays: what rests does not go on for a second answer.
    """
    number = told.numbers(pain=pain)["pain"]
    if not isinstance(said, str) or said not in ABOVE_USUAL:
        raise Refusal({"answer": [_("Choose one of the three answers.")]})
    with transaction.atomic():
        row = own_row(viewer, key)
        days = today_of(row.person, now) - row.day
        if not timedelta(days=1) <= days <= STILL:
            raise Refusal({"answer": [_("This is asked the morning after; now it says nothing.")]})
        answered: Document = {"answer": said, "pain": number, "at": now.isoformat()}
        for each in Session.objects.visible_to(viewer).filter(day=row.day):
            _note(each, answered)
        trail.record("morning answered", actor=row.person, subject=row.person, now=now, item=key)
        watching.ask_clinicians(row.person, now)
    return lights.lit(open_one(own_row(viewer, key)))


def _asked(session: OpenSession) -> bool:
    return session.next_day is None and bool(session.done or session.stop)


def _note(row: Session, answered: Document) -> None:
    try:
        opened = open_one(row)
    except Unreadable:
        # It keeps no other of that day from being answered; psoas doctor names it.
        logging.getLogger(__name__).warning("A session does not open.")
        return
    write(row, {**opened.document, "next_day": _graver(opened.next_day, answered)})


def _graver(before: Document | None, answered: Document) -> Document:
    if before is None:
        return answered
    said = max(before["answer"], answered["answer"], key=ABOVE_USUAL.__getitem__)
    pain = highest(before.get("pain"), answered["pain"])
    return {**answered, "answer": said, "pain": pain}
