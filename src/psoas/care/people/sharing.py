"""Consent, by category: off until given, ended at once, every step in the trail."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from psoas.care.people import links, trail
from psoas.care.people.models import CATEGORIES, CLINICIAN, Care, Person, Share
from psoas.care.people.refusal import NotAllowed, Refusal


def set_shares(person: Person, clinician_id: UUID, categories: set[str], *, now: datetime) -> None:
    """Make exactly these categories readable for one clinician from this moment on."""
    if unknown := categories - set(CATEGORIES):
        raise Refusal(_("There is nothing called “%(name)s” to share.") % {"name": min(unknown)})
    with transaction.atomic():
        clinician = Person.objects.filter(
            pk=clinician_id, looks_after__person=person, looks_after__ended_at=None
        ).first()
        if clinician is None:
            raise NotAllowed
        standing = Share.objects.filter(person=person, clinician=clinician, ended_at=None)
        over = standing.filter(until__lte=now)
        over.update(ended_at=now)
        live = set(standing.values_list("category", flat=True))
        for category in sorted(live - categories):
            standing.filter(category=category).update(ended_at=now)
            trail.record(
                f"{category} no longer shared",
                actor=person,
                subject=person,
                now=now,
                item=clinician.pk,
            )
        for category in sorted(categories - live):
            Share.objects.create(
                person=person, clinician=clinician, category=category, given_at=now
            )
            trail.record(
                f"{category} shared", actor=person, subject=person, now=now, item=clinician.pk
            )


def who_reads(person: Person, category: str, *, now: datetime) -> list[str]:
    """The names of those who can read this category of the person's record at this moment."""
    shares = Share.objects.in_force(now).filter(person=person, category=category)
    return list(
        Person.objects.filter(
            pk__in=shares.values("clinician"),
            is_active=True,
            role=CLINICIAN,
            looks_after__person=person,
            looks_after__since__lte=now,
            looks_after__ended_at=None,
        )
        .distinct()
        .order_by("name")
        .values_list("name", flat=True)
    )


def who_cares(person: Person, *, now: datetime) -> list[str]:
    """The names of those who look after this person now, whatever they may read."""
    care = Care.objects.filter(person=person, since__lte=now, ended_at=None)
    found = Person.objects.filter(pk__in=care.values("clinician"), is_active=True)
    return list(found.order_by("name").values_list("name", flat=True))


def start_care(clinician: Person, person: Person, *, actor: Person, now: datetime) -> None:
    """The owner says who looks after whom. It opens nothing by itself: sharing does."""
    if clinician.role != CLINICIAN or not clinician.is_active:
        raise Refusal(_("Only a physiotherapist with an account can look after someone."))
    if clinician.pk == person.pk:
        raise Refusal(_("Nobody looks after themselves; choose another physiotherapist."))
    with transaction.atomic():
        care, fresh = Care.objects.get_or_create(
            clinician=clinician, person=person, ended_at=None, defaults={"since": now}
        )
        if fresh:
            trail.record("care began", actor=actor, subject=person, now=now, item=care.clinician_id)


def end_care(clinician: Person, person: Person, *, actor: Person, now: datetime) -> None:
    """End the care and, with it, everything that was shared for it."""
    with transaction.atomic():
        ended = Care.objects.filter(clinician=clinician, person=person, ended_at=None)
        if ended.update(ended_at=now):
            Share.objects.filter(person=person, clinician=clinician, ended_at=None).update(
                ended_at=now
            )
            trail.record("care ended", actor=actor, subject=person, now=now, item=clinician.pk)


def deactivate(person: Person, *, actor: Person, now: datetime) -> None:
    """Close an account: no sign-in, no session, no link, no share from or to it."""
    with transaction.atomic():
        person.is_active = False
        person.session_round += 1
        person.save(update_fields=["is_active", "session_round"])
        links.withdraw_all_of(person)
        shares = Share.objects.filter(Q(clinician=person) | Q(person=person), ended_at=None)
        shares.update(ended_at=now)
        Care.objects.filter(clinician=person, ended_at=None).update(ended_at=now)
        trail.record("account closed", actor=actor, subject=person, now=now)
