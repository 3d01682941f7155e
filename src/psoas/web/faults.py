"""Pages for when something is not there or went wrong; none of them says what."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # Refused and missing look the same, so that nobody learns what exists by trying.
    return HttpResponse(render_to_string("404.html", {}), status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("500.html", {}), status=500)
