"""Setting up the plan: six short questions, one a screen, each kept as soon as it is answered.

None has to be answered. What was not asked is not known, and nothing is left out for it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from psoas.care.people.access import Viewer
from psoas.care.people.refusal import Refusal
from psoas.care.programme import plans, preferences
from psoas.care.programme.circumstances import circumstances
from psoas.care.programme.forbidding import forbidden
from psoas.care.programme.preferences import Preferences
from psoas.care.programme.wanted import MINUTES
from psoas.content.exercises import EXERCISES
from psoas.web.doors import door, viewer_of
from psoas.web.person import move_words as words

_LIKED: Final = ("mobility", "stretch", "strength", "walking", "breath")


@dataclass(frozen=True)
class Choice:
    """One thing to tick."""

    value: str
    label: Any
    checked: bool
    note: Any = ""


@dataclass(frozen=True)
class Asked:
    """A field of a screen: what is ticked in it, one of them or any number."""

    name: str
    legend: Any
    options: tuple[Choice, ...]
    one: bool = False


@dataclass(frozen=True)
class Screen:
    """One screen of the set-up."""

    title: Any
    hint: Any
    names: tuple[str, ...]
    fields: Callable[[Viewer, Preferences], Iterator[Asked]]


def _what(viewer: Viewer, told: Preferences) -> Iterator[Asked]:
    yield Asked("categories", "", _ticked(words.CATEGORIES, told.categories))


def _hurts(viewer: Viewer, told: Preferences) -> Iterator[Asked]:
    yield Asked(
        "conditions", "", _ticked(_only(words.CONDITIONS, preferences.CONDITIONS), told.conditions)
    )


def _things(viewer: Viewer, told: Preferences) -> Iterator[Asked]:
    yield Asked(
        "equipment",
        "",
        _ticked(_only(words.EQUIPMENT, preferences.EQUIPMENT), told.equipment or ()),
    )


def _time(viewer: Viewer, told: Preferences) -> Iterator[Asked]:
    minutes = {str(n): words.minutes_in_words(n) for n in MINUTES}
    yield Asked("minutes", _("How long?"), _ticked(minutes, (str(told.minutes),)), one=True)
    yield Asked("when", _("When?"), _ticked(words.WHEN, (told.when,)), one=True)


def _likes(viewer: Viewer, told: Preferences) -> Iterator[Asked]:
    given = circumstances(viewer.known, timezone.now())
    for group in _LIKED:
        offered = {
            each.slug: each.title
            for each in EXERCISES
            if each.group == group and not forbidden(each, given)
        }
        if offered:
            yield Asked("likes", words.GROUPS[group], _ticked(offered, told.likes))


def _goals(viewer: Viewer, told: Preferences) -> Iterator[Asked]:
    yield Asked("goals", "", _ticked(words.GOALS, told.goals))


SCREENS: Final = (
    Screen(
        _("What is it, as far as you know?"),
        _(
            "Tick what a physiotherapist or a doctor called it, or what fits. It is no diagnosis; "
            "it decides what your minutes are made of."
        ),
        ("categories",),
        _what,
    ),
    Screen(
        _("What is hard at the moment?"),
        _(
            "Whatever you tick is left out or done another way. A replaced hip and pregnancy are "
            "asked in the safety check."
        ),
        ("conditions",),
        _hurts,
    ),
    Screen(
        _("What is at hand?"),
        _(
            "Only what needs none of the rest is offered then. Skip this, and nothing is left out "
            "for it."
        ),
        ("equipment",),
        _things,
    ),
    Screen(
        _("How long, and when?"), _("You can change it on any day."), ("minutes", "when"), _time
    ),
    Screen(
        _("What do you like?"),
        _("One of these is in it whenever it fits."),
        ("likes",),
        _likes,
    ),
    Screen(_("What would you like to do more easily?"), "", ("goals",), _goals),
)


@door("inside", opens="routine")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    number = _number(request)
    if request.method != "POST":
        return _screen(request, number)
    viewer, now = viewer_of(request), timezone.now()
    if "skip" not in request.POST:
        try:
            preferences.tell(viewer, _posted(request, SCREENS[number - 1]), now)
        except Refusal as refusal:
            return _screen(request, number, refusal)
    if number < len(SCREENS):
        return redirect(reverse("move-set-up", query={"n": number + 1}))
    try:
        plans.make(viewer, now)
    except Refusal as refusal:
        # The plan is locked. What was told is kept all the same, for whoever locked it.
        messages.info(
            request, " ".join(text for texts in refusal.fields.values() for text in texts)
        )
    return redirect("move-plan")


def _screen(request: HttpRequest, number: int, refusal: Refusal | None = None) -> HttpResponse:
    viewer, screen = viewer_of(request), SCREENS[number - 1]
    told = preferences.of(viewer)
    asked = list(screen.fields(viewer, told))
    if refusal:
        asked = [_as_sent(each, request.POST.getlist(each.name)) for each in asked]
    before = number - 1
    context = {
        "screen": screen,
        "asked": asked,
        "by_clinician": _by_clinician(screen, told),
        "number": number,
        "of": len(SCREENS),
        "is_last": number == len(SCREENS),
        "back": reverse("move-set-up", query={"n": before}) if before else reverse("move"),
        "wrong": [text for texts in refusal.fields.values() for text in texts] if refusal else [],
    }
    return render(request, "person/move/set_up.html", context, status=422 if refusal else 200)


def _by_clinician(screen: Screen, told: Preferences) -> list[Any]:
    """What a clinician told, where the same is asked; it is theirs to change."""
    labels: Mapping[str, Any] = {}
    if "categories" in screen.names:
        labels = {slug: label for slug, (label, _note) in words.CATEGORIES.items()}
    elif "conditions" in screen.names:
        labels = words.CONDITIONS
    return [labels[slug] for slug in told.told_by_clinician if slug in labels]


def _posted(request: HttpRequest, screen: Screen) -> dict[str, Any]:
    lists = {"categories", "conditions", "equipment", "likes", "goals"}
    return {
        name: request.POST.getlist(name) if name in lists else request.POST.get(name, "")
        for name in screen.names
    }


def _only(labels: Mapping[str, Any], offered: tuple[str, ...]) -> dict[str, Any]:
    return {value: label for value, label in labels.items() if value in offered}


def _number(request: HttpRequest) -> int:
    text = request.GET.get("n", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
    return number if 1 <= number <= len(SCREENS) else 1


def _ticked(offered: Mapping[str, Any], chosen: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(
        Choice(value, label[0], value in chosen, label[1])
        if isinstance(label, tuple)
        else Choice(value, label, value in chosen)
        for value, label in offered.items()
    )


def _as_sent(asked: Asked, sent: list[str]) -> Asked:
    options = tuple(
        Choice(each.value, each.label, each.value in sent, each.note) for each in asked.options
    )
    return Asked(asked.name, asked.legend, options, asked.one)
