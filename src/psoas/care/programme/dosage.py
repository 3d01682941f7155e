"""How much of an exercise: the dose it starts with, and what the traffic light made of it since.

Where nothing else is said the numbers are common clinical knowledge: half after a red light, a
fifth less after two ambers that lasted into the next day, at most a fifth more at a time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from typing import Final

from psoas.care.programme.light import AMBER, GREEN, RED, Light
from psoas.content.exercise import Exercise

# After a red light an exercise rests for one to two days; the longer of the two.
OFF: Final = timedelta(days=2)
TWO_REDS_WITHIN: Final = timedelta(days=7)
LEAST: Final = 0.25
STEP: Final = 0.2
LIGHTER: Final = 0.6
GREENS: Final = 3
MOST_EFFORT: Final = 5
MOST_SETS: Final = 3
START_REPS: Final = 8
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
    """

    share: float = 1.0
    step: int = 0
    off_until: date | None = None
    ask: bool = False
    cause: str = ""
    on: date | None = None

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
            reds.append(done.day)
            again = len(reds) > 1 and reds[-1] - reds[-2] <= TWO_REDS_WITHIN
            now = Dosage(
                max(LEAST, now.share * 0.5),
                max(0, now.step - 1) if again else now.step,
                done.day + OFF,
                again,
                "red",
                done.day,
            )
            before, greens = None, 0
            continue
        if done.light == AMBER:
            greens = 0
            if done.raised and before is not None and before.raised:
                now = Dosage(
                    max(LEAST, now.share * 0.8), now.step, None, now.ask, "ambers", done.day
                )
                before = None
            else:
                before = done
            continue
        before, greens = None, greens + 1 if _easy(done) else 0
        if greens == GREENS:
            now, greens = _further(now, done.day), 0
    return now


def _easy(done: Done) -> bool:
    return done.light == GREEN and done.effort is not None and done.effort <= MOST_EFFORT


def _further(now: Dosage, day: date) -> Dosage:
    """One step: what was taken away comes back first, a fifth at a time."""
    if now.share < 1:
        return Dosage(min(1.0, now.share * (1 + STEP)), now.step, None, False, "greens", day)
    return Dosage(1.0, now.step + 1, None, False, "greens", day)


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
    low, high = exercise.dose.older if older and exercise.dose.older else _usual(exercise)
    kept = dosage.share * (LIGHTER if lighter else 1.0)
    share = kept * (0.5 if half and exercise.kind == "exercise" else 1.0)
    if exercise.dose.kind == "minutes" or exercise.group == "breath":
        return _timed(exercise, low if start is None else start, share, minutes)
    count = sets or _sets(exercise)
    if half and count > 1 and sets is None:
        # Half of two sets is one whole set.
        count, share = ceil(count / 2), kept
    if exercise.dose.kind == "hold":
        hold = max(5, 5 * round((low if start is None else start) * share / 5))
        return _amount(exercise, count, hold, hold_s=hold)
    first = _first_reps(exercise, low) if start is None else start
    reps, count = _grown(max(1, round(first * share)), high, count, dosage)
    return _amount(exercise, count, reps * _pace(exercise), reps=reps)


def _usual(exercise: Exercise) -> tuple[float, float]:
    return exercise.dose.low, exercise.dose.high


def _sets(exercise: Exercise) -> int:
    """A routine begins with one set of what strengthens, and with the usual ones of a stretch."""
    return (
        1 if exercise.group == "strength" and exercise.dose.kind == "reps" else exercise.dose.sets
    )


def _first_reps(exercise: Exercise, low: float) -> float:
    return min(low, START_REPS) if exercise.group == "strength" else low


def _grown(reps: int, high: float, sets: int, dosage: Dosage) -> tuple[int, int]:
    """Take the steps of progress: more repetitions, then another set."""
    first = reps
    for _ in range(dosage.step):
        if reps < high:
            reps = min(int(high), reps + max(1, floor(reps * STEP)))
        elif sets < MOST_SETS:
            reps, sets = first, sets + 1
    return reps, sets


def _pace(exercise: Exercise) -> int:
    if exercise.group != "strength":
        return _PACE_EASY
    return _PACE_BOTH if exercise.side == "both" else _PACE_ONE


def _timed(exercise: Exercise, low: float, share: float, minutes: float | None) -> Amount:
    if exercise.group == "breath":
        # What stands there for breaths is counted in breaths, the rest in minutes.
        wanted = exercise.dose.minutes if minutes is None else minutes
        pace = _LONG_BREATHS if exercise.dose.kind == "breaths" else _SLOW_BREATHS
        return Amount(1, None, None, round(wanted * pace), round(wanted * 60), wanted)
    wanted = max(1.0, (low if minutes is None else minutes) * share)
    whole = floor(wanted * 2) / 2
    return Amount(1, None, None, None, round(whole * 60), whole)


def _amount(
    exercise: Exercise,
    sets: int,
    seconds: int,
    *,
    hold_s: int | None = None,
    reps: int | None = None,
) -> Amount:
    sides = 2 if exercise.side in ("one at a time", "alternating") else 1
    whole = ceil(sets * sides * seconds / 30) / 2
    return Amount(sets, hold_s, reps, None, seconds, whole)
