"""Move: where the hip is looked after by moving it, each thing one tap away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from psoas.web.doors import door, viewer_of
from psoas.web.person import minutes
from psoas.web.person.care import Row


@door("inside", opens="routine")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    found = minutes.context(viewer_of(request), timezone.now())
    rows = [
        Row(reverse("move-plan"), _("My plan, and why"), "list"),
        Row(reverse("move-outside"), _("A walk, the water, yoga"), "footprints"),
        Row(reverse("move-everyday"), _("In the everyday"), "clock"),
        Row(reverse("move-flare"), _("For bad days"), "shield"),
        Row(reverse("calm-position"), _("A comfortable position"), "bed"),
        Row(reverse("move-set-up"), _("What fits me"), "pencil"),
        Row(reverse("move-sheet"), _("On paper"), "printer"),
    ]
    return render(request, "person/move/page.html", {**found, "rows": rows})
