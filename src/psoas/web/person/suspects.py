"""What the person thinks sets it off or helps, and the triggers they named themselves."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from psoas.care.journal import notebook as notebooks
from psoas.care.journal.notebook import MOST_SUSPECTS, Notebook, open_notebook
from psoas.care.journal.reading import span
from psoas.care.people.refusal import Refusal
from psoas.content.triggers import TRIGGERS
from psoas.web.doors import door, viewer_of
from psoas.web.person.guessing import is_early
from psoas.web.person.testing import Way, way_to_test

_REMARKS = {trigger.slug for trigger in TRIGGERS if not trigger.exposure}


@dataclass(frozen=True)
class Place:
    """One of the three lines of the form: what was chosen, and which way it is thought to go."""

    number: int
    trigger: str
    helps: bool
    since: date | None = None
    way: Way = field(default_factory=Way)


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if request.method != "POST":
        return _suspects_page(request, _places(open_notebook(viewer)))
    places = [
        Place(n, request.POST.get(f"suspect-{n}", ""), request.POST.get(f"way-{n}") == "helps")
        for n in range(1, MOST_SUSPECTS + 1)
    ]
    chosen = [(place.trigger, place.helps) for place in places if place.trigger]
    try:
        notebooks.name_suspects(viewer, chosen, now=timezone.now())
    except Refusal as refusal:
        return _suspects_page(request, places, refusal.fields)
    messages.success(request, _("Saved."))
    return redirect("today")


def _suspects_page(
    request: HttpRequest, places: list[Place], wrong: dict[str, list[str]] | None = None
) -> HttpResponse:
    viewer = viewer_of(request)
    notebook, ends = open_notebook(viewer), span(viewer)
    offered = [each for each in notebook.offered() if each.key not in _REMARKS]
    offered += _retired_but_chosen(notebook, places, {each.key for each in offered})
    context = {
        "places": places,
        "all_days_count": is_early(ends[0] if ends else None, timezone.localdate()),
        "groups": [
            (heading, [(each.key, capfirst(each.label)) for each in members])
            for heading, members in groupby(offered, key=lambda each: each.group)
        ],
        "wrong": [text for texts in (wrong or {}).values() for text in texts],
    }
    return render(request, "person/suspects/page.html", context, status=422 if wrong else 200)


def _retired_but_chosen(
    notebook: Notebook, places: list[Place], there: set[str]
) -> list[notebooks.Offered]:
    chosen = {place.trigger for place in places} - there
    return [
        notebooks.Offered(own.key, own.name, _("Your own"), own.number)
        for own in notebook.own
        if own.key in chosen
    ]


def _places(notebook: Notebook) -> list[Place]:
    named = [
        Place(
            n,
            each.trigger,
            each.helps,
            date.fromisoformat(each.since),
            way if (way := way_to_test([each.trigger], notebook)).ready else Way(),
        )
        for n, each in enumerate(notebook.suspects, start=1)
    ]
    return named + [Place(n, "", False) for n in range(len(named) + 1, MOST_SUSPECTS + 1)]


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    if request.method != "POST":
        return _own_page(request)
    key = request.POST.get("key", "")
    try:
        match request.POST.get("do"):
            case "add":
                name = request.POST.get("name", "")
                notebooks.add_own(viewer, name, number="number" in request.POST, now=now)
                messages.success(request, _("Added. It is offered from today on."))
            case "retire":
                notebooks.retire_own(viewer, key, now=now)
                messages.success(request, _("No longer offered. What you recorded stays."))
            case "back":
                notebooks.bring_back_own(viewer, key)
                messages.success(request, _("Offered again."))
            case "choices":
                pad = request.POST.get("feelings") == "pad"
                notebooks.set_choices(viewer, cycle="cycle" in request.POST, pad=pad)
                messages.success(request, _("Saved."))
    except Refusal as refusal:
        return _own_page(request, refusal.fields)
    return redirect("me-own")


def _own_page(request: HttpRequest, wrong: dict[str, list[str]] | None = None) -> HttpResponse:
    notebook = open_notebook(viewer_of(request))
    context = {
        "notebook": notebook,
        "offered": [each for each in notebook.own if each.until is None],
        "retired": [each for each in notebook.own if each.until is not None],
        "name": request.POST.get("name", "") if wrong else "",
        "number": wrong is not None and "number" in request.POST,
        "wrong": " ".join((wrong or {}).get("name", [])),
    }
    return render(request, "person/suspects/own.html", context, status=422 if wrong else 200)
