"""Pages for when something is not there or went wrong; none of them says what."""

import sys

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from psoas.care.people.access import Viewer
from psoas.web.unwritten import try_to_write, why_unwritten

_SECRETS = ("csrf", "pass", "pin", "again", "code", "token")
# Where one's own words are written down, and sending them once more harms nobody.
_WRITING = frozenset({"entry-new", "entry", "entry-quick", "now"})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # Refused and missing look the same, so that nobody learns what exists by trying.
    if not hasattr(request, "viewer"):
        request.viewer = Viewer(None)  # type: ignore[attr-defined]
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    # Without the database there is no page around it either; what was typed is still here.
    found = why_unwritten(sys.exception())
    typed_here = typed(request) if found and _came_from_here(request) else []
    return plain("500.html", status=found.status if found else 500, kept=typed_here)


def too_many(request: HttpRequest) -> HttpResponse:
    """Asked too often. Where tries cannot be written down, every one counts as too many."""
    try_to_write()
    return plain("429.html", status=429)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page left open over a sign-in: its token is too old.

    A form that another site sent looks much the same. Nothing of that one is shown, nor offered
    with a fresh token: a click would carry out what the other site wants.
    """
    if not _came_from_here(request):
        return plain("refused.html", status=403)
    why = _("This page was open for a long time.")
    return kept(request, why, status=403)


def kept(request: HttpRequest, why: str, *, status: int) -> HttpResponse:
    """Nothing was saved and nothing typed is lost: it is shown, and can be sent again."""
    if not hasattr(request, "viewer"):
        request.viewer = Viewer(None)  # type: ignore[attr-defined]
    found, match = typed(request), request.resolver_match
    may_resend = match is not None and match.url_name in _WRITING
    words = {
        "why": why,
        "kept": found,
        "resend": found if may_resend else (),
        "again": request.path,
    }
    try:
        return render(request, "kept.html", words, status=status)
    except DatabaseError:
        return plain("500.html", status=status, kept=found)


def _came_from_here(request: HttpRequest) -> bool:
    """True only where the browser itself says so: a header left out or "null" says nothing."""
    scheme = "https" if request.is_secure() else "http"
    ours = {f"{scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    by_one_of_ours = request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}
    return by_one_of_ours and request.headers.get("Origin") in ours


def plain(template: str, *, status: int, **words: object) -> HttpResponse:
    """A page that needs neither request nor database."""
    page = render_to_string(template, {"demo": settings.DEMO, **words})
    return HttpResponse(page, status=status)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What somebody typed into a form that could not be saved, passwords and PINs left out."""
    try:
        fields = list(request.POST.lists())
    except (OSError, SuspiciousOperation, BadRequest, MultiPartParserError):
        # Cut short on its way, or too much of it: there is nothing whole to show.
        return []
    return [
        (name, value)
        for name, values in fields
        for value in values
        if isinstance(value, str) and value and not any(mark in name for mark in _SECRETS)
    ]
