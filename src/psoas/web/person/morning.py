"""The morning after: one question, and what the traffic light makes of the answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from psoas.care.people.refusal import Refusal
from psoas.care.programme import morning
from psoas.web import gated
from psoas.web.doors import door, viewer_of
from psoas.web.person import minutes


@door("inside", opens="entry")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Asked here too, for whoever comes by an address; usually it stands on Today."""
    viewer, now = viewer_of(request), timezone.now()
    wrong: list[str] = []
    if request.method == "POST":
        key = gated.key_of(request.POST.get("key", ""))
        pain = request.POST.get("pain") or None
        try:
            lit = morning.answer(viewer, key, request.POST.get("answer", ""), now, pain=pain)
        except Refusal as refusal:
            wrong = [text for texts in refusal.fields.values() for text in texts]
        else:
            messages.success(request, lit.sentence)
            return redirect("today")
    context = {"asked": minutes.asked(viewer, now), "wrong": wrong}
    return render(request, "person/move/morning.html", context, status=422 if wrong else 200)
