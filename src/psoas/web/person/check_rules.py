"""The safety check as a file: what a browser asks and decides by where there is no network."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from psoas.content.redflags import questions
from psoas.web.doors import door
from psoas.web.offline import by_its_hash


@door("anyone")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Nobody's data."""
    installed = questions()
    return by_its_hash(request, installed.to_json(), installed.digest)
