"""Whom to ring now. Stands open to everyone, and keeps no record of who looked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from psoas.care.people.access import allows
from psoas.care.people.models import Installation
from psoas.content import crisis
from psoas.web.doors import door, viewer_of
from psoas.web.forms import countries


@door("anyone")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    context = {
        "help": country_of(request),
        "countries": countries(),
        # What is left to confirm is the owner's work; to somebody in need it would only be doubt.
        "is_owner": allows("owner", viewer_of(request)),
    }
    return render(request, "entrance/help.html", context)


def country_of(request: HttpRequest) -> crisis.CrisisCountry:
    """The help of the country that was chosen, else of the person's own, else of this place."""
    return crisis.country(request.GET.get("country") or _own_country(request))


def _own_country(request: HttpRequest) -> str:
    person = viewer_of(request).person
    if person is not None and person.country:
        return person.country
    installation = Installation.objects.filter(id=1).first()
    return installation.country if installation else "other"
