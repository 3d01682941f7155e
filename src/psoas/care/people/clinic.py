"""What the owner says about the clinic itself."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.people import joining, trail
from psoas.care.people.models import Installation, Person
from psoas.care.people.refusal import Refusal


def describe(clinic_name: str, country: str, *, actor: Person, now: datetime) -> None:
    """Name the clinic and the country whose help lines it shows."""
    name = joining.tidy_name(clinic_name)
    wrong: dict[str, list[str]] = {}
    if not 0 < len(name) <= 120:
        wrong["clinic_name"] = [_("Write a name of 1 to 120 characters; people will see it.")]
    if refused := joining.country_refusal(country):
        wrong["country"] = [refused]
    if wrong:
        raise Refusal(wrong)
    with transaction.atomic():
        Installation.objects.filter(id=1).update(clinic_name=name, country=country or "other")
        trail.record("clinic described", actor=actor, subject=None, now=now)
