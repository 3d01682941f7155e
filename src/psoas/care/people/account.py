"""Changes a person makes to their own account."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from psoas.care.people import joining, trail
from psoas.care.people.models import Person
from psoas.care.people.refusal import Refusal

THEMES = ("hours", "auto", "light", "dark")


@dataclass(frozen=True)
class Wishes:
    """How somebody wants to be called, and to see times, words and colours."""

    name: str
    zone: str
    language: str
    country: str
    theme: str


def change(person: Person, wishes: Wishes) -> None:
    """Save the wishes, all of them or none."""
    name = joining.tidy_name(wishes.name)
    refusals = {
        "name": joining.name_refusal(name),
        "zone": joining.zone_refusal(wishes.zone),
        "country": joining.country_refusal(wishes.country),
        "language": "" if wishes.language in dict(settings.LANGUAGES) else _not_offered(),
        "theme": "" if wishes.theme in THEMES else _not_offered(),
    }
    if wrong := {field: [sentence] for field, sentence in refusals.items() if sentence}:
        raise Refusal(wrong)
    person.name, person.zone, person.language = name, wishes.zone, wishes.language
    person.country, person.theme = wishes.country, wishes.theme
    person.save(update_fields=["name", "zone", "language", "country", "theme"])


def end_sessions(person: Person, *, now: datetime) -> None:
    """End every session of this person; the caller may renew the one in hand."""
    person.session_round += 1
    person.save(update_fields=["session_round"])
    trail.record("signed out everywhere", actor=person, subject=person, now=now)


def _not_offered() -> str:
    return _("Choose one from the list.")
