"""Something else instead: what a plan allows in the place of one of its exercises.

Of the same kind, open to this person at this moment, and no longer than what it stands in for.
Where a clinician locked the plan, only what the plan itself holds.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import ceil
from typing import Final

from psoas.care.programme.forbidding import forbidden
from psoas.care.programme.prescribing import Item, as_item, candidates, fits
from psoas.care.programme.shapes import Slot
from psoas.care.programme.wanted import Circumstances
from psoas.content.exercise import Exercise
from psoas.content.exercises import EXERCISES
from psoas.content.exercises import exercise as named

MOST: Final = 3
# As a clinician chose it; nothing of ours does one side alone.
ONE_SIDE: Final = frozenset({"left", "right"})
Swaps = Callable[[Item], tuple[Item, ...]]


def instead_of(
    given: Circumstances, items: Sequence[Item], only: frozenset[str] | None = None
) -> Swaps:
    """Return what says, for one item of a routine, what may stand in its place.

    Args:
        given: What is known of the person now.
        items: Of the routine: none of them is offered a second time.
        only: Slugs of a locked plan; None where the rules choose freely.
    """

    def swaps(item: Item) -> tuple[Item, ...]:
        found = [
            other
            for each in _ranked(item, given, items)
            if (only is None or each.slug in only)
            and (item.side not in ONE_SIDE or each.side == "one at a time")
            and (other := _dosed(each, given, item)).amount.minutes <= item.amount.minutes
        ]
        return tuple(found[:MOST])

    return swaps


def still_open(given: Circumstances) -> tuple[str, ...]:
    """Return the slugs of all that is not forbidden now, whoever planned it and when."""
    return tuple(each.slug for each in EXERCISES if not forbidden(each, given))


def _ranked(item: Item, given: Circumstances, items: Sequence[Item]) -> list[Exercise]:
    """The easier ways its file names come first, then what suits best of the same group."""
    taken = {each.slug for each in items}
    easier = [named(way.to) for way in item.exercise.easier if way.to and way.to not in taken]
    first = [each for each in easier if _open(each, given)]
    rest = candidates(Slot((item.exercise.group,)), given, items)
    return [*first, *(each for each in rest if each not in first)]


def _open(each: Exercise, given: Circumstances) -> bool:
    return fits(each, given) and not forbidden(each, given)


def _dosed(each: Exercise, given: Circumstances, item: Item) -> Item:
    timed = each.group in ("breath", "walking")
    other = as_item(each, given, minutes=item.amount.minutes if timed else None)
    if item.side not in ONE_SIDE:
        return other
    # Whoever chose one side may have meant to spare the other.
    much = replace(other.amount, minutes=ceil(other.amount.sets * other.amount.seconds / 30) / 2)
    return replace(other, side=item.side, amount=much)
