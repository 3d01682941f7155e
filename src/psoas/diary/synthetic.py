"""Made-up diaries with a known truth: for the demo, and to check that answers are right."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from psoas.diary.table import DayTable, Row, tabulate

WEEKS = 26
LEVEL = 4.2
TREND_PER_FOUR_WEEKS = -0.15
CARRY, CARRIED_SPREAD, OWN_SPREAD = 0.6, 1.1, 0.7
# Monday to Sunday, in points.
WEEKDAY = (0.15, 0.0, 0.0, 0.0, 0.1, -0.1, -0.15)
NIGHT_OVER = 6.0
PLACES = ("front-right-groin", "back-right-buttock", "back-right-low-back")
GOOD_FEELINGS = ("calm", "hopeful", "content", "relieved")
HARD_FEELINGS = ("worried", "tense", "tired", "irritated", "discouraged")
HELPED = ("walk", "heat", "rest", "breathing", "talk")
HINDERED = ("stairs", "sitting", "walking", "sleep")


@dataclass(frozen=True)
class Suspect:
    """A trigger of the generator: how often it comes, how it clusters, and what it truly does.

    Attributes:
        slug: The trigger's slug.
        often: Chance of it on an ordinary day.
        workdays: Whether weekends are (nearly) free of it.
        stress: How much it comes together with the other stressful ones, 0 to 1.
        same_day: True effect on the day itself, in points.
        next_day: True effect on the day after, in points.
    """

    slug: str
    often: float
    workdays: bool = False
    stress: float = 0.0
    same_day: float = 0.0
    next_day: float = 0.0


SUSPECTS = (
    Suspect("long-sitting", 0.45, workdays=True, same_day=0.6),
    Suspect("conflict", 0.16, stress=0.6, next_day=1.0),
    Suspect("poor-sleep", 0.25, stress=0.4),
    Suspect("deadline", 0.25, workdays=True, stress=0.7),
    Suspect("stairs", 0.3),
    Suspect("cold", 0.2),
    Suspect("crowds", 0.12, stress=0.2),
    Suspect("alcohol", 0.15),
)


@dataclass(frozen=True)
class Moment:
    """An entry made when it hurt at night: its hour and minute, pain and place; nothing asked."""

    hour: int
    minute: int
    pain: int
    places: tuple[str, ...]


@dataclass(frozen=True)
class SyntheticDay:
    """Everything a made-up person wrote on one day.

    Attributes:
        day: The calendar day.
        pain: 0 to 10; None where there is no day entry.
        worst: 0 to 10, not below pain.
        places: Region slugs.
        feelings: Emotion slug to strength 1 to 4; empty where feelings were not asked.
        helped: "What helped" slugs.
        hindered: What it got in the way of.
        sleep: 0 (bad) to 10 (good).
        stiffness_min: Minutes.
        triggers: Every trigger asked about, 0 or 1; None where triggers were not asked.
        asked_feelings: Whether feelings were asked.
        moments: Night entries.
    """

    day: date
    pain: int | None
    worst: int | None = None
    places: tuple[str, ...] = ()
    feelings: dict[str, int] = field(default_factory=dict)
    helped: tuple[str, ...] = ()
    hindered: tuple[str, ...] = ()
    sleep: int | None = None
    stiffness_min: int | None = None
    triggers: dict[str, int] | None = None
    asked_feelings: bool = False
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True)
class Truth:
    """What is true in a made-up diary, in points of pain.

    Attributes:
        same_day: Effect of each trigger on its own day; triggers not named do nothing.
        next_day: Effect of each trigger on the day after.
        trend_per_four_weeks: The straight line under it all.
        weekday: Seven effects, Monday first.
        carry: Correlation of the carried-over part from one day to the next.
    """

    same_day: dict[str, float]
    next_day: dict[str, float]
    trend_per_four_weeks: float
    weekday: tuple[float, ...]
    carry: float


@dataclass(frozen=True)
class SyntheticDiary:
    """A made-up diary: the day table, every day in full, and the truth behind them."""

    table: DayTable
    days: tuple[SyntheticDay, ...]
    truth: Truth


def make_diary(seed: int, last: date, weeks: int = WEEKS) -> SyntheticDiary:
    """Make a diary that ends on ``last``; the same arguments always make the same diary.

    About one day in eight has no entry, more often when it hurts; about one day entry in ten is
    a quick one that asks neither triggers nor feelings, so its triggers are unknown.

    Args:
        seed: 0 or more.
        last: The last day.
        weeks: How many weeks up to it, at least 1.

    Example:
        >>> diary = make_diary(1, date(2026, 4, 14))
        >>> diary.table.span, diary.truth.next_day["conflict"]
        (182, 1.0)
    """
    chance = np.random.default_rng(seed)
    first = last - timedelta(days=weeks * 7 - 1)
    dates = [first + timedelta(days=n) for n in range(weeks * 7)]
    present = _draw_triggers(chance, dates)
    pain = _draw_pain(chance, dates, present)
    days = tuple(_write_day(chance, day, float(pain[t]), present[t]) for t, day in enumerate(dates))
    slugs = [suspect.slug for suspect in SUSPECTS]
    rows = [Row(one.day, one.pain, one.triggers or {}) for one in days]
    truth = Truth(
        {s.slug: s.same_day for s in SUSPECTS if s.same_day},
        {s.slug: s.next_day for s in SUSPECTS if s.next_day},
        TREND_PER_FOUR_WEEKS,
        WEEKDAY,
        CARRY,
    )
    return SyntheticDiary(tabulate(rows, slugs), days, truth)


def _draw_triggers(chance: np.random.Generator, dates: list[date]) -> NDArray[np.bool_]:
    # A slow tide of strain makes stressful things come together, as they do.
    tide = 0.0
    out = np.zeros((len(dates), len(SUSPECTS)), dtype=bool)
    for t, day in enumerate(dates):
        tide = 0.8 * tide + 0.6 * chance.normal()
        for k, suspect in enumerate(SUSPECTS):
            odds = np.log(suspect.often / (1 - suspect.often)) + suspect.stress * tide
            if suspect.workdays:
                odds += 0.4 if day.weekday() < 5 else -2.5
            out[t, k] = chance.random() < 1 / (1 + np.exp(-odds))
    return out


def _draw_pain(
    chance: np.random.Generator, dates: list[date], present: NDArray[np.bool_]
) -> NDArray[np.float64]:
    same = np.array([s.same_day for s in SUSPECTS])
    following = np.array([s.next_day for s in SUSPECTS])
    rare = present - np.array([s.often for s in SUSPECTS])
    carried = chance.normal() * CARRIED_SPREAD
    pain = np.empty(len(dates))
    for t, day in enumerate(dates):
        if t:
            fresh = CARRIED_SPREAD * np.sqrt(1 - CARRY**2) * chance.normal()
            carried = CARRY * carried + fresh
        yesterday = float(rare[t - 1] @ following) if t else 0.0
        pain[t] = (
            LEVEL
            + TREND_PER_FOUR_WEEKS * (t - len(dates) / 2) / 28
            + WEEKDAY[day.weekday()]
            + float(rare[t] @ same)
            + yesterday
            + carried
            + OWN_SPREAD * chance.normal()
        )
    return np.clip(np.round(pain), 0, 10)


def _write_day(
    chance: np.random.Generator, day: date, pain: float, present: NDArray[np.bool_]
) -> SyntheticDay:
    moments = _night(chance, pain)
    if chance.random() < 0.1 + 0.015 * pain - 0.03:
        return SyntheticDay(day, None, moments=moments)
    level = int(pain)
    worst = min(10, level + int(chance.integers(0, 3)))
    places = _pick(chance, PLACES, (0.9, 0.45, 0.2)) or PLACES[:1]
    if chance.random() < 0.1:
        return SyntheticDay(day, level, places=places, moments=moments)
    asked = bool(chance.random() < 0.85)
    stress = float(present[[1, 3]].sum())
    sleep = int(np.clip(np.round(7 - 3 * present[2] + chance.normal()), 0, 10))
    return SyntheticDay(
        day,
        level,
        worst=worst,
        places=places if level else (),
        feelings=_feelings(chance, stress, pain) if asked else {},
        helped=_pick(chance, HELPED, (0.3, 0.25, 0.2, 0.15, 0.1)) if level >= 3 else (),
        hindered=_pick(chance, HINDERED, (0.4, 0.35, 0.3, 0.25)) if level >= 5 else (),
        sleep=sleep,
        stiffness_min=int(np.clip(5 * round(pain + chance.normal()), 0, 60)),
        triggers={s.slug: int(present[k]) for k, s in enumerate(SUSPECTS)},
        asked_feelings=asked,
        moments=moments,
    )


def _night(chance: np.random.Generator, pain: float) -> tuple[Moment, ...]:
    # Drawn on every day, so that one day's entry never changes the next day's chances.
    odds, hour, minute = chance.random(), int(chance.integers(1, 5)), int(chance.integers(0, 60))
    if pain < NIGHT_OVER or odds > 0.4:
        return ()
    return (Moment(hour, minute, min(10, int(pain) + 1), PLACES[:1]),)


def _feelings(chance: np.random.Generator, stress: float, pain: float) -> dict[str, int]:
    hard = 0.15 + 0.2 * stress + 0.03 * pain
    words = _pick(chance, HARD_FEELINGS, (hard,) * len(HARD_FEELINGS))
    words += _pick(chance, GOOD_FEELINGS, (max(0.45 - hard / 2, 0.05),) * len(GOOD_FEELINGS))
    return {word: int(chance.integers(1, 5)) for word in words[:3]}


def _pick(
    chance: np.random.Generator, words: tuple[str, ...], odds: tuple[float, ...]
) -> tuple[str, ...]:
    drawn = chance.random(len(words))
    return tuple(w for w, o, d in zip(words, odds, drawn, strict=True) if d < o)
