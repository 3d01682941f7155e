"""What every request passes through, besides its door."""

import errno
import sqlite3
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from psoas.care.people.models import Person
from psoas.web.faults import kept, plain

Handler = Callable[[HttpRequest], HttpResponseBase]


def wrong_host(get_response: Handler) -> Handler:
    """Answer a request under an unknown name with the setting to change."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost:
            return plain("wrong_host.html", status=421, allowed=settings.ALLOWED_HOSTS)
        return get_response(request)

    return middleware


def private_headers(get_response: Handler) -> Handler:
    """Keep pages out of every cache: after sign-out, Back shows nothing."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"
        )
        return response

    return middleware


def own_language_and_zone(get_response: Handler) -> Handler:
    """Show times and words as this person reads them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        person = request.user
        if isinstance(person, Person):
            language, zone = person.language, person.zone
        else:
            language, zone = translation.get_language_from_request(request), "UTC"
        with translation.override(language), timezone.override(ZoneInfo(zone)):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.setdefault("Content-Language", language)
        return response

    return middleware


class DiskFull:
    """A disk that takes no more is said plainly, with the text typed, never as a success."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not is_disk_full(problem):
            return None
        return kept(request, _("The disk is full."), status=507)


def is_disk_full(problem: Exception) -> bool:
    cause = problem.__cause__ if isinstance(problem, OperationalError) else problem
    if isinstance(cause, sqlite3.Error):
        return cause.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
    return isinstance(cause, OSError) and cause.errno in {errno.ENOSPC, errno.EDQUOT}
