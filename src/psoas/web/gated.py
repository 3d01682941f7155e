"""A door that needs the safety check: asked once a request, and where a closed one leads.

Where somebody wanted to go is kept in their session, never in an address.
"""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from psoas.care.assessment import gate, suicide_step
from psoas.care.assessment.gate import Leave, Standing
from psoas.care.experiment.sealing import OpenExperiment
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed

ONWARD = "onward"


def ask(request: HttpRequest, viewer: Viewer, opens: str) -> HttpResponse | None:
    """Ask the gate; None where the door opens, else the way to what it takes."""
    now = timezone.now()
    leave = gate.may(viewer.known, opens, now)
    request.leave = leave  # type: ignore[attr-defined]
    if leave.allowed:
        return None
    if request.headers.get("Accept") == "application/json" or "HX-Request" in request.headers:
        # A script would follow a redirect and take the check for its answer.
        return JsonResponse({"state": leave.need}, status=403)
    if request.method in {"GET", "HEAD"} and leave.need != "closed":
        request.session[ONWARD] = request.path
    return _way(viewer.known, leave, now)


def standing_of(request: HttpRequest) -> Standing:
    """Where the person stands, as the door of this request found it."""
    leave: Leave = request.leave  # type: ignore[attr-defined]
    return leave.standing


def is_closed(viewer: Viewer, test: OpenExperiment | None, now: datetime) -> bool:
    """Whether what a test asks for does not open now: it is not asked for on such a day."""
    opens = test.plan.switch.opens if test else ""
    return bool(opens) and not gate.may(viewer.known, opens, now).allowed


def onward(request: HttpRequest) -> str:
    """Where the person wanted to go before they were asked; empty where nowhere."""
    wanted: str = request.session.get(ONWARD, "")
    return wanted


def key_of(text: str) -> UUID:
    """An id that was sent; what is none is nobody's."""
    try:
        return UUID(text)
    except ValueError:
        raise NotAllowed from None


def _way(person: Person, leave: Leave, now: datetime) -> HttpResponse:
    standing = leave.standing
    if leave.need == "check":
        return redirect("check")
    if leave.need == "step" and (step := suicide_step.under_way(person, now)):
        return redirect("question", step.id)
    if standing.mind == "E" or standing.screening is None:
        # What these questions left open goes before the check's own advice.
        return redirect("help")
    return redirect("check-result", standing.screening.id)
