"""Reminders: the card on the first page is always there; a mail only where it was switched on."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from psoas.care.assessment import reminding
from psoas.web.doors import door, viewer_of


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if request.method == "POST" and settings.SENDS_MAIL:
        reminding.set_mail(viewer, "mail" in request.POST)
        messages.success(request, _("Saved."))
        return redirect("me-reminders")
    context = {
        "person": viewer.known,
        "mail": reminding.wants_mail(viewer.known),
        "sends_mail": settings.SENDS_MAIL,
    }
    return render(request, "person/progress/reminders.html", context)
