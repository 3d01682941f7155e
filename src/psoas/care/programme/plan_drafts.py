"""What a clinician filled in for a plan, checked field by field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from psoas.care.journal.numbers import NotANumber, read_number
from psoas.care.people.joining import tidy_name
from psoas.care.people.refusal import Refusal
from psoas.care.programme import plan_rows, preferences, walks
from psoas.care.programme.plan_rows import Planned
from psoas.care.programme.sealing import Document
from psoas.content.exercise import Exercise
from psoas.content.exercises import exercise
from psoas.content.programmes import programmes

MOST_ITEMS: Final = 12
MOST_SETS: Final = 6
LONGEST_NOTE: Final = 300
MOST: Final = {"hold": 300, "reps": 50, "breaths": 100, "minutes": 60, "night": 1, "none": 1}
Refuse = Callable[[str, str], None]
_KEYS: Final = frozenset({"template", "note", "lock", "minutes", "when", "items", "walking"})


@dataclass(frozen=True)
class Draft:
    """A plan that can be written.

    Attributes:
        document: What is sealed of it.
        lock: Only a clinician changes it.
        walking: From how many minutes to begin, and the goal; None: as it is.
    """

    document: Document
    lock: bool
    walking: Mapping[str, float | None] | None


def check(raw: Mapping[str, Any], against: Callable[[Exercise], str]) -> Draft:
    """Return the draft, or refuse it with a sentence for every field that is wrong.

    ``against`` says why an exercise cannot be built in; empty where it can.
    """
    wrong: dict[str, list[str]] = {
        str(name)[:40]: [_("There is nothing called so in a plan.")] for name in raw.keys() - _KEYS
    }

    def refuse(field: str, sentence: str) -> None:
        wrong.setdefault(field, []).append(sentence)

    items = _items(raw.get("items"), refuse)
    for number, planned in items:
        found = exercise(planned.slug)
        if sentence := against(found):
            refuse(f"items-{number}", f"{found.title}: {sentence}")
    walking = walks.checked(raw.get("walking"), refuse)
    document: Document = {
        "template": _template(raw.get("template"), refuse),
        "note": _note(raw.get("note"), "note", refuse),
        "items": plan_rows.planned_documents(each for _number, each in items),
        "minutes": None,
        "when": "",
    }
    lock = _yes(raw.get("lock"), refuse)
    try:
        if raw.get("minutes") not in (None, ""):
            document["minutes"] = preferences.minutes_from(raw["minutes"])
        document["when"] = preferences.when_from(raw.get("when") or "")
    except Refusal as refusal:
        wrong |= refusal.fields
    if wrong:
        raise Refusal(wrong)
    return Draft(document, lock, walking)


def _items(raw: object, refuse: Refuse) -> list[tuple[int, Planned]]:
    if not isinstance(raw, list | tuple) or not 0 < len(raw) <= MOST_ITEMS:
        refuse("items", _("A plan holds 1 to %(most)s exercises.") % {"most": MOST_ITEMS})
        return []
    found: list[tuple[int, Planned]] = []
    for number, each in enumerate(raw):
        planned = _item(each, f"items-{number}", refuse)
        if planned is None:
            continue
        if any((one.slug, one.side) == (planned.slug, planned.side) for _n, one in found):
            refuse(f"items-{number}", _("It is in the plan already."))
            continue
        found.append((number, planned))
    return found


def _item(raw: object, where: str, refuse: Refuse) -> Planned | None:
    slug = raw.get("slug") if isinstance(raw, Mapping) else None
    try:
        found = exercise(slug) if isinstance(slug, str) else None
    except KeyError:
        found = None
    if found is None or not isinstance(raw, Mapping) or found.slug != slug:
        refuse(where, _("There is no such exercise."))
        return None
    side = raw.get("side") or ""
    if side and (side not in ("left", "right") or found.side != "one at a time"):
        refuse(where, _("%(name)s: choose left, right or both.") % {"name": found.title})
        side = ""
    sets = _number(raw.get("sets"), MOST_SETS, found, where, refuse)
    amount = _number(raw.get("amount"), MOST[found.dose.kind], found, where, refuse)
    note = _note(raw.get("note"), where, refuse)
    return Planned(found.slug, str(side), None if sets is None else int(sets), amount, note)


def _number(
    raw: object, most: int, found: Exercise, where: str, refuse: Refuse
) -> int | float | None:
    if raw in (None, ""):
        return None
    try:
        number = read_number(raw)
    except NotANumber:
        number = 0
    if not 1 <= number <= most or number != int(number):
        refuse(
            where,
            _("%(name)s: write a whole number from 1 to %(most)s.")
            % {"name": found.title, "most": most},
        )
        return None
    return int(number)


def _note(raw: object, where: str, refuse: Refuse) -> str:
    if raw in (None, ""):
        return ""
    if not isinstance(raw, str) or len(raw) > 4 * LONGEST_NOTE:
        refuse(where, _("Keep it to %(most)s letters.") % {"most": LONGEST_NOTE})
        return ""
    note = tidy_name(raw)
    if len(note) > LONGEST_NOTE:
        refuse(where, _("Keep it to %(most)s letters.") % {"most": LONGEST_NOTE})
    return note


def _template(raw: object, refuse: Refuse) -> str:
    if raw in (None, ""):
        return ""
    if not isinstance(raw, str) or raw not in {each.slug for each in programmes()}:
        refuse("template", _("There is no such template."))
        return ""
    return raw


def _yes(raw: object, refuse: Refuse) -> bool:
    if raw in (None, "", False):
        return False
    if raw in (True, "on", "yes", "1"):
        return True
    refuse("lock", _("Answer with yes or no."))
    return False
