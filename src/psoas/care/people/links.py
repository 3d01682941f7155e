"""One-time links: to set psoas up, to join it, to sign in. Each works once and not for long."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from psoas.care.people import trail
from psoas.care.people.models import PERSON, OneTimeLink, Person
from psoas.care.people.refusal import NotAllowed

LASTS = {"setup": timedelta(days=2), "join": timedelta(days=7), "enter": timedelta(days=1)}


def make(
    purpose: str,
    *,
    now: datetime,
    person: Person | None = None,
    role: str = PERSON,
    name: str = "",
    made_by: Person | None = None,
) -> str:
    """Make a link and return its token, which is kept nowhere."""
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        OneTimeLink.objects.create(
            digest=_digest(token),
            purpose=purpose,
            person=person,
            role=role,
            name=name,
            made_by=made_by,
            made_at=now,
            expires_at=now + LASTS[purpose],
        )
        trail.record(f"link to {purpose} made", actor=made_by, subject=person, now=now)
    return token


def look_up(purpose: str, token: str, now: datetime) -> OneTimeLink:
    """Find a link that still works. Looking does not use it up: mail scanners look, too."""
    link = (
        OneTimeLink.objects.filter(purpose=purpose, digest=_digest(token), used_at=None)
        .filter(Q(person=None) | Q(person__is_active=True), expires_at__gt=now)
        .select_related("person")
        .first()
    )
    if link is None:
        raise NotAllowed
    return link


def use(purpose: str, token: str, now: datetime) -> OneTimeLink:
    """Use a link up; of two people with the same link, one gets in."""
    link = look_up(purpose, token, now)
    # The name written on an invitation has done its work, and would outlive the account.
    taken = OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now, name="")
    if not taken:
        raise NotAllowed
    return link


def withdraw_unused(purpose: str, person: Person | None = None) -> None:
    OneTimeLink.objects.filter(purpose=purpose, person=person, used_at=None).delete()


def withdraw_all_of(person: Person) -> None:
    """Take back what somebody was handed, and what they handed out themselves."""
    OneTimeLink.objects.filter(Q(person=person) | Q(made_by=person), used_at=None).delete()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
