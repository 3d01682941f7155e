"""What every request passes through, besides its door."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation

from psoas.care.people.models import Person
from psoas.web.entrance.leaving import out_anyway, ways_out
from psoas.web.faults import kept, plain
from psoas.web.unwritten import why_unwritten

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


def way_out(get_response: Handler) -> Handler:
    """Leave and Sign out end the session in this browser, whatever fails behind them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        # 400: the session ended in another window while this request was under way.
        failed = response.status_code >= 500 or response.status_code == 400
        if failed and request.method == "POST" and request.path in ways_out():
            return out_anyway(request)
        return response

    return middleware


class NotWritten:
    """What cannot be written is said plainly, with the text typed, never as a success."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        found = why_unwritten(problem)
        return None if found is None else kept(request, found.why, status=found.status)
