"""What every page needs around its own content."""

import re
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from psoas.care.people.access import Viewer, allows
from psoas.care.people.models import Installation, Person
from psoas.care.programme.stamping import stamp

NIGHT_BEGINS, NIGHT_ENDS = 21, 7
_CARE = {"care", "check", "calm", "questions", "question", "progress", "letter"}
_CLINIC = {"people", "tasks", "task", "person"}
_JOURNAL = {"days", "weeks", "answers", "entry", "import", "experiment", "experiments"}


def surroundings(request: HttpRequest) -> dict[str, object]:
    viewer: Viewer = getattr(request, "viewer", Viewer(None))
    person = viewer.person
    return {
        "installation": _installation(request),
        "theme": theme_of(person),
        "leave_to": settings.LEAVE_URL,
        "nav": _navigation(request, viewer),
        # By the way out rather than among the places: four are as many as a thumb finds.
        "about_oneself": _room(request) in {"me", "mfa", "account"},
        "viewer": viewer,
        "outbox_owner": person.outbox_owner if person and not viewer.locked else "",
        # Asked for by the pages that show it: a fragment has no need of it.
        "routine_stamp": lambda: stamp(person) if person and not viewer.locked else "",
    }


def theme_of(person: Person | None) -> str:
    """Dark and dim between 21:00 and 07:00 of the person's own clock, unless they chose."""
    choice = person.theme if person else "auto"
    if choice != "hours":
        return choice
    return "dark" if is_night(timezone.localtime()) else "auto"


def is_night(local: datetime) -> bool:
    return local.hour >= NIGHT_BEGINS or local.hour < NIGHT_ENDS


def _installation(request: HttpRequest) -> Installation:
    # A page may ask twice (base and block): one query a request.
    found: Installation | None = getattr(request, "installation", None)
    if found is None:
        found = Installation.objects.filter(id=1).first() or Installation(is_demo=settings.DEMO)
        request.installation = found  # type: ignore[attr-defined]
    return found


def _navigation(request: HttpRequest, viewer: Viewer) -> list[dict[str, object]]:
    if not allows("inside", viewer):
        return []
    places = [
        ("today", _("Today"), "sun", {"today", "now"}),
        ("days", _("Journal"), "book-open", _JOURNAL),
        ("move", _("Move"), "person-standing", {"move"}),
        ("care", _("Care"), "heart", _CARE),
    ]
    if allows("clinician or owner", viewer):
        places.append(("people", _("People"), "users", _CLINIC))
    room = _room(request)
    return [
        {"url": reverse(name), "label": label, "icon": icon, "current": room in rooms}
        for name, label, icon, rooms in places
    ]


def _room(request: HttpRequest) -> str:
    match = request.resolver_match
    return re.split("[-_]", match.url_name or "")[0] if match else ""
