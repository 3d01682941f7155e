"""Walking, water and yoga week by week, from what was noted: minutes or days rise, never both.

A week follows from the one before and from the lights of what was done in it; nothing of it is
kept but the beginning, so a walk that is noted late counts where it belongs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import floor
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.journal.numbers import NotANumber, read_number
from psoas.care.people import trail
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.care.people.refusal import Refusal
from psoas.care.programme import grading, lights, preferences
from psoas.care.programme.circumstances import Known, gather
from psoas.care.programme.dosage import Done, following, three_ambers
from psoas.care.programme.forbidding import Reason, forbidden
from psoas.care.programme.grading import Week
from psoas.care.programme.looking import own, whose_sessions
from psoas.care.programme.reasons import Why
from psoas.care.programme.session_rows import OpenSession
from psoas.care.programme.told import OUTSIDE
from psoas.content.exercises import exercise

KINDS: Final = ("walk", "swim", "yoga")
AHEAD: Final = 6
LONGEST: Final = 240
_A_WEEK: Final = timedelta(days=7)
Refuse = Callable[[str, str], None]


@dataclass(frozen=True)
class Graded:
    """One week of walking, water or yoga.

    Attributes:
        kind: "walk", "swim" or "yoga".
        week: As the rules make it.
        minutes: Of one time, with what the lights took away; 0 while it rests or is closed.
        first: The week's first day.
        done: On how many days of this week it was done.
        ahead: The weeks to come if every session is green: a picture, no promise.
        why: Why this week is as it is.
        closed: Why it is not done now; empty where it is open.
    """

    kind: str
    week: Week
    minutes: int
    first: date
    done: int
    ahead: tuple[Week, ...]
    why: tuple[Why, ...]
    closed: tuple[Reason, ...]


def weeks(
    viewer: Viewer, now: datetime, kind: str, *, person_id: UUID | None = None
) -> Graded | None:
    """This week, and those to come; None where nobody has begun."""
    person = whose_sessions(viewer, now, person_id)
    return of_known(gather(person, now), _known(kind))


def begin(
    viewer: Viewer, kind: str, baseline: object, now: datetime, *, goal: object = None
) -> None:
    """Begin today. ``baseline``: minutes of three ordinary days or of one; None: from a little."""
    person = own(viewer)
    wrong: dict[str, list[str]] = {}
    chosen = checked(
        {"baseline": baseline, "goal": goal},
        lambda field, sentence: wrong.setdefault(field, []).append(sentence),
    )
    if wrong or chosen is None:
        raise Refusal(wrong)
    with transaction.atomic():
        set_for(person, _known(kind), chosen, now)
        trail.record("weeks begun", actor=person, subject=person, now=now)


def checked(raw: object, refuse: Refuse) -> dict[str, float | None] | None:
    """Read a beginning and a goal; None where none was given."""
    if raw in (None, "", {}):
        return None
    if not isinstance(raw, Mapping) or raw.keys() - {"baseline", "goal"}:
        refuse("walking", _("Give the minutes to begin from, and the goal."))
        return None
    given = raw.get("baseline")
    several = given if isinstance(given, list | tuple) else [given]
    days = [_minutes(each, "baseline", refuse) for each in several]
    known = [each for each in days if each is not None]
    if len(several) > 1 and len(known) < len(several):
        refuse("baseline", _("Write the minutes of three ordinary days."))
    lowest = grading.baseline(known) if len(several) > 1 else next(iter(known), None)
    if len(several) > 1 and lowest is None:
        refuse("baseline", _("Write the minutes of three ordinary days."))
    return {"baseline": lowest, "goal": _minutes(raw.get("goal"), "goal", refuse)}


def set_for(person: Person, kind: str, chosen: Mapping[str, Any], now: datetime) -> None:
    """Keep a beginning that was checked; the weeks are counted from today."""
    told = preferences.of_person(person)
    began = {"began": _today(person, now).isoformat(), **chosen}
    preferences.keep(person, {"weeks": {**told.weeks, kind: began}})


def _today(person: Person, now: datetime) -> date:
    return now.astimezone(ZoneInfo(person.zone)).date()


def of_known(known: Known, kind: str) -> Graded | None:
    """The same, where a person's circumstances were gathered before."""
    begun = known.told.weeks.get(kind)
    if begun is None:
        return None
    began = date.fromisoformat(begun["began"])
    goal = _goal(kind, begun.get("goal"))
    done = [each for each in known.sessions if _is(each, kind) and each.day >= began]
    slug = OUTSIDE[kind]
    history = lights.of_each(known.sessions).get(slug, [])
    week, first, minutes = _this_week(
        grading.first_week(_known(kind), begun.get("baseline")),
        began,
        done,
        history=history,
        today=known.day,
        now=known.given.dosage(slug).share,
        goal=goal,
    )
    closed = _closed(known, slug)
    return Graded(
        kind=kind,
        week=week,
        minutes=0 if closed else minutes,
        first=first,
        done=len({each.day for each in done if each.day >= first}),
        ahead=grading.planned(week, AHEAD, goal)[1:],
        why=tuple(_why(known, week, slug)),
        closed=closed,
    )


def _this_week(
    week: Week,
    began: date,
    done: Sequence[OpenSession],
    *,
    history: Sequence[Done],
    today: date,
    now: float,
    goal: tuple[float, int],
) -> tuple[Week, date, int]:
    """This week, its first day, and the minutes of one time with what the lights took away.

    What was taken away comes back from week to week, and the week holds its place until it is
    back: two things that rise at once would be more than a fifth.
    """
    first, share = began, _share(history, began)
    shown = _at_most(week.level[0], share)
    while first + _A_WEEK <= today:
        end = first + _A_WEEK
        least = _least(history, first, end, share)
        back = least == share and shown >= _shown(week.level[0])
        if not back:
            shown = _left(min(shown, _shown(week.minutes)), least, share)
        before = [each for each in done if each.day < end]
        # Who did nothing all week goes on from where they were.
        lived = any(each.day >= first for each in before)
        colours = [lights.lit(each).light for each in before] if lived else []
        ambers = three_ambers(colours)
        week = grading.next_week(week, colours if back else [], goal, ambers=ambers)
        first, share = end, _share(history, end)
        shown = min(_at_most(week.level[0], share), max(shown + 1, shown * 6 // 5))
    # A red of today counts at once, as everywhere.
    least = _least(history, first, today, min(share, now))
    return week, first, _left(min(shown, _shown(week.minutes)), least, share)


def _share(history: Sequence[Done], day: date) -> float:
    """What the lights leave of it on a morning."""
    return following(each for each in history if each.day < day).share


def _least(history: Sequence[Done], first: date, end: date, share: float) -> float:
    """The least that was left of it within a week: it falls on any day, and rises with the next."""
    days = {each.day + timedelta(days=1) for each in history if first <= each.day < end}
    return min([share, *(_share(history, day) for day in days)])


def _left(shown: int, least: float, share: float) -> int:
    """What is left of the minutes that were shown: half of them, and not of what they once were."""
    return max(1, floor(shown * least / share + 1e-9)) if least < share else shown


def _at_most(minutes: float, share: float) -> int:
    """What a share of them may come to: rounded down where something is taken away."""
    return _shown(minutes) if share >= 1 else max(1, floor(minutes * share + 1e-9))


def _shown(minutes: float) -> int:
    """Whole minutes, a half rounded up."""
    return floor(minutes + 0.5)


def _is(session: OpenSession, kind: str) -> bool:
    return session.kind == kind or any(each["slug"] == OUTSIDE[kind] for each in session.done)


def _goal(kind: str, minutes: float | None) -> tuple[float, int]:
    usual = grading.GOAL[_known(kind)]
    return (minutes, usual[1]) if minutes else usual


def _closed(known: Known, slug: str) -> tuple[Reason, ...]:
    if not known.leave.allowed:
        return (Reason("check", _("The safety check comes first."), known.leave.need),)
    if reasons := forbidden(exercise(slug), known.given):
        return reasons
    if known.given.resting(slug):
        return (Reason("red", _("It rests for two days after a red session."), slug, ck=True),)
    return ()


def _why(known: Known, week: Week, slug: str) -> list[Why]:
    words = {
        "begin": _("It begins at four fifths of what you can do on an ordinary day."),
        "minutes": _("Three of the last four were green, so the minutes rise, by a fifth at most."),
        "days": _("Three of the last four were green, so one day is added, and no minutes."),
        "lighter": _("Every fourth week, or after three ambers, it is about three fifths."),
        "hold": _("It stays as it is until three of the last four were green."),
        "goal": _("This is your goal. It stays here."),
    }
    found = [Why(week.cause, words[week.cause], f"{week.minutes:g} × {week.days}", ck=True)]
    dosage = known.given.dosage(slug)
    if dosage.share < 1 and dosage.on:
        text = _("Less of it since a session on %(day)s.") % {"day": dosage.on.isoformat()}
        found.append(Why(dosage.cause, text, dosage.on.isoformat(), ck=True))
    return found


def _known(kind: str) -> grading.Kind:
    match kind:
        case "walk" | "swim" | "yoga":
            return kind
    raise Refusal({"kind": [_("Choose a walk, water or yoga.")]})


def _minutes(raw: object, name: str, refuse: Refuse) -> float | None:
    if raw in (None, ""):
        return None
    try:
        number = float(read_number(raw))
    except NotANumber:
        number = 0.0
    if not 1 <= number <= LONGEST:
        refuse(name, _("Write minutes from 1 to %(most)s.") % {"most": LONGEST})
        return None
    return number
