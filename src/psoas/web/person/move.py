"""Move: where the hip is looked after by moving it, each thing one tap away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from psoas.web.doors import door


@door("inside", opens="routine")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "person/move/page.html")
