"""A routine of five, seven or ten minutes, built by rules, each item able to say why it is there.

Filter by what is forbidden, by time of day and by what is at hand; fill the slots that the
minutes allow with what suits best; begin with a small dose; see that a goal and something liked
are in it; never more than five items. Pure: the same circumstances give the same routine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from psoas.care.programme.dosage import Amount, amount
from psoas.care.programme.forbidding import Reason, forbidden, within
from psoas.care.programme.reasons import Why, because, of_amount
from psoas.care.programme.shapes import (
    ANY_TIME,
    BREATH,
    DEEP,
    ENOUGH,
    GOALS,
    LONG_BREATHS,
    MOBILITY,
    ONLY,
    ORDER,
    REST,
    SHORT_BREATHS,
    STRENGTH,
    STRETCH,
    SUITS,
    Slot,
    shape,
)
from psoas.care.programme.wanted import MINUTES, SHORTEST, Circumstances
from psoas.content.exercise import Exercise
from psoas.content.exercises import EXERCISES
from psoas.content.exercises import exercise as named
from psoas.content.language import gettext as _

MOST_ITEMS: Final = 5
_SIDES: Final = {
    "one at a time": "each",
    "both": "both",
    "alternating": "alternating",
    "none": "none",
}


class NoRoutine(ValueError):
    """What was asked for cannot be a routine; its text is one plain sentence."""


@dataclass(frozen=True)
class Item:
    """One exercise of a routine.

    Attributes:
        slug: The exercise.
        side: "each" (one after the other, equally), "both", "alternating", "none", or "left" or
            "right" where a clinician chose one.
        amount: How much.
        why: Why it is there and why so much, the most telling first.
        within: Limits to keep to while doing it.
    """

    slug: str
    side: str
    amount: Amount
    why: tuple[Why, ...] = ()
    within: tuple[Reason, ...] = ()

    @property
    def exercise(self) -> Exercise:
        """What is done, as it is drawn within the limits."""
        return named(self.slug).within({each.datum for each in self.within})


@dataclass(frozen=True)
class LeftOut:
    """What would have suited and is not in it."""

    slug: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Routine:
    """A routine.

    Attributes:
        items: In the order of doing.
        left_out: What would have suited and is forbidden, resting or out of reach, with why.
        notes: Sentences about the whole: profiles that pull apart, nothing that remains.
    """

    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def minutes(self) -> float:
        """The minutes of all items."""
        return sum(item.amount.minutes for item in self.items)


def prescribe(given: Circumstances) -> Routine:
    """Build the routine for some circumstances.

    Raises:
        NoRoutine: The minutes are none that a routine is built for.
    """
    if given.minutes == SHORTEST:
        return shortest(given)
    if given.minutes not in MINUTES:
        raise NoRoutine(_("A routine takes 5, 7 or 10 minutes. Choose one of these."))
    slots = _slots(given)
    items: list[Item] = []
    left = float(given.minutes)
    for slot in slots:
        if found := _fill(slot, given, items, left):
            items.append(found)
            left -= found.amount.minutes
    items = _wanted(given, items)
    items = _use_up(given, items)
    return Routine(tuple(items[:MOST_ITEMS]), tuple(_left_out(given)), tuple(_notes(given, items)))


def _slots(given: Circumstances) -> tuple[Slot, ...]:
    """The shape of a routine; in a time of much strain a calm part stands in any of them."""
    slots = shape(given.shaping, given.when, given.minutes)
    calm = "distress" not in given.all_conditions or given.shaping == "distress" or BREATH in slots
    return slots if calm else (*slots[:-1], BREATH)


def shortest(given: Circumstances) -> Routine:
    """Build the two-minute version for a bad day: never nothing, where anything is open."""
    given = given.of(minutes=SHORTEST)
    items: list[Item] = []
    if given.when == "morning" and not given.gentle and given.shaping != "distress":
        for slot in (MOBILITY, STRETCH):
            for each in candidates(slot, given, items):
                found = as_item(each, given, sets=1)
                if found.amount.minutes <= 1:
                    items.append(found)
                    break
    if sum(item.amount.minutes for item in items) < SHORTEST:
        items = []
        if breaths := candidates(BREATH, given, items):
            minutes = float(SHORTEST)
            items = [as_item(_breath(breaths, given, minutes), given, minutes=minutes)]
    return Routine(tuple(items), tuple(_left_out(given)), tuple(_notes(given, items)))


def candidates(slot: Slot, given: Circumstances, taken: Sequence[Item]) -> list[Exercise]:
    """Return what may stand in a slot, the best first."""
    found = [
        each
        for each in EXERCISES
        if each.group in slot.groups
        and each.slug not in {item.slug for item in taken}
        and not forbidden(each, given)
        and fits(each, given)
    ]
    ranked = sorted(found, key=lambda each: _rank(each, given))
    suiting = [each for each in ranked if _suits(each, given)] or ranked
    if given.rotation and len(suiting) > 1 and not set(slot.groups) & {"breath", "walking"}:
        turn = given.rotation % len(suiting)
        suiting = suiting[turn:] + suiting[:turn]
    return suiting + [each for each in ranked if each not in suiting]


def fits(each: Exercise, given: Circumstances) -> bool:
    """Whether it may be chosen here at all: its time of day, what it needs, who it is for."""
    if each.parts or each.group in ("water", "yoga", "massage"):
        return False
    if given.resting(each.slug):
        return False
    if each.group == "strength" and not given.strength:
        return False
    if given.equipment is not None and not set(each.equipment) <= given.equipment | {"mat"}:
        return False
    profile = given.shaping
    if profile is not None and each.slug not in ONLY.get(profile, {each.slug}):
        return False
    if "oa" in given.all_conditions and each.slug in DEEP:
        return False
    # Where a profile makes the whole routine, its exercises are done when there is time for them.
    anytime = profile in ANY_TIME and _suits(each, given)
    return anytime or not each.when or given.when in each.when


def _suits(each: Exercise, given: Circumstances) -> bool:
    profile = given.shaping
    return profile is not None and each.slug in SUITS[profile]


def _rank(each: Exercise, given: Circumstances) -> tuple[int, int, str]:
    profile = given.shaping
    order = ORDER[given.when]
    own = SUITS[profile] if profile else ()
    first = own.index(each.slug) if each.slug in own else len(own)
    return first, order.index(each.slug) if each.slug in order else len(order), each.code


def _fill(slot: Slot, given: Circumstances, items: Sequence[Item], left: float) -> Item | None:
    """Return what a slot takes, or None where nothing that may stand there fits the time."""
    if "breath" in slot.groups or "walking" in slot.groups:
        return _timed(slot, given, items, left)
    for each in _with_fallback(slot, given, items):
        found = as_item(each, given)
        if found.amount.minutes <= left:
            return found
    return None


def _with_fallback(slot: Slot, given: Circumstances, items: Sequence[Item]) -> Iterator[Exercise]:
    """What the slot asks for; where nothing of it is open, what is left of the others."""
    yield from candidates(slot, given, items)
    for other in (STRETCH, MOBILITY, STRENGTH):
        if other != slot:
            yield from candidates(other, given, items)


def _timed(slot: Slot, given: Circumstances, items: Sequence[Item], left: float) -> Item | None:
    """Breath and walking take the time there is, five minutes where it fits."""
    if left < slot.least:
        return None
    found = candidates(slot, given, items)
    if not found:
        return None
    if "walking" in slot.groups:
        return as_item(found[0], given, minutes=min(left, 5.0))
    minutes = min(left, 5.0)
    # Lying still is offered to nobody who did not ask for it.
    wished = [each for each in candidates(REST, given, items) if each.slug in given.likes]
    if wished and left >= REST.least and not any(item.slug == wished[0].slug for item in items):
        return as_item(wished[0], given, minutes=minutes)
    return as_item(_breath(found, given, minutes), given, minutes=minutes)


def _breath(found: Sequence[Exercise], given: Circumstances, minutes: float) -> Exercise:
    """Short times get long exhales, longer ones paced breaths, unless a profile has its own."""
    if given.shaping in ("pregnancy", "gtp"):
        return found[0]
    wanted = SHORT_BREATHS if minutes < ENOUGH else LONG_BREATHS
    by_slug = {each.slug: each for each in found}
    return next((by_slug[slug] for slug in wanted if slug in by_slug), found[0])


def as_item(
    each: Exercise,
    given: Circumstances,
    *,
    minutes: float | None = None,
    sets: int | None = None,
    start: float | None = None,
) -> Item:
    """Return one exercise as it stands in a routine: how much, why, within which limits.

    Args:
        each: The exercise; whether it may be shown is `forbidden`'s to say.
        given: For whom and when.
        minutes: How long, for what is done for a time.
        sets: Other than it starts with.
        start: What a clinician set for one set of one side; see `dosage.amount`.
    """
    much = amount(
        each,
        dosage=given.dosage(each.slug),
        half=bool(given.half),
        lighter=bool(given.lighter),
        older=given.older,
        minutes=minutes,
        sets=sets,
        start=start,
    )
    why = (*because(each, given), *of_amount(each, given))
    return Item(each.slug, _SIDES[each.side], much, why, within(each, given))


def _wanted(given: Circumstances, items: list[Item]) -> list[Item]:
    """See that one item serves a goal and one is liked, where anything open does."""
    serving = {slug for goal in given.goals for slug in GOALS.get(goal, ())}
    held: set[str] = set()
    for wanted in (serving, set(given.likes)):
        here = [item.slug for item in items if item.slug in wanted]
        if wanted and not here:
            items, here = _exchanged(given, items, wanted, held)
        held.update(here[:1])
    return items


def _exchanged(
    given: Circumstances, items: list[Item], wanted: set[str], held: set[str]
) -> tuple[list[Item], list[str]]:
    """Put one that is wanted in the place of the last of its kind, if it takes no longer."""
    spare = given.minutes - sum(item.amount.minutes for item in items)
    for place in range(len(items) - 1, -1, -1):
        old = items[place]
        if old.slug in held:
            continue
        for each in candidates(Slot((old.exercise.group,)), given, items):
            if each.slug not in wanted:
                continue
            new = as_item(each, given, minutes=_time_of(old))
            if new.amount.minutes <= old.amount.minutes + spare:
                return [*items[:place], new, *items[place + 1 :]], [each.slug]
    return items, []


def _time_of(item: Item) -> float | None:
    return item.amount.minutes if item.exercise.group in ("breath", "walking") else None


def _use_up(given: Circumstances, items: list[Item]) -> list[Item]:
    """Give what strengthens its second set where minutes are left, and nothing speaks for less.

    What was ever cut gets there by its steps, so that nothing comes back at one go. A lighter
    week is a share of what the week would have held, so it is asked for that.
    """
    if given.half:
        return items
    usual = prescribe(given.of(lighter="")).items if given.lighter else ()
    twice = {item.slug for item in usual if item.amount.sets > 1}
    left = given.minutes - sum(item.amount.minutes for item in items)
    used: list[Item] = []
    for item in items:
        if _may_be_twice(item, given) and (not given.lighter or item.slug in twice):
            more = as_item(item.exercise, given, sets=2)
            if 0 < more.amount.minutes - item.amount.minutes <= left:
                left -= more.amount.minutes - item.amount.minutes
                item = more
        used.append(item)
    return used


def _may_be_twice(item: Item, given: Circumstances) -> bool:
    exercise = item.exercise
    counted = exercise.group == "strength" and exercise.dose.kind == "reps"
    return counted and exercise.dose.sets > 1 and not given.dosage(item.slug).cut


def _left_out(given: Circumstances) -> Iterator[LeftOut]:
    """What would suit a profile, serve a goal or is liked, and is not open now."""
    meant = [slug for profile in given.profiles for slug in SUITS[profile]]
    meant += [slug for goal in sorted(given.goals) for slug in GOALS.get(goal, ())]
    meant += sorted(given.likes)
    for slug in dict.fromkeys(meant):
        each = named(slug)
        if reasons := forbidden(each, given):
            yield LeftOut(slug, reasons)
        elif given.resting(slug):
            text = _("It rests for two days after a red session.")
            day = str(given.dosage(slug).off_until)
            yield LeftOut(slug, (Reason("red", text, day, ck=True),))


def _notes(given: Circumstances, items: Sequence[Item]) -> Iterator[str]:
    if len(given.profiles) > 1:
        yield _("Several things hold for you. The limits of all of them count; wishes give way.")
    if given.gentle:
        yield _(
            "Your usual pain is above 5. Nothing is loaded until it is lower; please talk to a"
            " physiotherapist."
        )
    if not items:
        yield _("Nothing of this kind is open to you now. Please talk to a clinician.")
    elif (
        not any(item.exercise.kind == "exercise" for item in items) and given.shaping != "distress"
    ):
        yield _("No exercise is open to you now. What remains is breathing.")
