"""A walk, the water, yoga, self-massage: noted in two taps, with what this week holds of each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from psoas.care.people.access import Viewer
from psoas.care.people.refusal import Refusal
from psoas.care.programme import sessions, walks
from psoas.care.programme.circumstances import circumstances
from psoas.care.programme.forbidding import Reason, forbidden, within
from psoas.care.programme.session_rows import OpenSession
from psoas.care.programme.told import OUTSIDE
from psoas.content.exercise import Exercise
from psoas.content.exercises import exercise as named
from psoas.web import gated
from psoas.web.doors import door, viewer_of
from psoas.web.person.move_one import made_of
from psoas.web.person.move_words import minutes_in_words

LABELS: Final = {
    "walk": (gettext_lazy("A walk"), "footprints"),
    "swim": (gettext_lazy("In the water"), "waves"),
    "yoga": (gettext_lazy("Yoga"), "person-standing"),
    "massage": (gettext_lazy("Self-massage"), "hand"),
}
_DAYS: Final = 3
_USUAL: Final = {
    "walk": (5, 10, 15, 20, 30, 45),
    "swim": (10, 15, 20, 30, 45, 60),
    "yoga": (5, 10, 15, 20, 30, 45),
    "massage": (1, 2, 3, 4, 5, 10),
}


@dataclass(frozen=True)
class Way:
    """One thing that is done outside the player."""

    kind: str
    label: str
    icon: str
    url: str
    exercise: Exercise
    week: walks.Graded | None
    sentence: str
    reasons: tuple[Reason, ...]
    within: tuple[Reason, ...]


@door("inside", opens="routine")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do:
        return _act(request, viewer, do, now)
    if key := request.GET.get("noted"):
        return _noted(request, viewer, gated.key_of(key), now)
    ways = _ways(viewer, now)
    kind = request.GET.get("kind", "")
    if kind in LABELS:
        return _one(request, next(each for each in ways if each.kind == kind))
    context = {"ways": ways, "recent": _recent(viewer, now)}
    return render(request, "person/move/outside.html", context)


def _act(request: HttpRequest, viewer: Viewer, do: str, now: datetime) -> HttpResponse:
    post = request.POST
    kind = post.get("kind", "")
    try:
        if do == "note":
            minutes = post.get("other") or post.get("minutes")
            key = gated.key_of(post.get("key", ""))
            done = sessions.record(viewer, kind, minutes, None, None, now, key=key)
            return redirect(reverse("move-outside", query={"noted": done.id}))
        if do == "felt":
            key = gated.key_of(post.get("key", ""))
            pain, effort = post.get("pain"), post.get("effort")
            pain = None if pain == "unsure" else pain
            sessions.finish(viewer, key, now, during=pain, after=pain, effort=effort)
            return redirect("move")
        if do == "begin" and kind in walks.KINDS:
            days = [each for each in post.getlist("baseline") if each.strip()]
            walks.begin(viewer, kind, days or None, now, goal=post.get("goal"))
            return redirect(reverse("move-outside", query={"kind": kind}))
    except Refusal as refusal:
        wrong = [text for texts in refusal.fields.values() for text in texts]
        if do == "felt":
            return _noted(request, viewer, key, now, wrong)
        ways = {each.kind: each for each in _ways(viewer, now)}
        if kind in ways:
            return _one(request, ways[kind], wrong)
    return redirect("move-outside")


def _one(request: HttpRequest, way: Way, wrong: list[str] | None = None) -> HttpResponse:
    first = way.week.minutes if way.week and way.week.minutes else None
    usual = _USUAL[way.kind]
    offered = sorted({*usual, first}) if first else list(usual)
    context = {
        "way": way,
        "minutes": offered,
        "first": first,
        "key": request.POST.get("key") or uuid4(),
        "typed": request.POST,
        "wrong": wrong,
        **made_of(way.exercise, circumstances(viewer_of(request).known, timezone.now())),
        "graded": way.kind in walks.KINDS,
        "baseline": _three(request.POST.getlist("baseline")),
    }
    return render(request, "person/move/outside_one.html", context, status=422 if wrong else 200)


def _three(typed: list[str]) -> list[str]:
    """What was typed for each of three days, and empty fields for the others."""
    return [*typed, "", "", ""][:_DAYS]


def _noted(
    request: HttpRequest,
    viewer: Viewer,
    key: UUID,
    now: datetime,
    wrong: list[str] | None = None,
) -> HttpResponse:
    done = sessions.read(viewer, key, now)
    context = {"done": done, "what": in_short(done), "typed": request.POST, "wrong": wrong}
    return render(request, "person/move/outside_noted.html", context, status=422 if wrong else 200)


def in_short(done: OpenSession) -> str:
    """ "A walk, 15 minutes"."""
    label = LABELS[done.kind][0] if done.kind in LABELS else _("Minutes")
    return _("%(what)s, %(minutes)s min") % {"what": label, "minutes": f"{done.minutes or 0:g}"}


def week_in_words(found: walks.Graded) -> str:
    """ "12 minutes on 3 days; so far on 1 of them"."""
    if not found.minutes:
        return _("It rests now.")
    days = ngettext("on %(n)s day", "on %(n)s days", found.week.days) % {"n": found.week.days}
    return _("This week: %(minutes)s, %(days)s; done on %(done)s so far.") % {
        "minutes": minutes_in_words(found.minutes),
        "days": days,
        "done": found.done,
    }


def _ways(viewer: Viewer, now: datetime) -> list[Way]:
    given = circumstances(viewer.known, now)
    found = []
    for kind, (label, icon) in LABELS.items():
        done = named(OUTSIDE[kind])
        week = walks.weeks(viewer, now, kind) if kind in walks.KINDS else None
        url = reverse("move-outside", query={"kind": kind})
        reasons, limits = forbidden(done, given), within(done, given)
        said = week_in_words(week) if week else ""
        found.append(Way(kind, str(label), icon, url, done, week, said, reasons, limits))
    return found


def _recent(viewer: Viewer, now: datetime) -> list[tuple[OpenSession, str]]:
    done = sessions.recent(viewer, now, days=7)
    return [(each, in_short(each)) for each in done if each.kind in LABELS]
