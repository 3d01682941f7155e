"""Whom a page of the clinic is about, and that a form is about that same person when it comes back.

Two people's pages may be open side by side. A form carries a token of its own person; posted to
another's address it is refused, and nothing of it is offered with that other person's token.
"""

from datetime import datetime
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from psoas.care.people.access import Viewer, people_looked_after
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed
from psoas.web import faults

# The name says "token", so that it is not shown among what was typed.
FIELD = "person_token"


def whom(viewer: Viewer, key: UUID, now: datetime) -> Person:
    """The person, for a clinician who looks after them now; for anybody else nobody is there."""
    person = people_looked_after(viewer, now).filter(pk=key).first()
    if person is None:
        raise NotAllowed
    return person


def token(viewer: Viewer, person: Person) -> str:
    """What a form about this person carries; good for this clinician alone."""
    return _signer(viewer).sign(person.pk.hex)


def mixed_up(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse | None:
    """The refusal for a form that was opened for somebody else; None where it was not."""
    if _about(viewer, request.POST.get(FIELD, "")) == person.pk.hex:
        return None
    why = _(
        "This form was opened for somebody else, so it does not belong in this record. "
        "Open the right person’s page and type it there."
    )
    return faults.kept(request, why, status=409)


def _about(viewer: Viewer, carried: str) -> str:
    try:
        return _signer(viewer).unsign(carried)
    except BadSignature:
        return ""


def _signer(viewer: Viewer) -> Signer:
    return Signer(salt=f"about|{viewer.known.pk.hex}")
