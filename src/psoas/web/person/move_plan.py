"""My plan: what is done today and tomorrow, why each stands there, and what is left out and why."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from psoas.care.people.access import Viewer
from psoas.care.people.refusal import Refusal
from psoas.care.programme import plans
from psoas.care.programme.forbidding import Reason
from psoas.care.programme.plans import Today
from psoas.care.programme.prescribing import Item, Routine
from psoas.care.programme.reasons import Why
from psoas.content.exercises import exercise as named
from psoas.web.doors import door, viewer_of
from psoas.web.person import figures
from psoas.web.person.minutes import title
from psoas.web.person.move_one import address
from psoas.web.person.move_words import amount_in_words, minutes_in_words

_TOMORROW: Final = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One item as a person reads it."""

    name: str
    url: str
    much: str
    takes: str
    picture: SafeString
    why: tuple[Why, ...]
    within: tuple[Reason, ...]


@dataclass(frozen=True)
class Out:
    """What was left out, and why."""

    name: str
    reasons: tuple[Reason, ...]


@door("inside", opens="routine")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    if request.method == "POST":
        return _make(request, viewer, now)
    return _page(request, viewer, now)


def _make(request: HttpRequest, viewer: Viewer, now: datetime) -> HttpResponse:
    try:
        plans.make(viewer, now)
    except Refusal as refusal:
        wrong = [text for texts in refusal.fields.values() for text in texts]
        return _page(request, viewer, now, wrong)
    messages.success(request, _("Made anew."))
    return redirect("move-plan")


def _dated(why: Why) -> Why:
    """A datum that is a day, as days are written here."""
    try:
        return replace(why, datum=date_format(date.fromisoformat(why.datum)))
    except ValueError:
        return why


def _page(
    request: HttpRequest, viewer: Viewer, now: datetime, wrong: list[str] | None = None
) -> HttpResponse:
    today = plans.today(viewer, now)
    context = {
        "today": today,
        "title": title(today),
        "lines": lines(today.routine),
        "minutes": minutes_in_words(today.routine.minutes),
        "tomorrow": _tomorrow(viewer, now),
        "short": [replace(each, picture=SafeString("")) for each in lines(today.shortest)],
        "left_out": _left_out(today),
        "changes": [
            (_name_of(each.slug), [_dated(why) for why in each.why])
            for each in today.changes
            if each.why
        ],
        "history": [each for each in plans.history(viewer, now) if each.ended_at],
        "wrong": wrong,
    }
    return render(request, "person/move/plan.html", context, status=422 if wrong else 200)


def lines(routine: Routine) -> list[Line]:
    """The items of a routine, each with its picture, its amount and its reasons."""
    return [_line(item) for item in routine.items]


def _line(item: Item) -> Line:
    found = item.exercise
    return Line(
        name=found.title,
        url=address(found),
        much=amount_in_words(item.amount, item.side),
        takes=minutes_in_words(item.amount.minutes),
        picture=figures.still(found, "left" if item.side == "left" else "right"),
        why=item.why,
        within=item.within,
    )


def _tomorrow(viewer: Viewer, now: datetime) -> list[Line]:
    """Tomorrow's items, as far as they are known today; none where the check comes first then."""
    routine = plans.today(viewer, now + _TOMORROW).routine
    return [replace(each, picture=SafeString("")) for each in lines(routine)]


def _left_out(today: Today) -> list[Out]:
    return [Out(_name_of(each.slug), each.reasons) for each in today.routine.left_out]


def _name_of(slug: str) -> str:
    try:
        return named(slug).title
    except KeyError:
        return _("An exercise that is no longer here")
