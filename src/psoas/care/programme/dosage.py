"""How much of an exercise: the dose it starts with, and what the traffic light made of it since.

Where nothing else is said the numbers are common clinical knowledge: half after a red light, a
fifth less after two ambers that lasted into the next day, at most a fifth more at a time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, floor
from typing import Final

from psoas.care.programme.growing import (
    AFTER_AMBERS,
    AFTER_RED,
    LEAST,
    Size,
    Turn,
    followed,
    grown,
    part,
    taken,
)
from psoas.care.programme.light import AMBER, GREEN, RED, Light
from psoas.content.exercise import Exercise

# After a red light an exercise rests for one to two days; the longer of the two.
OFF: Final = timedelta(days=2)
TWO_REDS_WITHIN: Final = timedelta(days=7)
STEP: Final = 0.2
LIGHTER: Final = 0.6
GREENS: Final = 3
MOST_EFFORT: Final = 5
START_REPS: Final = 8
# Holds are counted in fives of seconds, but where somebody set another number.
_FIVE: Final = 5
# Seconds a repetition takes, unhurried: there, a short hold, and back.
_PACE_BOTH, _PACE_ONE, _PACE_EASY = 8, 5, 6
# Breaths a minute: slow-paced ones, and long exhales with a sigh between.
_SLOW_BREATHS, _LONG_BREATHS = 6, 5


@dataclass(frozen=True)
class Done:
    """One exercise in one session, as its light and its effort tell.

    Attributes:
        day: Of the session.
        light: The session's light.
        raised: The next morning was at least one above usual.
        effort: 0-10 after the session; None where it was not told.
    """

    day: date
    light: Light
    raised: bool = False
    effort: float | None = None


@dataclass(frozen=True)
class Dosage:
    """What became of an exercise's dose.

    Attributes:
        share: Of the dose it starts with, 1 at first.
        step: Steps taken in the order of progress: repetitions, then sets.
        off_until: The last day it rests; None where it does not.
        ask: Two reds within a week: a physiotherapist should look.
        cause: Which rule set it last: "red", "ambers", "greens", or empty.
        on: The day of the session the rule followed from.
        turns: What the lights did to it, the oldest first.
    """

    share: float = 1.0
    step: int = 0
    off_until: date | None = None
    ask: bool = False
    cause: str = ""
    on: date | None = None
    turns: tuple[Turn, ...] = ()

    @property
    def cut(self) -> bool:
        """Whether anything was ever taken away from it."""
        return self.share < 1 or any(turn != "greens" for turn in self.turns)

    def off(self, day: date) -> bool:
        """Whether it rests on this day."""
        return self.off_until is not None and day <= self.off_until


@dataclass(frozen=True)
class Amount:
    """How much of one exercise in one session.

    Attributes:
        sets: Of one side.
        hold_s, reps, breaths: One of them is given, or none for something done for a time.
        seconds: Of one set of one side.
        minutes: All of it, in halves.
    """

    sets: int
    hold_s: int | None
    reps: int | None
    breaths: int | None
    seconds: int
    minutes: float


def following(history: Iterable[Done]) -> Dosage:
    """Return what a history of lights, the oldest first, makes of a dose.

    Two reds within seven days ask for a physiotherapist; a morning that was not told counts as
    amber and never as progress (`light.light` sees to that).
    """
    now, before, greens = Dosage(), None, 0
    reds: list[date] = []
    for done in sorted(history, key=lambda each: each.day):
        if done.light == RED:
            again = bool(reds) and done.day - reds[-1] <= TWO_REDS_WITHIN
            reds.append(done.day)
            now, before, greens = _halved(now, done.day, again=again), None, 0
        elif done.light == AMBER:
            greens = 0
            if done.raised and before is not None and before.raised:
                now, before = _less(now, done.day), None
            else:
                before = done
        elif not now.off(done.day):
            # What was done while it rested says nothing of how it is borne.
            before, greens = None, greens + 1 if _easy(done) else 0
            if greens == GREENS:
                now, greens = _further(now, done.day), 0
    return now


def _halved(now: Dosage, day: date, *, again: bool) -> Dosage:
    return Dosage(
        max(LEAST, now.share * AFTER_RED),
        max(0, now.step - 1) if again else now.step,
        day + OFF,
        again,
        "red",
        day,
        (*now.turns, "second red" if again else "red"),
    )


def _less(now: Dosage, day: date) -> Dosage:
    """A fifth less; a rest that has begun goes on."""
    share = max(LEAST, now.share * AFTER_AMBERS)
    return replace(now, share=share, cause="ambers", on=day, turns=(*now.turns, "ambers"))


def _easy(done: Done) -> bool:
    return done.light == GREEN and done.effort is not None and done.effort <= MOST_EFFORT


def _further(now: Dosage, day: date) -> Dosage:
    """One step: what was taken away comes back first, a fifth at a time."""
    back = now.share < 1
    return replace(
        now,
        share=min(1.0, now.share * (1 + STEP)),
        step=now.step if back else now.step + 1,
        ask=False,
        cause="greens",
        on=day,
        turns=(*now.turns, "greens"),
    )


def three_ambers(lights: Sequence[Light]) -> bool:
    """Whether the last three sessions were amber: then a lighter week comes early."""
    return len(lights) >= 3 and all(each == AMBER for each in lights[-3:])


def amount(
    exercise: Exercise,
    *,
    dosage: Dosage = Dosage(),  # noqa: B008 - frozen
    half: bool = False,
    lighter: bool = False,
    older: bool = False,
    minutes: float | None = None,
    sets: int | None = None,
    start: float | None = None,
) -> Amount:
    """Return how much of an exercise is done in a routine.

    Args:
        exercise: What is done.
        dosage: What the lights made of it.
        half: Begin with half.
        lighter: It is a lighter week.
        older: Use the dose for somebody older, where there is one.
        minutes: For what is done for a time: how long there is.
        sets: Other than it starts with.
        start: Seconds, repetitions, breaths or minutes that a clinician set for one set of one
            side; the lights still take away from it.
    """
    if exercise.dose.kind in ("night", "none"):
        return Amount(1, None, None, None, 0, 0.0)
    low, high = exercise.dose.older if older and exercise.dose.older else _usual(exercise)
    share = LIGHTER if lighter else 1.0
    if half and exercise.kind == "exercise":
        share *= 0.5
    if exercise.dose.kind == "minutes" or exercise.group == "breath":
        share *= dosage.share
        return _timed(exercise, low, share, minutes=minutes, sets=sets, start=start)
    hold = exercise.dose.kind == "hold"
    first = low if hold else _first_reps(exercise, low)
    once = max(1, floor(first if start is None else start))
    unit = _FIVE if hold and once % _FIVE == 0 else 1
    begun = Size(sets or _sets(exercise), once // unit)
    # A hold does not grow by steps, and what a clinician set grows by nobody but them.
    fixed = hold or start is not None
    steps, high = (0, begun.once) if fixed else (dosage.step, high)
    as_set = start is not None or sets is not None
    size = _size(begun, int(high), dosage, share, steps=steps, as_set=as_set)
    if hold:
        seconds = size.once * unit
        return _amount(exercise, size.sets, seconds, hold_s=seconds)
    return _amount(exercise, size.sets, size.once * _pace(exercise), reps=size.once)


def _size(
    begun: Size, high: int, dosage: Dosage, share: float, *, steps: int, as_set: bool
) -> Size:
    """Grow first, then take away, so that half is half of what it had grown to."""
    if dosage.turns:
        now = followed(begun, high, dosage.turns, steps, as_set=as_set)
    else:
        now, share = grown(begun, high, steps), share * dosage.share
    return taken(now, part(now.total, share), high, as_set=as_set) if share < 1 else now


def _usual(exercise: Exercise) -> tuple[float, float]:
    return exercise.dose.low, exercise.dose.high


def _sets(exercise: Exercise) -> int:
    """A routine begins with one set of what strengthens, and with the usual ones of a stretch."""
    return (
        1 if exercise.group == "strength" and exercise.dose.kind == "reps" else exercise.dose.sets
    )


def _first_reps(exercise: Exercise, low: float) -> float:
    return min(low, START_REPS) if exercise.group == "strength" else low


def _pace(exercise: Exercise) -> int:
    if exercise.group != "strength":
        return _PACE_EASY
    return _PACE_BOTH if exercise.side == "both" else _PACE_ONE


def _timed(
    exercise: Exercise,
    low: float,
    share: float,
    *,
    minutes: float | None,
    sets: int | None,
    start: float | None,
) -> Amount:
    if exercise.group == "breath":
        # What stands there for breaths is counted in breaths, the rest in minutes.
        wanted = exercise.dose.minutes if minutes is None else minutes
        pace = _LONG_BREATHS if exercise.dose.kind == "breaths" else _SLOW_BREATHS
        return Amount(1, None, None, round(wanted * pace), round(wanted * 60), wanted)
    wanted = low if start is None else start
    count, sides = sets or exercise.dose.sets, _sides(exercise)
    if minutes is not None:
        # So long in all, whatever its sets.
        wanted, count = minutes / sides, 1
    if share < 1 or start is None:
        wanted = max(0.5, floor(wanted * share * 2 + 1e-9) / 2)
    seconds = round(wanted * 60)
    return Amount(count, None, None, None, seconds, ceil(count * sides * seconds / 30) / 2)


def _sides(exercise: Exercise) -> int:
    return 2 if exercise.side in ("one at a time", "alternating") else 1


def _amount(
    exercise: Exercise,
    sets: int,
    seconds: int,
    *,
    hold_s: int | None = None,
    reps: int | None = None,
) -> Amount:
    whole = ceil(sets * _sides(exercise) * seconds / 30) / 2
    return Amount(sets, hold_s, reps, None, seconds, whole)
