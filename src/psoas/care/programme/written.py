"""The routine of a plan that a clinician wrote: its own exercises and doses, within what is open.

What the safety check, a condition or a red light takes away is taken away here as well, also from
a locked plan. A dose is never raised by a rule: whoever wrote it raises it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from django.utils.translation import gettext as _

from psoas.care.programme.dosage import Amount
from psoas.care.programme.forbidding import GENTLE, Reason, forbidden
from psoas.care.programme.plan_rows import OpenPlan, Planned
from psoas.care.programme.prescribing import Item, LeftOut, as_item
from psoas.care.programme.reasons import Why, of_amount
from psoas.care.programme.wanted import SHORTEST, Circumstances
from psoas.content.exercise import Exercise
from psoas.content.exercises import exercise

UNLOADED: Final = GENTLE | {"stretch"}


@dataclass(frozen=True)
class Due:
    """What of a plan is due on a day, and what of it is not and why."""

    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]


def due(plan: OpenPlan, given: Circumstances, *, minutes: int | None) -> Due:
    """Return what of a plan is done now; ``minutes``: no more than these."""
    items: list[Item] = []
    left_out: list[LeftOut] = []
    for planned in plan.items:
        reasons = reasons_against(planned.slug, given)
        if reasons:
            left_out.append(LeftOut(planned.slug, reasons))
        else:
            items.append(_item(planned, plan, given))
    return Due(tuple(_as_many_as_fit(items, given, minutes)), tuple(left_out))


def short(plan: OpenPlan, given: Circumstances) -> tuple[Item, ...]:
    """Return what of a plan fits into two minutes, one set of each."""
    left, items = float(SHORTEST), list[Item]()
    for planned in plan.items:
        if reasons_against(planned.slug, given):
            continue
        item = _item(planned, plan, given, sets=1)
        # It is what a bad day is offered: nothing that loads stands in it.
        if item.exercise.group in UNLOADED and item.amount.minutes <= left:
            items.append(item)
            left -= item.amount.minutes
    return tuple(items)


def reasons_against(slug: str, given: Circumstances) -> tuple[Reason, ...]:
    """Why an exercise of a plan is not done today; none: it is."""
    found = _known(slug)
    if found is None:
        return (Reason("unknown", _("This exercise is no longer in the library."), slug),)
    if reasons := forbidden(found, given):
        return reasons
    if given.resting(slug):
        text = _("It rests for two days after a red session.")
        until = given.dosage(slug).off_until
        return (Reason("red", text, until.isoformat() if until else "", ck=True),)
    if found.group == "strength" and not given.strength:
        text = _("Strengthening is for every other day, three days a week at most.")
        return (Reason("turn", text, "strength"),)
    return ()


def banned(plan: OpenPlan, given: Circumstances) -> list[str]:
    """The exercises of a plan that are taken out whatever the day."""
    return [
        slug for slug in plan.slugs if (found := _known(slug)) is None or forbidden(found, given)
    ]


def _known(slug: str) -> Exercise | None:
    try:
        return exercise(slug)
    except KeyError:
        return None


def _item(
    planned: Planned, plan: OpenPlan, given: Circumstances, *, sets: int | None = None
) -> Item:
    found, dosage = exercise(planned.slug), given.dosage(planned.slug)
    # What the lights take away is taken from what was written; nothing is added to it.
    # Half to begin with is for the rules' own amounts: who wrote one has thought of it.
    own = planned.amount is not None or planned.sets is not None
    half = "" if own else given.half
    ours = given.of(half=half, doses={found.slug: replace(dosage, step=0)})
    item = as_item(
        found,
        ours,
        sets=sets or planned.sets,
        start=planned.amount,
        minutes=_minutes(found, planned),
    )
    said = _("%(name)s chose it for you.") % {"name": plan.made_by_name or _("A clinician")}
    whys = [Why("chosen", f"{said} {planned.note}".strip(), plan.made_at.date().isoformat())]
    if dosage.share < 1 or given.lighter or half:
        whys += of_amount(found, ours)
    one_side = planned.side in ("left", "right")
    much = _of_one_side(item.amount) if one_side and found.side != "both" else item.amount
    return replace(item, side=planned.side or item.side, amount=much, why=tuple(whys))


def _minutes(found: Exercise, planned: Planned) -> float | None:
    """Breath goes by the minute; where its dose counts breaths, so many take so long."""
    if found.group != "breath" or not planned.amount:
        return None
    if found.dose.kind == "breaths":
        return planned.amount * found.dose.minutes / found.dose.low
    return planned.amount


def _of_one_side(much: Amount) -> Amount:
    return replace(much, minutes=ceil(much.sets * much.seconds / 30) / 2)


def _as_many_as_fit(items: Sequence[Item], given: Circumstances, minutes: int | None) -> list[Item]:
    """All of them, or as many as fit; which come first changes from day to day."""
    if minutes is None or sum(each.amount.minutes for each in items) <= minutes or not items:
        return list(items)
    first = given.rotation % len(items)
    left, kept = float(minutes), set[int]()
    for turn in range(len(items)):
        place = (first + turn) % len(items)
        if items[place].amount.minutes <= left or not kept:
            kept.add(place)
            left -= items[place].amount.minutes
    return [item for place, item in enumerate(items) if place in kept]
