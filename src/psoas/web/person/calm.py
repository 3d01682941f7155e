"""Something for now: a little breath, a comfortable position, or nothing at all."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from psoas.care.assessment import mind
from psoas.care.journal.reading import entry as read_entry
from psoas.care.people.refusal import NotAllowed
from psoas.care.programme import flare
from psoas.web import gated
from psoas.web.doors import door, viewer_of
from psoas.web.surroundings import is_night

# The limit of the safety check that speaks against lying on the back.
NO_LYING = "no-long-lying"


@door("inside", opens="breath")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    key = _noted(request)
    context = {**_said(request), "entry": key, "flare": key and _is_high(request, key)}
    return render(request, "person/calm/page.html", context)


@door("inside", opens="breath")
@require_safe
def breath(request: HttpRequest) -> HttpResponse:
    return render(request, "person/calm/breath.html", _said(request))


@door("inside", opens="breath")
@require_safe
def position(request: HttpRequest) -> HttpResponse:
    decision = gated.standing_of(request).decision
    left_out = decision is not None and NO_LYING in decision.limits
    context = {**_said(request), "no_lying": left_out}
    return render(request, "person/calm/position.html", context)


def _said(request: HttpRequest) -> dict[str, object]:
    return {
        "usual": not mind.careful(viewer_of(request)),
        "is_night": is_night(timezone.localtime()),
    }


def _is_high(request: HttpRequest, key: UUID) -> bool:
    """Whether the entry that led here was high enough for the plan for bad days."""
    viewer = viewer_of(request)
    try:
        pain = read_entry(viewer, key).document.get("pain")
    except NotAllowed:
        return False
    return flare.offered(pain, viewer, timezone.now())


def _noted(request: HttpRequest) -> UUID | None:
    """The entry that led here, for adding to it; its own page looks whose it is."""
    try:
        return UUID(request.GET.get("noted", ""))
    except ValueError:
        return None
