"""The plan on paper: looked at, printed from the browser, or taken along as a file."""

from dataclasses import dataclass

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from psoas.care.programme import handout
from psoas.care.programme.circumstances import circumstances
from psoas.care.programme.forbidding import Reason, parts
from psoas.care.programme.handout import Sheet
from psoas.care.programme.prescribing import Item
from psoas.care.programme.wanted import Circumstances
from psoas.content.exercise import Exercise
from psoas.content.exercises import exercise as named
from psoas.motion.figure import Side
from psoas.web.doors import door, viewer_of
from psoas.web.entrance.help import country_of
from psoas.web.person import figures
from psoas.web.person.move_words import amount_in_words
from psoas.web.person.outside import LABELS, week_in_words
from psoas.web.person.pdf import PLAN, CannotDraw, drawn


@dataclass(frozen=True)
class Printed:
    """One exercise as it stands on paper.

    Attributes:
        pictures: The start, and the end where it moves; none where nothing is drawn.
        upright: They are taller than wide, and stand beside each other.
        side: Which side the pictures show, in words; empty where it is the same for both.
    """

    exercise: Exercise
    steps: tuple[str, ...]
    much: str
    pictures: tuple[SafeString, ...]
    upright: bool
    side: str
    within: tuple[Reason, ...]
    why: str


@door("inside", opens="routine")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return _look(request)


@door("inside", opens="routine")
@require_POST
def pdf(request: HttpRequest) -> HttpResponse:
    # A letter and a plan take the same seconds to draw, so they share a limit.
    if not ratelimit.consume(request, action="letter", user=request.user):
        return _look(request, too_often=True)
    try:
        context = _context(request, printed=True)
        data = drawn(render_to_string("person/move/sheet_paper.html", context, request), PLAN)
    except CannotDraw:
        return _look(request, cannot_draw=True)
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="plan.pdf"',
            "Cache-Control": "no-store, private",
        },
    )


def _look(
    request: HttpRequest, *, too_often: bool = False, cannot_draw: bool = False
) -> HttpResponse:
    context = {
        **_context(request, printed=False),
        "too_often": too_often,
        "cannot_draw": cannot_draw,
    }
    return render(request, "person/move/sheet.html", context, status=429 if too_often else 200)


def _context(request: HttpRequest, *, printed: bool) -> dict[str, object]:
    viewer, now = viewer_of(request), timezone.now()
    sheet, given = handout.sheet(viewer, now), circumstances(viewer.known, now)
    return {
        "sheet": sheet,
        "items": [_item(each, given, printed=printed) for each in sheet.items],
        "left_out": [(_name_of(each.slug), each.reasons) for each in sheet.left_out],
        "weeks": [(LABELS[each.kind][0], week_in_words(each)) for each in sheet.walking],
        "flare": _flare(sheet),
        "help": country_of(request),
    }


def _item(item: Item, given: Circumstances, *, printed: bool) -> Printed:
    found = item.exercise
    open_now = [named(slug) for slug in parts(found, given)]
    # Of what is made of others, a step that names one that is left out is not printed.
    steps = found.step_labels
    if len(open_now) < len(found.parts):
        steps = tuple(each.title for each in open_now)
    side: Side = "left" if item.side == "left" else "right"
    ends: tuple[figures.End, ...] = ("start",)
    if found.figure is not None and len(found.figure.keyframes) > 1:
        ends = ("start", "end")
    drawings = tuple(figures.at(found, side, end, printed=printed) for end in ends)
    one_sided = found.side == "one at a time"
    shown = {"left": _("The left side is shown."), "right": _("The right side is shown.")}[side]
    return Printed(
        exercise=found,
        steps=steps,
        much=amount_in_words(item.amount, item.side),
        pictures=drawings if found.figure else (),
        upright=found.figure is not None and figures.is_upright(found),
        side=shown if one_sided and found.figure else "",
        within=item.within,
        why=item.why[0].text if item.why else "",
    )


def _flare(sheet: Sheet) -> list[tuple[str, list[str]]]:
    """The plan for bad days: own words where there are any, else the lines that hold for all."""
    if sheet.flare is None:
        return []
    return [
        (each.part.label, [each.words] if each.words else list(each.part.line_labels))
        for each in sheet.flare.parts
    ]


def _name_of(slug: str) -> str:
    try:
        return named(slug).title
    except KeyError:
        return _("An exercise that is no longer here")
