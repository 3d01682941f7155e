"""From a trigger or a practice to a schedule: shown whole, then started with one button."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from psoas.care.experiment import starting, switches
from psoas.care.experiment.one_at_a_time import LATEST_START
from psoas.care.experiment.reading import under_way
from psoas.care.experiment.switches import Switch
from psoas.care.journal.notebook import open_notebook, trigger_label
from psoas.care.people.refusal import Refusal
from psoas.web import gated
from psoas.web.doors import door, viewer_of
from psoas.web.person import experiment_offers as offering
from psoas.web.person.experiment_words import blocks, chances


@dataclass(frozen=True)
class Asked:
    """What the plan's page was asked for: the switch, the way to it, and what was answered."""

    switch: Switch
    key: UUID
    trigger: str = ""
    clinician: str = ""
    first: str = ""
    others: tuple[Switch, ...] = ()
    wrong: dict[str, list[str]] = field(default_factory=dict)


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _posted(request)
    notebook = open_notebook(viewer_of(request))
    asked = request.GET.get("from", "")
    if asked and offering.is_key(asked, notebook):
        # Sent on to an address that says nothing: this one would stay in the history.
        return redirect(offering.address(asked, notebook))
    origin = offering.origin_of(asked, notebook) if asked else None
    if origin is None:
        if asked or "own" not in request.GET:
            return _choose(request)
        return _own_words(request)
    if origin.switches:
        first, *others = origin.switches
        trigger = origin.key if origin.trigger else ""
        return _plan(request, Asked(first, uuid4(), trigger, others=tuple(others)))
    if origin.key.startswith("own-"):
        return _own_words(request, {"name": origin.trigger})
    return _choose(request, watched=origin.trigger)


def _posted(request: HttpRequest) -> HttpResponse:
    posted = request.POST
    try:
        switch = _switch(request)
    except Refusal as refusal:
        return _own_words(request, posted.dict(), refusal.fields)
    if switch is None:
        return _choose(request)
    notebook = open_notebook(viewer_of(request))
    trigger = posted.get("trigger", "")
    trigger = trigger if trigger_label(trigger, notebook) is not None else ""
    key = _uuid(posted.get("key", ""))
    asked = Asked(switch, key, trigger, posted.get("clinician", ""), posted.get("first", ""))
    return _start(request, asked) if posted.get("do") == "start" else _plan(request, asked)


def _switch(request: HttpRequest) -> Switch | None:
    posted = request.POST
    if posted.get("practice"):
        return switches.offered(posted["practice"])
    if "name" not in posted:
        return None
    return switches.in_own_words(posted["name"], posted.get("on", ""), posted.get("off", ""))


def _start(request: HttpRequest, asked: Asked) -> HttpResponse:
    if closed := _closed(request, asked.switch):
        return closed
    raw = {"clinician": asked.clinician, "first": asked.first}
    try:
        started = starting.start(
            viewer_of(request),
            asked.switch,
            raw,
            experiment_id=asked.key,
            now=timezone.now(),
            trigger=asked.trigger,
        )
    except Refusal as refusal:
        return _plan(request, Asked(**{**vars(asked), "wrong": refusal.fields}))
    if started.fresh:
        messages.success(request, _("The coin has decided. Today tells you each day what it asks."))
    return redirect("experiment", started.id)


def _plan(request: HttpRequest, asked: Asked) -> HttpResponse:
    if closed := _closed(request, asked.switch):
        return closed
    viewer, now = viewer_of(request), timezone.now()
    notebook, earliest = open_notebook(viewer), starting.tomorrow(viewer, now)
    latest = earliest + LATEST_START
    first = _day(asked.first, earliest, latest)
    schedule = starting.next_schedule(viewer, asked.switch)
    all_blocks = blocks(schedule, asked.switch, first)
    context = {
        "asked": asked,
        "switch": asked.switch,
        "scheme": schedule.scheme,
        "trigger": trigger_label(asked.trigger, notebook),
        "others": offering.as_offers(asked.others, notebook),
        "with_line": asked.switch.line(with_it=True),
        "without_line": asked.switch.line(with_it=False),
        "blocks": all_blocks,
        "days": len(schedule.arms),
        "last": all_blocks[-1].last,
        "chances": chances(schedule.scheme),
        "first": first,
        "earliest": earliest,
        "latest": latest,
        "running": under_way(viewer, earliest - timedelta(days=1)),
        "answers": (starting.NO, starting.AGREED, starting.NOT_YET),
    }
    status = 422 if asked.wrong else 200
    return render(request, "person/experiment/plan.html", context, status=status)


def _closed(request: HttpRequest, switch: Switch) -> HttpResponse | None:
    """The way to the safety check, where this moves the body or is breath and it comes first."""
    if not switch.opens:
        return None
    return gated.ask(request, viewer_of(request), switch.opens)


def _choose(request: HttpRequest, watched: str = "") -> HttpResponse:
    viewer = viewer_of(request)
    close, rest = offering.offers(open_notebook(viewer))
    today = starting.tomorrow(viewer, timezone.now()) - timedelta(days=1)
    context = {
        "close": close,
        "rest": rest,
        "watched": watched,
        "running": under_way(viewer, today),
    }
    return render(request, "person/experiment/choose.html", context)


def _own_words(
    request: HttpRequest,
    typed: dict[str, str] | None = None,
    wrong: dict[str, list[str]] | None = None,
) -> HttpResponse:
    context = {"typed": typed or {}, "wrong": wrong or {}}
    return render(request, "person/experiment/words.html", context, status=422 if wrong else 200)


def _day(text: str, earliest: date, latest: date) -> date:
    try:
        return min(max(date.fromisoformat(text), earliest), latest)
    except ValueError:
        return earliest


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
