"""The plan for bad days: written while one is well, and opened by one tap on a day that is not.

The warning signs stand first. What of it moves the body is offered only while that is open.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from psoas.care.assessment import gate
from psoas.care.journal.sealing import OpenEntry
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import Refusal
from psoas.care.programme import flare
from psoas.content.flare import PARTS, Part
from psoas.web.doors import door, viewer_of

# A number somebody wrote down to ring: digits with what stands between them.
_NUMBER = re.compile(r"\+?\d[\d ()/.-]{3,18}\d")


@dataclass(frozen=True)
class Shown:
    """One part as it is read, or as it is written."""

    part: Part
    own: str
    number: str = ""
    wrong: tuple[str, ...] = ()


@door("inside", opens="breath")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    if request.method == "POST":
        return _write(request)
    written = flare.of(viewer)
    if "write" in request.GET:
        return _form(request, [Shown(each.part, each.words) for each in written.parts])
    context = {
        "parts": [Shown(each.part, each.words, _number(each.words)) for each in written.parts],
        "written_at": written.written_at if written.own_words else None,
        "minutes_open": gate.may(viewer.known, "routine", now).allowed,
    }
    return render(request, "person/move/flare.html", context)


def is_high(viewer: Viewer, entries: Iterable[OpenEntry], now: datetime) -> bool:
    """Whether the last number of today is one on which the plan for bad days is offered."""
    numbers = [
        each.document["pain"]
        for each in entries
        if each.day == now.date() and each.document.get("pain") is not None
    ]
    return bool(numbers) and flare.offered(numbers[-1], viewer, now)


def _write(request: HttpRequest) -> HttpResponse:
    words = {each.slug: request.POST.get(each.slug, "") for each in PARTS}
    try:
        flare.write(viewer_of(request), words, timezone.now())
    except Refusal as refusal:
        wrong = refusal.fields
        parts = [Shown(p, words[p.slug], wrong=tuple(wrong.get(p.slug, ()))) for p in PARTS]
        return _form(request, parts, status=422)
    return redirect("move-flare")


def _form(request: HttpRequest, parts: list[Shown], status: int = 200) -> HttpResponse:
    context = {"parts": parts, "longest": flare.LONGEST}
    return render(request, "person/move/flare_write.html", context, status=status)


def _number(words: str) -> str:
    found = _NUMBER.search(words)
    return found.group() if found else ""
