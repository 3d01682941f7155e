"""Today's minutes as the player on a device gets them: every turn, in order, with its side.

Which turns there are is decided here and nowhere else: the script counts them down. A side that is
done is always followed by the other one, so that whoever stops in the middle has done both nearly
equally.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from psoas.care.programme.plans import Today
from psoas.care.programme.prescribing import Item, Routine
from psoas.care.programme.swapping import Swaps
from psoas.motion.figure import Side
from psoas.web.person import figures
from psoas.web.person.move_words import amount_in_words

VERSION: Final = 1
# The right one first; what has no side of its own is drawn as for the right.
SIDES: Final[Mapping[str, tuple[Side | None, ...]]] = {
    "each": ("right", "left"),
    "left": ("left",),
    "right": ("right",),
}
# Up to which share of one breath which word stands. Slow: about 4 seconds in, 6 out. A long breath
# out: about 3 in, 7 out, and a rest.
SLOW: Final = ((0.4, "in"), (1.0, "out"))
LONG: Final = ((0.25, "in"), (0.83, "out"), (1.0, "rest"))
# What is told of a session knows these sides; a movement to and fro is one of both.
_TOLD_AS: Final = {"left": "left", "right": "right", "each": "each"}


def document(
    today: Today,
    swaps: Swaps,
    still_open: Iterable[str],
    stamp: str,
    now: datetime,
    *,
    keeps: bool,
) -> dict[str, Any]:
    """The routine, its two-minute version, and until when both are right for this person."""
    return {
        "v": VERSION,
        "version": today.version,
        # As every page says it: where it is another one, this copy is thrown away.
        "stamp": stamp,
        # Whether it may lie on the device: not where a PIN guards what is opened there.
        "keeps": keeps,
        "now": now.isoformat(),
        "made_at": today.made_at.isoformat(),
        "expires_at": today.expires_at.isoformat(),
        "minutes": today.routine.minutes,
        "gentle": today.gentle,
        # What a session that was left half way may go on with.
        "open": list(still_open),
        "items": _items(today.routine, swaps),
        "short": _items(today.shortest, swaps),
        "notes": list(today.routine.notes),
    }


def turns(item: Item) -> list[dict[str, Any]]:
    """Each turn of an item: which side, what is counted, how many seconds."""
    much = item.amount
    kind, count = "hold", None
    if much.reps is not None:
        kind, count = "reps", much.reps
    elif much.breaths is not None:
        kind, count = "breaths", much.breaths
    elif much.hold_s is None:
        kind = "time"
    sides = SIDES.get(item.side, (None,))
    one: dict[str, Any] = {"kind": kind, "count": count, "seconds": much.seconds}
    if kind == "breaths":
        one["rhythm"] = LONG if item.exercise.dose.kind == "breaths" else SLOW
    return [{**one, "side": side} for _set in range(much.sets) for side in sides]


def told_side(item: Item) -> str:
    """The side as a session tells it."""
    return _TOLD_AS.get(item.side, "both")


def _items(routine: Routine, swaps: Swaps) -> list[dict[str, Any]]:
    return [
        {**_item(item), "swaps": [_item(each) for each in swaps(item)]} for item in routine.items
    ]


def _item(item: Item) -> dict[str, Any]:
    exercise, much = item.exercise, item.amount
    return {
        "slug": item.slug,
        "title": exercise.title,
        "cue": exercise.cue_label,
        "side": told_side(item),
        "sets": much.sets,
        "hold_s": much.hold_s,
        "reps": much.reps,
        "breaths": much.breaths,
        "seconds": much.seconds,
        "dose": amount_in_words(much, item.side),
        "within": [reason.text for reason in item.within],
        "turns": turns(item),
        "figures": _drawn(item),
        "swaps": [],
    }


def _drawn(item: Item) -> dict[str, str]:
    """Where each side's drawing is fetched from: drawing them all here would take too long."""
    found = {
        side or "none": figures.whole_address(item.exercise, side or "right")
        for side in SIDES.get(item.side, (None,))
    }
    return {side: address for side, address in found.items() if address}
