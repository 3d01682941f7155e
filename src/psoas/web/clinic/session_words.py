"""What somebody did since last time, summed up for a clinician: counts, medians, what was skipped.

What was not told is left out of every number and never counted as nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from psoas.care.programme.session_rows import OpenSession
from psoas.care.programme.stopping import SIGNS, stop_of
from psoas.charts.sessions import Done, Light
from psoas.content.exercises import exercise as named
from psoas.web.clinic.numbers import shown


@dataclass(frozen=True)
class Skipped:
    """One exercise that was not done as planned, how often, and the reasons that were given."""

    name: str
    times: int
    reasons: str
    swapped_for: str


@dataclass(frozen=True)
class Stopped:
    """A session that was stopped for a sign."""

    day: date
    sign: str
    during: str
    emergency: bool


@dataclass(frozen=True)
class Summary:
    """The few facts that stand above everything else."""

    sessions: int
    days: int
    of_days: int
    lights: str
    before: str
    after: str
    unanswered: int


def kind_said(kind: str) -> str:
    """What a session was, in a word."""
    names = {
        "routine": _("Routine"),
        "short": _("Short version"),
        "walk": _("Walk"),
        "swim": _("Water"),
        "yoga": _("Yoga"),
        "massage": _("Self-massage"),
    }
    return names.get(kind, kind)


def done(session: OpenSession, light: Light) -> Done:
    """A session as its chart and its row show it."""
    told = session.next_day or {}
    return Done(
        session.day,
        kind_said(session.kind),
        session.number("before"),
        session.number("during"),
        session.number("after"),
        told.get("pain"),
        light,
    )


def morning_said(session: OpenSession) -> str:
    """The next morning in words, with its number where one was told."""
    told = session.next_day
    if not told:
        return _("not told")
    names = {"usual": _("as usual"), "bit": _("a bit up"), "much": _("much more")}
    said = names.get(str(told.get("answer")), _("not told"))
    return f"{said} ({shown(told['pain'])})" if told.get("pain") is not None else said


def summary(sessions: Sequence[OpenSession], lights: Mapping[UUID, Light], of_days: int) -> Summary:
    """Sum up; medians are of those that were told."""
    counted: Counter[str] = Counter(lights.get(each.id, "") for each in sessions)
    names = {"green": _("green"), "amber": _("amber"), "red": _("red")}
    said = [f"{counted[light]} {name}" for light, name in names.items() if counted[light]]
    return Summary(
        len(sessions),
        len({each.day for each in sessions}),
        of_days,
        ", ".join(said),
        _middle(sessions, "before"),
        _middle(sessions, "after"),
        sum(each.next_day is None for each in sessions),
    )


def skipped(sessions: Sequence[OpenSession]) -> list[Skipped]:
    """What was skipped or swapped, the most often first."""
    times: Counter[str] = Counter()
    why: dict[str, Counter[str]] = defaultdict(Counter)
    instead: dict[str, set[str]] = defaultdict(set)
    for session in sessions:
        for item in session.items:
            if item["state"] not in {"skipped", "swapped"}:
                continue
            slug = item.get("for") if item["state"] == "swapped" else item["slug"]
            slug = str(slug or item["slug"])
            times[slug] += 1
            if item.get("reason"):
                why[slug][str(item["reason"])] += 1
            if item["state"] == "swapped":
                instead[slug].add(name_of(str(item["slug"])))
    return [
        Skipped(
            name_of(slug),
            n,
            ", ".join(f"{_reason(each)} ({times_said(m)})" for each, m in why[slug].most_common()),
            ", ".join(sorted(instead[slug])),
        )
        for slug, n in sorted(times.items(), key=lambda one: (-one[1], one[0]))
    ]


def stopped(sessions: Sequence[OpenSession]) -> list[Stopped]:
    """Every sign that sessions were stopped for, the sessions in the order given."""
    return [
        Stopped(each.day, sign_said(sign), name_of(at), stop_of(sign).route == "help")
        for each in sessions
        for sign, at in each.signs
    ]


def sign_said(slug: str) -> str:
    """A sign to stop for, as the person reads it; one that is not known here, by its name."""
    unknown = _("a sign that is not known here (%(name)s)") % {"name": slug}
    return next((each.label for each in SIGNS if each.slug == slug), unknown)


def name_of(slug: str) -> str:
    """An exercise by name; what is no longer known, by what it was called."""
    try:
        return named(slug).title
    except KeyError:
        return slug


def times_said(n: int) -> str:
    """How often, in words."""
    return ngettext("%(n)s time", "%(n)s times", n) % {"n": n}


def items_said(session: OpenSession) -> str:
    """What was done of a session, in one line: so many of so many."""
    if session.kind not in {"routine", "short"}:
        return _("%(n)s min") % {"n": shown(session.minutes)} if session.minutes else ""
    slugs = {each["slug"] for each in session.items}
    return _("%(n)s of %(all)s") % {
        "n": len({each["slug"] for each in session.done}),
        "all": len(slugs),
    }


def _reason(slug: str) -> str:
    names = {
        "hurts": _("it hurts"),
        "no-time": _("no time"),
        "no-things": _("something for it was missing"),
        "not-today": _("not today"),
        "do-not-like": _("not liked"),
        "too-hard": _("too hard"),
    }
    return names.get(slug, slug)


def _middle(sessions: Sequence[OpenSession], name: str) -> str:
    told: list[Any] = [n for each in sessions if (n := each.number(name)) is not None]
    return shown(median(told)) if told else ""
