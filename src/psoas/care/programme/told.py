"""What a device tells of a session, checked field by field, becomes the document that is sealed.

Which exercises it names is kept as it was told, also one that is not known here or that is not
allowed: it was done all the same. Nothing is shown again for having been told.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from psoas.care.journal.numbers import NotANumber, read_number
from psoas.care.people.refusal import Refusal
from psoas.care.programme.sealing import Document

VERSION: Final = 1
OUTSIDE: Final = {"walk": "walking", "swim": "swimming", "yoga": "gentle-yoga",
                  "massage": "self-massage"}  # fmt: skip
KINDS: Final = ("routine", "short", *OUTSIDE)
SIDES: Final = ("left", "right", "both", "each")
STATES: Final = ("done", "part", "skipped", "swapped")
REASONS: Final = ("hurts", "no-time", "no-things", "not-today", "do-not-like", "too-hard")
LONGEST_MINUTES: Final = 600
MOST_ITEMS: Final = 40
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_VERSION_WORD: Final = re.compile(r"[A-Za-z0-9.-]{1,64}")
# Of an item: whole numbers up to so much.
_COUNTS: Final = {
    "sets": 20,
    "hold_s": 3600,
    "reps": 500,
    "breaths": 1000,
    "seconds": 36000,
    "done_s": 36000,
}
_TOP: Final = frozenset({
    "v", "step", "kind", "plan", "begun_at", "at", "items", "before", "during", "after", "effort",
    "minutes", "stop", "stopped_at", "finished",
})  # fmt: skip
_OF_ITEM: Final = frozenset({*_COUNTS, "slug", "side", "state", "reason", "for", "pain"})


@dataclass(frozen=True)
class Telling:
    """One telling of a session: what it says, and when the device says that was."""

    step: int
    begun_at: datetime
    at: datetime
    finished: bool
    document: Document


def check(raw: object) -> Telling:
    """Return what was told, or refuse it with a sentence for every field that is wrong."""
    if not isinstance(raw, Mapping):
        raise Refusal({"session": [_("This is no session.")]})
    wrong = _Wrong()
    for name in sorted(str(each)[:40] for each in raw if each not in _TOP):
        wrong.add(name, _("There is nothing called “%(name)s” in a session.") % {"name": name})
    if raw.get("v", VERSION) != VERSION:
        wrong.add("v", _("This was written by another version. Open psoas again, then send it."))
    begun, at = (_moment(raw.get(name), name, wrong) for name in ("begun_at", "at"))
    document: Document = {
        "v": VERSION,
        "kind": _one_of(raw.get("kind"), KINDS, "kind", wrong),
        "plan": _word(raw.get("plan"), _VERSION_WORD, "plan", wrong),
        "items": _items(raw.get("items", []), wrong),
        **{name: scale(raw.get(name), name, wrong) for name in
           ("before", "during", "after", "effort")},
        "minutes": amount(raw.get("minutes"), "minutes", LONGEST_MINUTES, wrong),
        # Also a sign that is not known here: refused, the telling would stay on the device,
        # and an emergency with it. What it leads to says ``stopping.stop_of``.
        "stop": _word(raw.get("stop"), _SLUG, "stop", wrong),
        "stopped_at": _word(raw.get("stopped_at"), _SLUG, "stopped_at", wrong),
    }  # fmt: skip
    step = amount(raw.get("step", 0), "step", 1_000_000, wrong, whole=True)
    finished = raw.get("finished", False)
    if not isinstance(finished, bool):
        wrong.add("finished", _("Answer with yes or no."))
    wrong.refuse()
    if begun is None or at is None:
        raise LookupError("A moment that is missing was refused.")
    return Telling(int(step or 0), begun, max(begun, at), bool(finished), document)


class _Wrong:
    """Every complaint found on the way through the fields."""

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}

    def add(self, field: str, sentence: str) -> None:
        self.fields.setdefault(field, []).append(sentence)

    def refuse(self) -> None:
        if self.fields:
            raise Refusal(self.fields)


def numbers(**given: object) -> dict[str, int | float | None]:
    """Check pain, effort and minutes that came by a form; None is an answer that was not given."""
    wrong = _Wrong()
    found = {
        name: amount(value, name, LONGEST_MINUTES, wrong)
        if name == "minutes"
        else scale(value, name, wrong)
        for name, value in given.items()
    }
    wrong.refuse()
    return found


def too_many() -> Refusal:
    """The refusal of more exercises than anybody does in one session."""
    sentence = _("A session holds at most %(most)s exercises.") % {"most": MOST_ITEMS}
    return Refusal({"items": [sentence]})


def scale(value: object, name: str, wrong: _Wrong) -> int | float | None:
    """A number from 0 to 10, or None where it was not told."""
    return amount(value, name, 10, wrong)


def amount(
    value: object, name: str, most: float, wrong: _Wrong, *, whole: bool = False
) -> int | float | None:
    if value is None or value == "":
        return None
    try:
        number = read_number(value)
    except NotANumber:
        wrong.add(name, _("Write a number from 0 to %(most)s.") % {"most": most})
        return None
    if not 0 <= number <= most or (whole and number != int(number)):
        wrong.add(name, _("Write a number from 0 to %(most)s.") % {"most": most})
        return None
    return int(number) if number == int(number) else number


def _items(raw: object, wrong: _Wrong) -> list[Document]:
    if not isinstance(raw, list | tuple) or len(raw) > MOST_ITEMS:
        wrong.fields |= too_many().fields
        return []
    found = [_item(each, f"items.{number}", wrong) for number, each in enumerate(raw)]
    return [each for each in found if each]


def _item(raw: object, where: str, wrong: _Wrong) -> Document:
    if not isinstance(raw, Mapping):
        wrong.add(where, _("This is no exercise of a session."))
        return {}
    for name in sorted(str(each)[:40] for each in raw if each not in _OF_ITEM):
        wrong.add(
            f"{where}.{name}",
            _("There is nothing called “%(name)s” in a session.") % {"name": name},
        )
    item: Document = {
        "slug": _word(raw.get("slug"), _SLUG, f"{where}.slug", wrong, needed=True),
        "side": _one_of(raw.get("side"), SIDES, f"{where}.side", wrong),
        "state": _one_of(raw.get("state"), STATES, f"{where}.state", wrong),
    }
    for name, most in _COUNTS.items():
        counted = amount(raw.get(name), f"{where}.{name}", most, wrong, whole=True)
        if counted is not None:
            item[name] = counted
    for name in ("reason", "for"):
        if raw.get(name):
            item[name] = _word(raw[name], _SLUG, f"{where}.{name}", wrong)
    pain = scale(raw.get("pain"), f"{where}.pain", wrong)
    if pain is not None:
        item["pain"] = pain
    return item


def _moment(value: object, name: str, wrong: _Wrong) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    # So near an end of the calendar, no zone can be taken into account.
    if at is None or at.tzinfo is None or not 1900 < at.year < 9000:
        wrong.add(name, _("This is no time of a clock with its zone."))
        return None
    return at


def _one_of(value: object, known: tuple[str, ...], name: str, wrong: _Wrong) -> str:
    if isinstance(value, str) and value in known:
        return value
    wrong.add(name, _("Choose one of: %(known)s.") % {"known": ", ".join(known)})
    return ""


def _word(
    value: object, shape: re.Pattern[str], name: str, wrong: _Wrong, *, needed: bool = False
) -> str | None:
    if not needed and value in (None, ""):
        return None
    if isinstance(value, str) and shape.fullmatch(value):
        return value
    wrong.add(name, _("This is no short name psoas knows how to keep."))
    return None
