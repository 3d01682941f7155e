"""A letter to a doctor or a mental-health professional: chosen, seen, then taken along.

Nothing is sent and nothing of it is kept; what was ticked travels in the form alone.
"""

from datetime import timedelta

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from psoas.care.assessment import letter as writing
from psoas.care.journal.days import day_rows
from psoas.care.journal.reading import entries
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import Refusal
from psoas.diary.table import Number
from psoas.web.doors import door, viewer_of
from psoas.web.person.pdf import CannotDraw, drawn

# So far back the letter tells what the diary says of pain.
WEEKS = 4
FIELDS = ("to", "name", "born", "words")


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Choose what goes in; with ``do=look``, see it as it will be read."""
    if request.POST.get("do") != "look":
        return _choose(request)
    try:
        written = _written(request)
    except Refusal as refusal:
        return _choose(request, refusal)
    return _look(request, written)


@door("inside")
@require_POST
def pdf(request: HttpRequest) -> HttpResponse:
    try:
        written = _written(request)
    except Refusal as refusal:
        return _choose(request, refusal)
    if not ratelimit.consume(request, action="letter", user=request.user):
        return _look(request, written, too_often=True)
    try:
        data = drawn(render_to_string("person/letter/sheet.html", {"letter": written}, request))
    except CannotDraw:
        return _look(request, written, cannot_draw=True)
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="letter.pdf"',
            "Cache-Control": "no-store, private",
        },
    )


def _written(request: HttpRequest) -> writing.Letter:
    viewer, now = viewer_of(request), timezone.now()
    found = writing.facts(viewer, now)
    return writing.write(viewer, _posted(request), found, course_of_pain(viewer), now)


def _posted(request: HttpRequest) -> dict[str, object]:
    typed: dict[str, object] = {name: request.POST.get(name, "") for name in FIELDS}
    return typed | {"part": request.POST.getlist("part")}


def _choose(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    viewer = viewer_of(request)
    found = writing.facts(viewer, timezone.now())
    typed = _posted(request)
    if request.method != "POST":
        # What was answered is there to be told; thoughts of suicide are ticked by oneself alone.
        ticked = [writing.PAIN, writing.CHECK, *(line.slug for line in found.scores)]
        typed = {"to": writing.DOCTOR, "name": viewer.known.name, "part": ticked}
    context = {
        "found": found,
        "pain": course_of_pain(viewer),
        "typed": typed,
        "wrong": refusal.fields if refusal else {},
        "whole": refusal.fields.get("", []) if refusal else [],
        "longest": writing.LONGEST_WORDS,
    }
    status = 422 if refusal else 200
    return render(request, "person/letter/choose.html", context, status=status)


def _look(
    request: HttpRequest,
    written: writing.Letter,
    *,
    cannot_draw: bool = False,
    too_often: bool = False,
) -> HttpResponse:
    typed = [(name, request.POST.get(name, "")) for name in FIELDS]
    parts = [("part", each) for each in request.POST.getlist("part")]
    context = {
        "letter": written,
        "fields": typed + parts,
        "cannot_draw": cannot_draw,
        "too_often": too_often,
    }
    status = 429 if too_often else 200
    return render(request, "person/letter/look.html", context, status=status)


def course_of_pain(viewer: Viewer) -> tuple[str, ...]:
    """What the diary of the last weeks says of pain, in a sentence; nothing, where it is empty."""
    today = timezone.localdate()
    days = 7 * WEEKS
    found = entries(viewer, today - timedelta(days=days - 1), today)
    pain = sorted(row.pain for row in day_rows(found) if row.pain is not None)
    if not pain:
        return ()
    noted = ngettext(
        "From the diary of the last %(days)s days, in which %(n)s day was noted: "
        "pain %(middle)s of 10 that day.",
        "From the diary of the last %(days)s days, in which %(n)s days were noted: "
        "pain %(middle)s of 10 as the median of the days, from %(low)s on the best to %(high)s on "
        "the worst.",
        len(pain),
    )
    numbers = {"middle": _said(_middle(pain)), "low": _said(pain[0]), "high": _said(pain[-1])}
    return (noted % ({"days": days, "n": len(pain)} | numbers),)


def _middle(pain: list[Number]) -> float:
    half = len(pain) // 2
    return float(pain[half]) if len(pain) % 2 else (pain[half - 1] + pain[half]) / 2


def _said(pain: Number) -> str:
    return f"{pain:.1f}".removesuffix(".0")
