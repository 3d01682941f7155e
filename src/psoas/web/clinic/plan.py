"""One person's plan for the clinician: what is in force and why, build it, change it, lock it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from psoas.care.assessment import gate
from psoas.care.people.access import Viewer, shared_categories
from psoas.care.people.models import Person
from psoas.care.people.refusal import Refusal
from psoas.care.programme import building, plans
from psoas.care.programme.building import Offer
from psoas.care.programme.plan_rows import OpenPlan
from psoas.care.programme.wanted import MINUTES
from psoas.care.programme.written import reasons_against
from psoas.content.exercise import Exercise
from psoas.content.exercises import exercise as named
from psoas.web.clinic import plan_form
from psoas.web.clinic.plan_form import Typed
from psoas.web.clinic.plan_words import Because, because, dose, known, still
from psoas.web.clinic.session_words import name_of
from psoas.web.clinic.whom import mixed_up, token, whom
from psoas.web.doors import door, viewer_of
from psoas.web.person.move_words import GROUPS

# The steps that write something at once; all others give the form back.
SAVE, LOCK, UNLOCK = "save", "lock", "unlock"


@dataclass(frozen=True)
class Line:
    """One exercise of a plan in force."""

    name: str
    still: SafeString
    dose: str
    note: str
    why: Because | None
    # Taken out whatever the day; and what only keeps it from today.
    refused: str
    not_today: str


@dataclass(frozen=True)
class Group:
    """What can be added, under one heading."""

    label: str
    exercises: tuple[Exercise, ...]


@door("clinician")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, key: UUID) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    if request.method == "POST":
        person = whom(viewer, key, now)
        return mixed_up(request, viewer, person) or _step(request, viewer, person, now)
    offer = building.offer(viewer, key, now)
    return _show(request, viewer, offer, plan_form.of_plan(offer.plan), now)


def _step(request: HttpRequest, viewer: Viewer, person: Person, now: datetime) -> HttpResponse:
    step = request.POST.get("do", "")
    typed = plan_form.of_post(request.POST)
    wrong: list[str] = []
    if step in {SAVE, LOCK, UNLOCK}:
        try:
            said = _write(request, viewer, person, typed, now)
        except Refusal as refusal:
            typed, wrong = plan_form.beside(typed, refusal.fields)
        else:
            messages.success(request, said)
            return redirect("person-plan", person.pk)
    offer = building.offer(viewer, person.pk, now)
    added = request.POST.get("added", "")
    typed = plan_form.stepped(typed, step, added, offer.templates, offer.refused)
    return _show(request, viewer, offer, typed, now, wrong)


def _write(
    request: HttpRequest, viewer: Viewer, person: Person, typed: Typed, now: datetime
) -> str:
    """Write what was asked for; returns what is said about it."""
    match request.POST["do"]:
        case "lock":
            building.lock(viewer, person.pk, seen=_seen(request), now=now)
            return _("Locked. Only somebody who looks after %(name)s changes it now.") % {
                "name": person.name
            }
        case "unlock":
            building.unlock(viewer, person.pk, seen=_seen(request), now=now)
            return _("Open again. %(name)s may have it made anew.") % {"name": person.name}
    raw = plan_form.raw(typed, lock="locked" in request.POST)
    building.build(viewer, person.pk, raw, seen=_seen(request), now=now)
    if gate.may(person, "routine", now).allowed:
        return _("Saved. %(name)s sees it now.") % {"name": person.name}
    return _("Saved. %(name)s sees it once the safety check opens exercise.") % {
        "name": person.name
    }


def _seen(request: HttpRequest) -> int:
    """Which version stood there when it was changed; 0 where there was none."""
    number = request.POST.get("seen", "")
    return int(number) if number.isdecimal() and len(number) < 9 else 0


def _show(
    request: HttpRequest,
    viewer: Viewer,
    offer: Offer,
    typed: Typed,
    now: datetime,
    wrong: Sequence[str] = (),
) -> HttpResponse:
    person, plan = offer.person, offer.plan
    shared = shared_categories(viewer, person, now)
    refused = bool(wrong) or any(row.wrong for row in typed.rows)
    context = {
        "person": person,
        "token": token(viewer, person),
        "seen": plan.number if plan else 0,
        "current": plan,
        "lines": [] if plan is None else _lines(plan, offer, shared),
        "out": _left_out(offer),
        "closed": not offer.opens,
        "typed": typed,
        "locked": "locked" in request.POST
        if request.method == "POST"
        else bool(plan and plan.locked),
        "wrong": wrong,
        "refused": refused,
        "editing": request.method == "POST" or plan is None,
        "templates": offer.templates,
        "groups": _groups(offer, typed),
        "before": _versions(viewer, person, now),
        "minutes": tuple(str(each) for each in MINUTES),
    }
    return render(request, "clinic/plan.html", context, status=422 if refused else 200)


def _lines(plan: OpenPlan, offer: Offer, shared: Collection[str]) -> list[Line]:
    lines = []
    for each in plan.items:
        against = reasons_against(each.slug, offer.given)
        refused = offer.refused.get(each.slug, "")
        found = known(each.slug)
        lines.append(
            Line(
                name_of(each.slug),
                still(found, each.side) if found else SafeString(""),
                dose(found, each.side, each.sets, each.amount) if found else "",
                each.note,
                because(each.why, shared) if each.why else None,
                refused,
                "" if refused else _not_today(because(against, shared)),
            )
        )
    return lines


def _not_today(found: Because) -> str:
    """What keeps it from today alone: it follows from sessions, so without the share nothing."""
    return " ".join(found.sentences)


def _versions(viewer: Viewer, person: Person, now: datetime) -> list[tuple[OpenPlan, str]]:
    """Every version, each with its exercises by name."""
    found = plans.history(viewer, now, person_id=person.pk)
    return [(each, "; ".join(name_of(slug) for slug in each.slugs)) for each in found]


def _left_out(offer: Offer) -> list[tuple[Exercise, str]]:
    """What cannot be in a plan of this person now, each with its reason, by name.

    What is only ever read is nobody's to add, and not said.
    """
    found = [
        (each, said)
        for slug, said in offer.refused.items()
        if not (each := named(slug)).information
    ]
    return sorted(found, key=lambda each: each[0].label)


def _groups(offer: Offer, typed: Typed) -> list[Group]:
    """What can be added and is not in it yet."""
    here = {row.slug for row in typed.rows}
    by_group: dict[str, list[Exercise]] = {}
    for each in offer.allowed:
        if each.slug not in here:
            by_group.setdefault(each.group, []).append(each)
    return [Group(str(GROUPS.get(name, name)), tuple(found)) for name, found in by_group.items()]
