"""Going carefully: what it does, its switch, and being told sooner."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from psoas.care.assessment import mind
from psoas.content.questionnaires import questionnaire
from psoas.web.doors import door, viewer_of


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    if request.method == "POST":
        chosen = request.POST.getlist("on")
        mind.set_careful(viewer, "careful" in chosen, now)
        mind.set_told_sooner(viewer, "sooner" in chosen, now)
        messages.success(request, _("Saved."))
        return redirect("me-careful")
    asked = questionnaire("pc-ptsd-5")
    context = {
        "careful": mind.careful(viewer),
        "sooner": mind.told_sooner(viewer.known),
        "sources": tuple(dict.fromkeys(text for band in asked.bands for text in band.sources)),
    }
    return render(request, "person/questions/careful.html", context)
