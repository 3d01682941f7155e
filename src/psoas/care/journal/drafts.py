"""What somebody typed, checked field by field, becomes the document that is sealed.

The form, the phone's outbox and the import all come through here, so they refuse alike.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from psoas.care.journal.models import BACKFILL, MOMENT
from psoas.care.journal.notebook import Notebook, trigger_label
from psoas.care.journal.numbers import NotANumber, read_number
from psoas.care.journal.sealing import VERSION, Document
from psoas.care.people.joining import zone_refusal
from psoas.care.people.refusal import Refusal
from psoas.content.body import REGIONS
from psoas.content.emotions import EMOTIONS, emotion
from psoas.content.helped import HELPED
from psoas.content.hindered import HINDERED
from psoas.content.triggers import TRIGGERS

SCALES = {
    "headache": gettext_lazy("Headache"),
    "fatigue": gettext_lazy("Fatigue"),
    "tightness": gettext_lazy("Tightness"),
    "tenderness": gettext_lazy("Tenderness"),
    "pulling": gettext_lazy("Pulling"),
    "stress": gettext_lazy("Stress"),
    "sleep": gettext_lazy("Sleep"),
}
LONGEST_WORDS = 1000
_PLACES = {region.slug for region in REGIONS if region.kind == "pain"}
_TENSION = {region.slug for region in REGIONS if region.kind == "tension"}
_FEELINGS = {emotion.slug for emotion in EMOTIONS}
_HELPED = {helped.slug for helped in HELPED}
_HINDERED = {hindered.slug for hindered in HINDERED}
_REMARKS = {trigger.slug for trigger in TRIGGERS if not trigger.exposure}
# A phone's clock may run a little ahead of the server's.
_AHEAD = timedelta(minutes=10)
_EARLIEST = date(1950, 1, 1)


@dataclass(frozen=True)
class Draft:
    """A checked entry: the day it belongs to and the document to seal."""

    day: date
    document: Document


def check(
    raw: Mapping[str, Any], *, kind: str, zone: str, now: datetime, notebook: Notebook
) -> Draft:
    """Return the draft, or refuse it with a sentence for every field that is wrong."""
    checking = _Checking(raw, kind, notebook)
    at, day, zone = checking.when(zone, now)
    checking.day = day
    document: Document = {"v": VERSION, "at": at, "zone": zone}
    for fill in (_pain, _places, _scales, _choices, _feelings, _triggers, _day_numbers, _words):
        fill(checking, document)
    if checking.wrong:
        raise Refusal(checking.wrong)
    return Draft(day, document)


class _Checking:
    """The raw fields, and every complaint found on the way through them."""

    def __init__(self, raw: Mapping[str, Any], kind: str, notebook: Notebook) -> None:
        self.raw, self.kind, self.notebook = raw, kind, notebook
        self.day = date.max
        self.wrong: dict[str, list[str]] = {}

    def refuse(self, field: str, sentence: str) -> None:
        self.wrong.setdefault(field, []).append(sentence)

    def given(self, field: str) -> Any:
        value = self.raw.get(field)
        return None if value in ("", None) else value

    def number(
        self, field: str, value: Any, name: str, low: float, high: float, *, whole: bool = False
    ) -> int | float | None:
        if value in ("", None):
            return None
        try:
            number = read_number(value)
        except NotANumber:
            self.refuse(field, _("%(name)s: write a number.") % {"name": name})
            return None
        if not low <= number <= high or (whole and number != int(number)):
            kind = _("a whole number") if whole else _("a number")
            self.refuse(
                field,
                _("%(name)s is %(number)s. Write %(kind)s from %(low)s to %(high)s.")
                % {"name": name, "number": number, "kind": kind, "low": low, "high": high},
            )
            return None
        return int(number) if whole else number

    def choice(self, field: str, known: set[str]) -> list[str]:
        values = self.raw.get(field) or []
        if not isinstance(values, list | tuple) or not all(isinstance(v, str) for v in values):
            self.refuse(field, _("Choose from the list."))
            return []
        if unknown := [value for value in values if value not in known]:
            self.refuse(field, _("“%(name)s” is not in the list.") % {"name": unknown[0][:40]})
            return []
        return list(dict.fromkeys(values))

    def mapping(self, field: str) -> Mapping[str, Any]:
        value = self.raw.get(field) or {}
        if isinstance(value, list | tuple) and all(isinstance(key, str) for key in value):
            return dict.fromkeys(value, 1)
        if isinstance(value, Mapping):
            return value
        self.refuse(field, _("Choose from the list."))
        return {}

    def when(self, zone: str, now: datetime) -> tuple[str, date, str]:
        asked_zone = self.given("zone") or zone
        if not isinstance(asked_zone, str) or (refused := zone_refusal(asked_zone)):
            self.refuse("zone", refused if isinstance(asked_zone, str) else zone_refusal("?"))
            asked_zone = zone
        place = ZoneInfo(asked_zone)
        local = now.astimezone(place)
        at = self._moment(local, place)
        if at > now + _AHEAD:
            self.refuse(
                "at",
                _("%(day)s is in the future. Write a time up to now.")
                % {"day": at.strftime("%Y-%m-%d %H:%M")},
            )
        elif at.date() < _EARLIEST:
            self.refuse("at", _("Write a day after 1950."))
        return at.isoformat(timespec="seconds"), at.date(), asked_zone

    def _moment(self, local: datetime, place: ZoneInfo) -> datetime:
        text, day = self.given("at"), self.given("day")
        try:
            if day is not None:
                # A day added afterwards has no hour of its own: noon, or now if it is today.
                noon = datetime.combine(date.fromisoformat(str(day)), time(12), place)
                return min(noon, local) if noon.date() == local.date() else noon
            if text is None:
                return local
            at = datetime.fromisoformat(str(text))
            # A time that the clocks jumped over becomes the moment it would have been; of a
            # time that came twice the first is meant, unless the offset says otherwise.
            return (at if at.tzinfo else at.replace(tzinfo=place).astimezone(UTC)).astimezone(place)
        except (ValueError, OverflowError):
            field = "day" if day is not None else "at"
            self.refuse(field, _("Write a day like 2026-04-14, with a time like 03:10."))
            return local


def _pain(checking: _Checking, document: Document) -> None:
    pain = checking.number("pain", checking.given("pain"), _("Pain"), 0, 10)
    unsure = checking.raw.get("unsure") in (True, "1", "on", "true")
    worst = checking.number("worst", checking.given("worst"), _("Worst pain"), 0, 10)
    if pain is None and not unsure and checking.kind != BACKFILL and "pain" not in checking.wrong:
        checking.refuse("pain", _("Choose how strong it is, from 0 to 10, or “not sure”."))
    document["pain"] = None if unsure else pain
    if unsure:
        document["unsure"] = True
    if worst is not None:
        document["worst"] = worst


def _places(checking: _Checking, document: Document) -> None:
    places = checking.choice("places", _PLACES)
    tension = checking.choice("tension", _TENSION)
    if checking.kind == MOMENT and not places and not tension and "places" not in checking.wrong:
        checking.refuse("places", _("Tap where it is, or choose a place from the list."))
    _keep(document, places=places, tension=tension)


def _scales(checking: _Checking, document: Document) -> None:
    scales = checking.mapping("scales")
    if unknown := set(scales) - set(SCALES):
        checking.refuse("scales", _("“%(name)s” is not in the list.") % {"name": min(unknown)[:40]})
        return
    found = {
        name: checking.number(name, scales.get(name), str(label), 0, 10)
        for name, label in SCALES.items()
    }
    _keep(document, scales={name: value for name, value in found.items() if value is not None})


def _choices(checking: _Checking, document: Document) -> None:
    _keep(
        document,
        hindered=checking.choice("hindered", _HINDERED),
        helped=checking.choice("helped", _HELPED),
    )


def _feelings(checking: _Checking, document: Document) -> None:
    feelings: dict[str, int | float] = {}
    for word, value in checking.mapping("feelings").items():
        if word not in _FEELINGS:
            checking.refuse("feelings", _("“%(name)s” is not in the list.") % {"name": word[:40]})
            return
        strength = checking.number("feelings", value, emotion(word).label, 0, 4, whole=True)
        if strength:
            feelings[word] = strength
    mood = checking.mapping("mood")
    pad = {
        axis: checking.number("mood", mood.get(axis), name, -4, 4, whole=True)
        for axis, name in (("pleasant", _("Pleasant")), ("energy", _("Energy")))
    }
    if len([value for value in pad.values() if value is not None]) == 1:
        checking.refuse("mood", _("Give both: how pleasant, and how much energy."))
    whole_pad = {axis: value for axis, value in pad.items() if value is not None}
    _keep(document, feelings=feelings, mood=whole_pad)
    _asked(checking, document)["feelings"] = _said_asked(checking, "feelings")


def _triggers(checking: _Checking, document: Document) -> None:
    asked = _said_asked(checking, "triggers")
    offered = {item.key: item for item in checking.notebook.offered()}
    found: dict[str, int | float] = {}
    for key, value in checking.mapping("triggers").items():
        label = trigger_label(key, checking.notebook)
        if label is None:
            checking.refuse("triggers", _("“%(name)s” is not in the list.") % {"name": key[:40]})
            return
        number = checking.number("triggers", value, label, -1e9, 1e9)
        if number is not None:
            found[key] = number
    if asked:
        # Asked and not named is an answer: 0. A number left empty stays unknown, and so does a
        # trigger of one's own on a day before it was thought of. A remark ("no idea") that was not
        # made is nothing at all.
        later = {own.key for own in checking.notebook.own if own.since > checking.day.isoformat()}
        for key, item in offered.items():
            if not item.number and key not in later and key not in _REMARKS:
                found.setdefault(key, 0)
    _keep(document, triggers=found)
    _asked(checking, document)["triggers"] = asked


def _day_numbers(checking: _Checking, document: Document) -> None:
    for field, name, low, high in (
        ("stiffness_min", _("Stiffness in minutes"), 0, 1440),
        ("cycle_day", _("Cycle day"), 1, 90),
    ):
        number = checking.number(field, checking.given(field), name, low, high, whole=True)
        if number is not None:
            document[field] = number


def _words(checking: _Checking, document: Document) -> None:
    words = checking.raw.get("words") or ""
    if not isinstance(words, str):
        checking.refuse("words", _("Write words here."))
        return
    words = unicodedata.normalize("NFC", words.replace("\r\n", "\n")).strip()
    if any("\ud800" <= mark <= "\udfff" for mark in words):
        # Half a character, as broken software cuts them: no text file can hold it.
        checking.refuse("words", _("There is a broken sign in your words. Type them once more."))
        return
    if len(words) > LONGEST_WORDS:
        checking.refuse(
            "words",
            _("Your words are %(length)s characters; up to %(most)s fit. Shorten them a little.")
            % {"length": len(words), "most": LONGEST_WORDS},
        )
    _keep(document, words=words)


def _said_asked(checking: _Checking, what: str) -> bool:
    asked = checking.raw.get("asked") or {}
    return isinstance(asked, Mapping) and asked.get(what) in (True, 1, "1", "true", "on")


def _asked(checking: _Checking, document: Document) -> dict[str, bool]:
    asked: dict[str, bool] = document.setdefault("asked", {"triggers": False, "feelings": False})
    return asked


def _keep(document: Document, **fields: object) -> None:
    """Put in what was given; an empty field stays absent, which means unknown."""
    document.update({name: value for name, value in fields.items() if value})
