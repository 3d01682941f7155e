"""Whose plan and sessions somebody may look at, and that looking is written down."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from psoas.care.people import trail
from psoas.care.people.access import Viewer, allows, people_looked_after, shared_categories
from psoas.care.people.models import CLINICIAN, Care, Person, TrailRow
from psoas.care.people.refusal import NotAllowed

SESSIONS: Final = "sessions"
PLAN_READ, SESSIONS_READ = "plan read", "sessions read"
# So long, the lists of one page are one look.
_ONE_LOOK: Final = timedelta(minutes=1)


def own(viewer: Viewer) -> Person:
    """The viewer in their own rooms."""
    if not allows("inside", viewer):
        raise NotAllowed
    return viewer.known


def in_care_of(viewer: Viewer, person_id: UUID, now: datetime) -> Person:
    """A person this clinician looks after now; for anybody else nobody is there."""
    own(viewer)
    person = people_looked_after(viewer, now).filter(pk=person_id).first()
    if person is None:
        raise NotAllowed
    return person


def whose_plan(viewer: Viewer, now: datetime, person_id: UUID | None) -> Person:
    """The viewer, or a person in their care: who builds a plan sees it."""
    me = own(viewer)
    if person_id is None or person_id == me.pk:
        return me
    person = in_care_of(viewer, person_id, now)
    _looked(viewer, person, PLAN_READ, now)
    return person


def whose_sessions(viewer: Viewer, now: datetime, person_id: UUID | None) -> Person:
    """The viewer, or a person in their care who shares what they did, at this moment."""
    me = own(viewer)
    if person_id is None or person_id == me.pk:
        return me
    person = in_care_of(viewer, person_id, now)
    if SESSIONS not in shared_categories(viewer, person, now):
        raise NotAllowed
    _looked(viewer, person, SESSIONS_READ, now)
    return person


def has_clinician(person: Person, now: datetime) -> bool:
    """Whether a clinician looks after this person now."""
    return Care.objects.filter(
        person=person,
        since__lte=now,
        ended_at=None,
        clinician__is_active=True,
        clinician__role=CLINICIAN,
    ).exists()


def _looked(viewer: Viewer, person: Person, action: str, now: datetime) -> None:
    row = {"actor": viewer.known.pk, "subject": person.pk, "action": action}
    if not TrailRow.objects.filter(**row, at__gt=now - _ONE_LOOK).exists():
        trail.record(action, actor=viewer.known, subject=person, now=now)
