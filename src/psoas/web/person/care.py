"""Care: the safety check and what else looks after a person, each one tap away."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from psoas.care.assessment import gate
from psoas.web.doors import door, viewer_of
from psoas.web.entrance.help import country_of
from psoas.web.person.check_words import card_for_care, urgent_advice


@dataclass(frozen=True)
class Row:
    """One way on from here."""

    url: str
    text: str
    icon: str


@door("inside")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    standing = gate.stand(viewer_of(request).known, timezone.now())
    rows = [
        Row(reverse("check-night"), _("Is something urgent?"), "triangle-alert"),
        Row(reverse("calm"), _("A little breath, a comfortable position"), "wind"),
        Row(reverse("move-flare"), _("My plan for bad days"), "shield"),
        Row(reverse("questions"), _("Questions"), "list"),
        Row(reverse("progress"), _("What changes"), "chart-line"),
        Row(reverse("letter"), _("A letter to take along"), "file-text"),
        Row(reverse("help"), _("Help lines"), "life-buoy"),
    ]
    context = {
        "urgent": urgent_advice(standing),
        "card": card_for_care(standing),
        # Before the first check there is nothing that a fall would make due.
        "may_fall": standing.state != "never",
        "rows": rows,
        "help": country_of(request),
    }
    return render(request, "person/care/page.html", context)
