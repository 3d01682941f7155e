"""The everyday half of a plan: small things of the day, one or two at a time, chosen and left."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.people import trail
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import Refusal
from psoas.care.programme import preferences
from psoas.care.programme.circumstances import gather
from psoas.care.programme.looking import own
from psoas.content.everyday import EVERYDAY, Everyday, everyday

AT_ONCE: Final = 2


@dataclass(frozen=True)
class Chosen:
    """Something that was chosen, and since when."""

    item: Everyday
    since: date


def chosen(viewer: Viewer, now: datetime) -> tuple[Chosen, ...]:
    """What the viewer has chosen, the first one first."""
    return chosen_of(preferences.of(viewer))


def chosen_of(told: preferences.Preferences) -> tuple[Chosen, ...]:
    """The same, where the preferences were read before."""
    known = {each.slug: each for each in EVERYDAY}
    found = [
        Chosen(known[slug], date.fromisoformat(day))
        for slug, day in told.everyday.items()
        if slug in known
    ]
    return tuple(sorted(found, key=lambda each: each.since))


def to_choose(viewer: Viewer, now: datetime) -> tuple[Everyday, ...]:
    """What may be chosen, what suits the viewer first; nothing that has to be asked for."""
    known = gather(own(viewer), now)
    taken = known.told.everyday.keys()
    suits = {*known.given.all_conditions, *known.told.all_told}
    found = [each for each in EVERYDAY if each.slug not in taken and not each.only_if_asked]
    return tuple(sorted(found, key=lambda each: not suits & {*each.suits}))


def asked_for(viewer: Viewer, now: datetime) -> tuple[Everyday, ...]:
    """What nobody is offered who did not look for it."""
    taken = preferences.of(viewer).everyday.keys()
    return tuple(each for each in EVERYDAY if each.only_if_asked and each.slug not in taken)


def choose(viewer: Viewer, slug: object, now: datetime) -> None:
    """Take one up; the third has to wait until one is left."""
    person = own(viewer)
    if not isinstance(slug, str) or slug not in {each.slug for each in EVERYDAY}:
        raise Refusal({"slug": [_("There is nothing called so to choose.")]})
    with transaction.atomic():
        there = {**preferences.of_person(person).everyday}
        if slug in there:
            return
        if len([each for each in there if _still(each)]) >= AT_ONCE:
            raise Refusal(
                {"slug": [_("Two at a time is enough. Leave one, then take up the next.")]}
            )
        there[slug] = now.astimezone(ZoneInfo(person.zone)).date().isoformat()
        preferences.keep(person, {"everyday": there})
        trail.record("preferences told", actor=person, subject=person, now=now)


def leave(viewer: Viewer, slug: object, now: datetime) -> None:
    """Leave one; left twice, it is left once."""
    person = own(viewer)
    with transaction.atomic():
        there = {**preferences.of_person(person).everyday}
        if there.pop(str(slug), None) is not None:
            preferences.keep(person, {"everyday": there})
            trail.record("preferences told", actor=person, subject=person, now=now)


def _still(slug: str) -> bool:
    try:
        everyday(slug)
    except KeyError:
        # No longer in the library: it takes no place.
        return False
    return True
