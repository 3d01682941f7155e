"""Small things of the day: chosen one or two at a time, and left again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from psoas.care.people.refusal import Refusal
from psoas.care.programme import everyday
from psoas.web.doors import door, viewer_of


@door("inside", opens="breath")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    wrong: list[str] = []
    if request.method == "POST":
        do = everyday.leave if request.POST.get("do") == "leave" else everyday.choose
        try:
            do(viewer, request.POST.get("slug", ""), now)
        except Refusal as refusal:
            wrong = [text for texts in refusal.fields.values() for text in texts]
        else:
            return redirect("move-everyday")
    chosen = everyday.chosen(viewer, now)
    context = {
        "chosen": chosen,
        "offers": everyday.to_choose(viewer, now),
        # What nobody is offered unasked stands at the end, folded, for whoever looks for it.
        "asked_for": everyday.asked_for(viewer, now),
        "full": len(chosen) >= everyday.AT_ONCE,
        "wrong": wrong,
    }
    return render(request, "person/move/everyday.html", context, status=422 if wrong else 200)
