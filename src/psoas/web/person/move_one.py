"""One exercise: what it looks like, how it is done, who leaves it out, and what is known of it.

What is forbidden to this person now is named with the reason and not shown. It is asked here
again, whatever a plan said when it was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from psoas.care.assessment import gate, mind
from psoas.care.programme.circumstances import circumstances
from psoas.care.programme.forbidding import forbidden, parts, within
from psoas.care.programme.wanted import Circumstances
from psoas.content.exercise import Exercise, Way
from psoas.content.exercises import EXERCISES
from psoas.content.exercises import exercise as named
from psoas.motion import muscles
from psoas.motion.figure import Side
from psoas.web.doors import door, viewer_of
from psoas.web.offline import by_its_hash
from psoas.web.person import figures
from psoas.web.person.move_words import EQUIPMENT, HOLDS_FOR, STRENGTHS, usual_dose

# Beyond what the model knows: named, and nothing said of their length.
_OTHER_MUSCLES: Final = {
    "quadriceps": gettext_lazy("front of the thigh"),
    "calf": gettext_lazy("calf"),
    "abdominals": gettext_lazy("belly"),
    "back": gettext_lazy("back"),
    "deep-rotators": gettext_lazy("deep in the buttock"),
}
_ALIKE: Final = 3
# Until something is chosen the right side is shown; it is named wherever a picture stands.
_SIDES: Final[Mapping[str, Side]] = {"right": "right", "left": "left"}


@dataclass(frozen=True)
class Onward:
    """A way to make it harder or easier, with an address where it is another exercise."""

    text: str
    url: str


@dataclass(frozen=True)
class Muscle:
    """What the end position does to one muscle of the worked leg."""

    name: str
    band: str
    said: str
    works: bool


@door("inside", opens="routine")
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    viewer, found = viewer_of(request), _named(code)
    given = circumstances(viewer.known, timezone.now())
    if reasons := forbidden(found, given):
        context = {"exercise": found, "reasons": reasons, "instead": _alike(found, given)}
        return render(request, "person/move/left_out.html", context)
    found = found.within(given.all_conditions)
    side = _side(request, found)
    bands = _muscles(found)
    context = {
        "exercise": found,
        "side": side,
        "sides": found.side == "one at a time",
        "picture": figures.still(found, side, ghost=True),
        "moves": figures.address(found, side),
        "careful": found.careful_label if mind.careful(viewer) else "",
        "dose": ", ".join(filter(None, (usual_dose(found), found.dose.times_label))),
        "equipment": [EQUIPMENT[each] for each in found.equipment],
        "within": within(found, given),
        "easier": _ways(found.easier, given),
        "harder": [] if within(found, given) else _ways(found.harder, given),
        **made_of(found, given),
        "alike": _alike(found, given),
        "bans": [(HOLDS_FOR[each.when], each) for each in found.bans],
        "strength": STRENGTHS[found.evidence.strength],
        "targets": [_target(each) for each in found.targets],
        "muscles": bands,
        "works": [each for each in bands if each.works],
        "muscle_note": muscles.note(),
    }
    return render(request, "person/move/one.html", context)


@door("inside", opens="reading")
@require_safe
def moving(request: HttpRequest, code: str, side: str) -> HttpResponse:
    """How the figure moves, as numbers. Nobody's data; and nothing that this person may not do."""
    viewer, found, now = viewer_of(request), _named(code), timezone.now()
    opens = "routine" if found.kind == "exercise" else "breath"
    if side not in _SIDES or found.figure is None:
        raise Http404
    if not gate.may(viewer.known, opens, now).allowed:
        raise Http404
    given = circumstances(viewer.known, now)
    if forbidden(found, given):
        raise Http404
    found = found.within(given.all_conditions)
    answer = by_its_hash(
        request, figures.moving(found, _SIDES[side]), figures.version(found, _SIDES[side])
    )
    # In this person's own browser only: who may see it depends on who asks.
    answer["Cache-Control"] = answer["Cache-Control"].replace("public", "private")
    return answer


def made_of(found: Exercise, given: Circumstances) -> dict[str, object]:
    """Of what is made of others: those that are open, and the names of those that are not.

    Where one of them is left out, the steps that would name it are not shown either.
    """
    open_now = parts(found, given)
    out = [named(slug).title for slug in found.parts if slug not in open_now]
    return {
        "parts": [named(slug) for slug in open_now],
        "parts_out": out,
        "steps": () if out else found.step_labels,
    }


def _named(code: str) -> Exercise:
    # The codes alone are addresses: a name would stand in the browser's history.
    try:
        found = named(code.upper())
    except KeyError:
        raise Http404 from None
    # Writing has a door of its own in the safety check, and it is not this one.
    if found.code != code.upper() or found.group == "writing":
        raise Http404
    return found


def _side(request: HttpRequest, found: Exercise) -> Side:
    asked = request.GET.get("side", "") if found.side == "one at a time" else ""
    return _SIDES.get(asked, "right")


def _ways(ways: tuple[Way, ...], given: Circumstances) -> list[Onward]:
    """Ways to another exercise only where that is open: its words alone would lead there."""
    return [
        Onward(each.label, address(named(each.to)) if each.to else "")
        for each in ways
        if not each.to or not forbidden(named(each.to), given)
    ]


def address(found: Exercise) -> str:
    return reverse("move-one", args=[found.code.lower()])


def _alike(found: Exercise, given: Circumstances) -> list[Exercise]:
    """What serves the same, is open, and may stand in its place."""
    others = [
        each
        for each in EXERCISES
        if each.group == found.group and each.slug != found.slug and not forbidden(each, given)
    ]
    shared = {each.slug: len(set(each.targets) & set(found.targets)) for each in others}
    return sorted(others, key=lambda each: (-shared[each.slug], each.code))[:_ALIKE]


def _target(slug: str) -> str:
    if slug in muscles.GROUPS:
        return muscles.name_of(slug)
    return str(_OTHER_MUSCLES[slug])


def _muscles(found: Exercise) -> list[Muscle]:
    bands = muscles.of_exercise(found) or {}
    return [
        Muscle(
            muscles.name_of(group),
            band.replace(" ", "-"),
            muscles.said(band),
            group in found.targets,
        )
        for group, band in bands.items()
    ]
