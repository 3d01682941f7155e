"""What a browser keeps of psoas, so that Hurting now opens without a network.

Nothing here knows who is looking: the worker fetches these signed out, and keeps them.
"""

import hashlib
import json

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
from psoas.web.bodymap import list_of_places, views_of_the_body
from psoas.web.doors import door

KEPT = (
    "psoas.css",
    "icons.svg",
    "icon.svg",
    "icon-192.png",
    "js/leave.mjs",
    "js/queue.mjs",
    "js/outbox.mjs",
    "js/waiting.mjs",
    "js/bodymap.mjs",
    "js/now.mjs",
)


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
    # The names carry their content's hash; the shell is a page, so its own text counts too.
    version = hashlib.sha256("\n".join([*files, _shell()]).encode()).hexdigest()[:16]
    pages = {name: reverse(name) for name in ("today", "now", "shell", "help", "leave")}
    pages["out"] = reverse("account_logout")
    source = render_to_string(
        "sw.js",
        {
            "version": version,
            "files": mark_safe(json.dumps(files)),  # our own addresses, nobody's words
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
    answer = HttpResponse(_shell())
    answer["Cache-Control"] = "no-cache"
    return answer


def _shell() -> str:
    # Rendered without the request: no name, no token, no owner, whoever asks for it.
    return render_to_string(
        "person/now/page.html",
        {
            "installation": Installation(is_demo=settings.DEMO),
            "theme": "auto",
            "leave_to": settings.LEAVE_URL,
            "views": views_of_the_body(),
            "groups": list_of_places(),
            "opening": "front",
            "is_shell": True,
        },
    )
