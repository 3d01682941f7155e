"""Questionnaires that are not free: used only while the owner states that the clinic may."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.assessment.models import Licence
from psoas.care.assessment.reply_rows import current
from psoas.care.people import trail
from psoas.care.people.access import Viewer, allows
from psoas.care.people.joining import tidy_name
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed, Refusal

LONGEST = 300


def in_force() -> set[str]:
    """The slugs of questionnaires that are not free and may be used all the same."""
    return set(Licence.objects.filter(ended_at=None).values_list("slug", flat=True))


def stated() -> list[Licence]:
    """What is in force and who stated it, for the owner's page."""
    return list(Licence.objects.filter(ended_at=None).select_related("stated_by").order_by("slug"))


def state(viewer: Viewer, slug: str, wording: str, now: datetime) -> None:
    """The owner says in their own words by what right the clinic uses it; kept as said."""
    owner = _owner(viewer)
    found = current(slug)
    if found is None:
        raise NotAllowed
    wording = tidy_name(wording)
    if not found.restricted:
        raise Refusal({"slug": [_("This one is free to use; no licence is needed.")]})
    if not wording:
        raise Refusal(
            {"wording": [_("Write which licence you hold: from whom, since when, its number.")]}
        )
    if len(wording) > LONGEST:
        raise Refusal({"wording": [_("Keep it to %(most)s characters.") % {"most": LONGEST}]})
    with transaction.atomic():
        if slug in in_force():
            raise Refusal({"slug": [_("A licence is stated already. Withdraw it first.")]})
        row = Licence.objects.create(slug=slug, stated_by=owner, stated_at=now, wording=wording)
        trail.record("licence stated", actor=owner, subject=None, now=now, item=row.pk)


def withdraw(viewer: Viewer, slug: str, now: datetime) -> None:
    """From now on it is neither offered nor entered. What was answered stays."""
    owner = _owner(viewer)
    with transaction.atomic():
        row = Licence.objects.filter(slug=slug, ended_at=None).first()
        if row is None:
            raise NotAllowed
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        trail.record("licence withdrawn", actor=owner, subject=None, now=now, item=row.pk)


def _owner(viewer: Viewer) -> Person:
    if not allows("owner", viewer):
        raise NotAllowed
    return viewer.known
