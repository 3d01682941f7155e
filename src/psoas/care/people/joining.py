"""Coming in: the first set-up, joining by a link, and changes to one's own account."""

import unicodedata
import zoneinfo
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.people import links, trail, vault
from psoas.care.people.models import OWNER, PERSON, Installation, Person
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.content import crisis


@dataclass(frozen=True)
class Arrival:
    """What someone types to come in."""

    name: str
    email: str
    password: str
    zone: str
    country: str = ""
    clinic_name: str = ""
    for_clinic: bool = False


def set_up(token: str, arrival: Arrival, *, now: datetime, is_demo: bool) -> Person:
    """Make the installation's first account: its owner, or the person who runs it alone."""
    checked = check(arrival)
    clinic_name = tidy_name(arrival.clinic_name) if arrival.for_clinic else ""
    if arrival.for_clinic and not 0 < len(clinic_name) <= 120:
        raise Refusal(
            {"clinic_name": [_("Write a name of 1 to 120 characters; people will see it.")]}
        )
    with transaction.atomic():
        if Person.objects.exists():
            raise NotAllowed
        links.use("setup", token, now)
        set_installation(
            is_demo=is_demo,
            now=now,
            clinic_name=clinic_name,
            country=arrival.country or "other",
        )
        return welcome(checked, role=OWNER if arrival.for_clinic else PERSON, now=now)


def join(token: str, arrival: Arrival, *, now: datetime) -> Person:
    """Make the account a one-time link was handed out for."""
    checked = check(arrival)
    with transaction.atomic():
        link = links.use("join", token, now)
        return welcome(checked, role=link.role, now=now)


def set_installation(*, is_demo: bool, now: datetime, clinic_name: str, country: str) -> None:
    Installation.objects.update_or_create(
        id=1,
        defaults={"clinic_name": clinic_name, "country": country, "is_demo": is_demo},
        create_defaults={
            "clinic_name": clinic_name,
            "country": country,
            "is_demo": is_demo,
            "key_name": vault.keyring().current.name,
            "created_at": now,
        },
    )


def welcome(arrival: Arrival, *, role: str, now: datetime) -> Person:
    """Create the person, a verified address and the keys: one story for every way in."""
    person = Person.objects.create(
        email=arrival.email,
        name=arrival.name,
        password=arrival.password,
        role=role,
        zone=arrival.zone,
        country=arrival.country,
        created_at=now,
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    vault.make_keys(person, now)
    trail.record("joined", actor=person, subject=person, now=now)
    return person


def check(arrival: Arrival) -> Arrival:
    """Return the arrival tidied, or refuse it field by field."""
    wrong: dict[str, list[str]] = {}
    name = tidy_name(arrival.name)
    email = arrival.email.strip().lower()
    if refused := name_refusal(name):
        wrong["name"] = [refused]
    try:
        validate_email(email)
        if len(email) > 254:
            raise ValidationError("too long")
    except ValidationError:
        wrong["email"] = [_("This is not a whole e-mail address, like ana@example.org.")]
    if Person.objects.filter(email__iexact=email).exists():
        wrong["email"] = [_("There is an account with this address already. Sign in instead.")]
    try:
        validate_password(arrival.password, Person(email=email, name=name))
    except ValidationError as problem:
        wrong["password"] = list(problem.messages)
    if refused := zone_refusal(arrival.zone):
        wrong["zone"] = [refused]
    if refused := country_refusal(arrival.country):
        wrong["country"] = [refused]
    if wrong:
        raise Refusal(wrong)
    return Arrival(
        name, email, arrival.password, arrival.zone, arrival.country, arrival.clinic_name
    )


def tidy_name(name: str) -> str:
    """A name on one line, without control characters."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(mark for mark in name if unicodedata.category(mark)[0] != "C" or mark == " ")
    return " ".join(name.split())


def name_refusal(name: str) -> str:
    if 0 < len(name) <= 80:
        return ""
    return _("Write a name of 1 to 80 characters; a first name is enough.")


def country_refusal(country: str) -> str:
    if not country or country in {each.code for each in crisis.COUNTRIES}:
        return ""
    return _("Choose a country from the list, or “another country”.")


def zone_refusal(zone: str) -> str:
    if zone in known_zones():
        return ""
    return _("There is no time zone “%(zone)s”. Choose one like Europe/London.") % {"zone": zone}


@cache
def known_zones() -> frozenset[str]:
    """Zones a person can live in, without the machine-only names."""
    return frozenset(
        zone
        for zone in zoneinfo.available_timezones()
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "posix/", "right/"))
    ) | {"UTC"}
