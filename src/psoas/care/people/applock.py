"""The app lock: a PIN that someone who holds the phone does not know."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
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
    person.pin, person.lock_after_minutes = make_password(pin), minutes
    person.save(update_fields=["pin", "lock_after_minutes"])
    trail.record("app lock set", actor=person, subject=person, now=now)


def clear_pin(person: Person, *, now: datetime) -> None:
    person.pin = ""
    person.save(update_fields=["pin"])
    trail.record("app lock removed", actor=person, subject=person, now=now)


def fits(person: Person, pin: str) -> bool:
    return bool(person.pin) and check_password(pin, person.pin)


def is_due(person: Person, last_seen: datetime, now: datetime) -> bool:
    """True when the screen was left alone for longer than the person chose.

    Zero minutes means: on leaving only. A clock set back never keeps a screen open.
    """
    if not person.pin or person.lock_after_minutes == 0:
        return False
    return not timedelta(0) <= now - last_seen < timedelta(minutes=person.lock_after_minutes)
