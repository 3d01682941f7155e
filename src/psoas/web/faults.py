"""Pages for when something is not there or went wrong; none of them says what."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from psoas.care.people.access import Viewer

_SECRETS = ("csrf", "pass", "pin", "again", "code", "token")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # Refused and missing look the same, so that nobody learns what exists by trying.
    if not hasattr(request, "viewer"):
        request.viewer = Viewer(None)  # type: ignore[attr-defined]
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return plain("500.html", status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page left open over a sign-in: its token is too old."""
    why = _("This page was open for a long time.")
    return kept(request, why, status=403)


def kept(request: HttpRequest, why: str, *, status: int) -> HttpResponse:
    """Nothing was saved and nothing typed is lost: it is shown, and can be sent again."""
    if not hasattr(request, "viewer"):
        request.viewer = Viewer(None)  # type: ignore[attr-defined]
    found = typed(request)
    words = {"why": why, "kept": found, "resend": found, "again": request.path}
    return render(request, "kept.html", words, status=status)


def plain(template: str, *, status: int, **words: object) -> HttpResponse:
    """A page that needs neither request nor database."""
    page = render_to_string(template, {"demo": settings.DEMO, **words})
    return HttpResponse(page, status=status)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What somebody typed into a form that could not be saved, passwords and PINs left out."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if isinstance(value, str) and value and not any(mark in name for mark in _SECRETS)
    ]
