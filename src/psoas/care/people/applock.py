"""The app lock: a PIN that someone who holds the phone does not know."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from psoas.care.people import trail
from psoas.care.people.models import Person
from psoas.care.people.refusal import Refusal

TRIES = 5
MINUTES = (0, 1, 5, 15, 60)


def set_pin(person: Person, pin: str, again: str, minutes: int, *, now: datetime) -> None:
    wrong: dict[str, list[str]] = {}
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 8):
        wrong["pin"] = [_("A PIN is 4 to 8 digits.")]
    elif len(set(pin)) == 1 or pin in "0123456789" or pin in "9876543210":
        wrong["pin"] = [_("This PIN is the first one somebody would try. Choose another.")]
    if pin != again:
        wrong["again"] = [_("The two PINs differ. Type the same one twice.")]
    if minutes not in MINUTES:
        wrong["minutes"] = [_("Choose one of the times offered.")]
    if wrong:
        raise Refusal(wrong)
    person.pin, person.lock_after_minutes, person.pin_tries = make_password(pin), minutes, 0
    person.save(update_fields=["pin", "lock_after_minutes", "pin_tries"])
    trail.record("app lock set", actor=person, subject=person, now=now)


def clear_pin(person: Person, *, now: datetime) -> None:
    person.pin = ""
    person.save(update_fields=["pin"])
    trail.record("app lock removed", actor=person, subject=person, now=now)


def fits(person: Person, pin: str) -> bool:
    return bool(person.pin) and check_password(pin, person.pin)


def take_try(person: Person) -> int:
    """Use up one try and return how many are left; below zero there was none.

    It is counted before the PIN is looked at, in the database and not in a session: tries sent
    all at once, or from several devices, are still counted one by one.
    """
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(pin_tries=F("pin_tries") + 1)
        person.refresh_from_db(fields=["pin_tries"])
    return TRIES - person.pin_tries


def forget_tries(person: Person) -> None:
    """After the right PIN, and after signing in with more than a PIN."""
    Person.objects.filter(pk=person.pk).exclude(pin_tries=0).update(pin_tries=0)


def is_due(person: Person, last_seen: datetime | None, now: datetime) -> bool:
    """True when the screen was left alone for longer than the person chose.

    A session whose last visit nobody knows counts as left alone: the PIN may be younger. Zero
    minutes means: on leaving only. A clock set back never keeps a screen open.
    """
    if not person.pin or person.lock_after_minutes == 0:
        return False
    if last_seen is None:
        return True
    return not timedelta(0) <= now - last_seen < timedelta(minutes=person.lock_after_minutes)
