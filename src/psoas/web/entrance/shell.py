"""What a browser keeps of psoas, so that Hurting now opens without a network.

Nothing here knows who is looking: the worker fetches these signed out, and keeps them.
"""

import hashlib
import json
from collections.abc import Mapping

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from psoas.care.people.models import Installation
from psoas.care.programme.stopping import SIGNS
from psoas.web import offline
from psoas.web.bodymap import list_of_places, views_of_the_body
from psoas.web.doors import door

KEPT = (
    "psoas.css",
    "move.css",
    "figure.css",
    "icons.svg",
    "icon.svg",
    "icon-192.png",
    "js/leave.mjs",
    "js/queue.mjs",
    "js/outbox.mjs",
    "js/waiting.mjs",
    "js/bodymap.mjs",
    "js/now.mjs",
    "js/stamp.mjs",
    "js/country.mjs",
    "js/lines.mjs",
    "js/screening.mjs",
    "js/asking.mjs",
    "js/checking.mjs",
    "js/night.mjs",
    "js/mood.mjs",
    "js/kept.mjs",
    "js/kept_rows.mjs",
    "js/forget.mjs",
    "js/figure.mjs",
    "js/player.mjs",
    "js/player_asks.mjs",
    "js/player_clock.mjs",
    "js/player_ends.mjs",
    "js/player_figure.mjs",
    "js/player_kept.mjs",
    "js/player_routine.mjs",
    "js/player_screen.mjs",
    "js/player_session.mjs",
    "js/player_sound.mjs",
)
# Rooms that open without a network, in a shell of their own.
ROOMS = ("care", "check", "calm", "questions")


@door("anyone")
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@door("anyone")
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Discreet on a home screen: a name and an icon that say nothing."""
    icons = [
        {"src": "icon-192.png", "sizes": "192x192", "purpose": "any"},
        {"src": "icon-512.png", "sizes": "512x512", "purpose": "any"},
        {"src": "icon-maskable.png", "sizes": "512x512", "purpose": "maskable"},
    ]
    answer = JsonResponse(
        {
            "id": "/",
            "name": _("Notes"),
            "short_name": _("Notes"),
            "start_url": reverse("today"),
            "scope": "/",
            "display": "standalone",
            "background_color": "#F5F1E8",
            "theme_color": "#F5F1E8",
            "icons": [
                {**icon, "src": staticfiles_storage.url(icon["src"]), "type": "image/png"}
                for icon in icons
            ],
        },
        content_type="application/manifest+json",
    )
    answer["Cache-Control"] = "no-cache"
    return answer


@door("anyone")
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    files = [staticfiles_storage.url(name) for name in KEPT]
    data = [offline.rules_address(), offline.questions_address()]
    # These names carry their content's hash; a shell is a page, so its own text counts too.
    kept = "\n".join([*files, *data, _shell(), _care_shell(), _move_shell()])
    version = hashlib.sha256(kept.encode()).hexdigest()[:16]
    names = ("today", "now", "shell", "help", "leave")
    pages: dict[str, object] = {name: reverse(name) for name in names}
    pages["out"] = reverse("account_logout")
    pages["care"] = reverse("shell-care")
    pages["move"] = reverse("shell-move")
    pages["moving"] = [reverse("move"), reverse("move-go")]
    pages["rooms"] = [reverse(name) for name in ROOMS]
    source = render_to_string(
        "sw.js",
        {
            "version": version,
            "files": mark_safe(json.dumps(files)),  # our own addresses, nobody's words
            "data": mark_safe(json.dumps(data)),
            "pages": mark_safe(json.dumps(pages)),
        },
    )
    answer = HttpResponse(source, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    answer["Service-Worker-Allowed"] = "/"
    return answer


@door("anyone")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return _kept(_shell())


@door("anyone")
@require_safe
def care(request: HttpRequest) -> HttpResponse:
    """The check, the questions about how one feels, breath and position, without a network."""
    return _kept(_care_shell())


@door("anyone")
@require_safe
def move(request: HttpRequest) -> HttpResponse:
    """The player without a network; what it plays lies on the device, and nothing of it is here."""
    return _kept(_move_shell())


@door("anyone")
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    text = offline.mood_questions()
    return offline.by_its_hash(request, text, hashlib.sha256(text.encode()).hexdigest())


def _kept(text: str) -> HttpResponse:
    answer = HttpResponse(text)
    answer["Cache-Control"] = "no-cache"
    return answer


def _shell() -> str:
    views = {"views": views_of_the_body(), "groups": list_of_places(), "opening": "front"}
    return _for_everyone("person/now/page.html", views)


def _care_shell() -> str:
    return _for_everyone("person/now/kept.html", {})


def _move_shell() -> str:
    return _for_everyone("person/move/go.html", {"signs": SIGNS})


def _for_everyone(template: str, more: Mapping[str, object]) -> str:
    # Rendered without the request: no name, no token, no owner, whoever asks for it.
    context = {
        "installation": Installation(is_demo=settings.DEMO),
        "theme": "auto",
        "leave_to": settings.LEAVE_URL,
        "is_shell": True,
        **offline.words(),
        **more,
    }
    return render_to_string(template, context)
