"""What a person told about exercising: how long, when, with what, what they have and like.

What a clinician told of them stands beside it and is the clinician's to change.
"""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Final, get_args

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.people import trail
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.care.people.refusal import Refusal
from psoas.care.people.vault import Sealer, Unreadable
from psoas.care.programme import models
from psoas.care.programme.looking import has_clinician, own
from psoas.care.programme.sealing import Document, open_row, programme_sealer, seal
from psoas.care.programme.shapes import GOALS
from psoas.care.programme.wanted import MINUTES
from psoas.content.exercise import Condition, Equipment
from psoas.content.exercises import EXERCISES

VERSION: Final = 1
# Working categories are for the plan and name no illness. The replaced hip and pregnancy are not
# among them: the safety check asks about those.
CATEGORIES: Final = ("oa", "tight-front", "gtp", "fai", "spine", "distress")
CONDITIONS: Final = tuple(
    each
    for each in get_args(Condition)
    if each not in (*CATEGORIES, "thr", "thr-anterior", "pregnancy")
)
EQUIPMENT: Final = get_args(Equipment)
WHEN: Final = ("", "morning", "evening")
LED: Final = ("voice", "bell", "vibration")
_MOST: Final = 60


@dataclass(frozen=True)
class Preferences:
    """As told so far; everything has an answer before anybody is asked.

    Attributes:
        categories: Told by the person.
        conditions: Told by the person.
        told_by_clinician: Categories and conditions a clinician told.
        equipment: What there is; None where nobody was asked.
        minutes: 5, 7 or 10.
        when: "morning", "evening", or empty: by the clock.
        likes: Slugs of exercises.
        goals: Slugs of goals.
        led: Which of voice, bell and vibration lead through a session. Voice is off at first.
        everyday: Slug of an everyday item to the day it was chosen.
        weeks: The graded weeks of walking, water and yoga, as ``walks`` writes them.
    """

    categories: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    told_by_clinician: tuple[str, ...] = ()
    equipment: tuple[str, ...] | None = None
    minutes: int = 5
    when: str = ""
    likes: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    led: tuple[str, ...] = ("bell", "vibration")
    everyday: Mapping[str, str] = field(default_factory=dict)
    weeks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def all_told(self) -> frozenset[str]:
        """Categories and conditions, whoever told them."""
        return frozenset((*self.categories, *self.conditions, *self.told_by_clinician))


def of(viewer: Viewer) -> Preferences:
    """The viewer's own."""
    return of_person(own(viewer))


def of_person(person: Person) -> Preferences:
    """A person's; who may ask is for whoever calls to say.

    Raises:
        Unreadable: The row is damaged.
    """
    row = models.Preferences.objects.filter(person=person).first()
    return _read(open_row(programme_sealer(person), row)) if row else Preferences()


def tell(viewer: Viewer, raw: Mapping[str, Any], now: datetime) -> Preferences:
    """Take what is given and keep the rest as it was told before."""
    person = own(viewer)
    changes = _checked(raw)
    if "told_by_clinician" in changes and has_clinician(person, now):
        raise Refusal(
            {"told_by_clinician": [_("Your clinician told this. Ask them to change it.")]}
        )
    with transaction.atomic():
        told = keep(person, changes)
        trail.record("preferences told", actor=person, subject=person, now=now)
    return told


def keep(person: Person, changes: Mapping[str, Any]) -> Preferences:
    """Write changes that were checked before; the story that calls says what happened."""
    with transaction.atomic():
        row = models.Preferences.objects.select_for_update().filter(person=person).first()
        with_ = programme_sealer(person)
        told = replace(_before(with_, row, changes), **changes)
        row = row or models.Preferences(person=person, revision=0)
        fresh = row._state.adding
        row.revision += 1
        row.sealed = seal(with_, row, _document(told))
        row.save(force_insert=fresh)
    return told


def _before(
    with_: Sealer, row: models.Preferences | None, changes: Mapping[str, Any]
) -> Preferences:
    """What was told before; where it does not open, only telling all that takes out begins anew."""
    try:
        return _read(open_row(with_, row)) if row else Preferences()
    except Unreadable:
        if not {"categories", "conditions"} <= changes.keys():
            raise
        logging.getLogger(__name__).warning("A person's preferences do not open.")
        return Preferences()


def several(raw: object, known: Collection[str], name: str) -> tuple[str, ...]:
    """Read a choice of several, each once, in the order they are offered."""
    if isinstance(raw, str):
        raw = [raw] if raw else []
    if not isinstance(raw, list | tuple) or len(raw) > _MOST:
        raise Refusal({name: [_("Choose from the list.")]})
    if strange := [each for each in raw if not isinstance(each, str) or each not in known]:
        raise Refusal(
            {name: [_("“%(what)s” is not on the list.") % {"what": str(strange[0])[:40]}]}
        )
    return tuple(each for each in known if each in raw)


def _checked(raw: Mapping[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    wrong: dict[str, list[str]] = {}
    for name, value in raw.items():
        try:
            changes[name] = _one(name, value)
        except Refusal as refusal:
            wrong |= refusal.fields
    if wrong:
        raise Refusal(wrong)
    return changes


def _one(name: str, value: Any) -> Any:
    lists: dict[str, Collection[str]] = {
        "categories": CATEGORIES,
        "conditions": CONDITIONS,
        "equipment": EQUIPMENT,
        "likes": [each.slug for each in EXERCISES],
        "goals": tuple(GOALS),
        "led": LED,
    }
    match name:
        case "equipment" if value is None:
            return None
        case "minutes":
            return minutes_from(value)
        case "told_by_clinician" if value in ((), []):
            return ()
        case "when":
            return when_from(value)
    if name in lists:
        return several(value, lists[name], name)
    raise Refusal({name: [_("There is nothing called “%(name)s” to tell.") % {"name": name[:40]}]})


def minutes_from(value: object) -> int:
    """Read how long a routine is."""
    text = str(value).strip() if isinstance(value, int | str) else ""
    if isinstance(value, bool) or text not in {str(each) for each in MINUTES}:
        raise Refusal({"minutes": [_("Choose 5, 7 or 10 minutes.")]})
    return int(text)


def when_from(value: object) -> str:
    """Read the time of day; empty means: by the clock."""
    if not isinstance(value, str) or value not in WHEN:
        raise Refusal({"when": [_("Choose morning or evening.")]})
    return value


def _document(told: Preferences) -> Document:
    values = {each.name: getattr(told, each.name) for each in fields(told)}
    plain = {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}
    return {"v": VERSION, **plain}


def _read(document: Document) -> Preferences:
    names = {each.name for each in fields(Preferences)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in document.items()
        if name in names
    }
    return Preferences(**values)
