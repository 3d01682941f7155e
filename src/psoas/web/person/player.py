"""Today's minutes: the page that leads through them, the routine for the device, and what it was.

The page works without its scripts, too: the same routine as a list with times, and two numbers.
"""

from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from psoas.care.assessment import gate
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import Refusal
from psoas.care.programme import lights, plans, sessions, stamping, stopping
from psoas.care.programme.plans import Today
from psoas.care.programme.prescribing import Item, as_item
from psoas.care.programme.reasons import Why
from psoas.care.programme.session_rows import OpenSession
from psoas.care.programme.swapping import instead_of, still_open
from psoas.content.exercises import EXERCISES
from psoas.content.exercises import exercise as named
from psoas.web import gated, offline
from psoas.web.doors import door, viewer_of
from psoas.web.entrance.help import country_of
from psoas.web.gated import key_of
from psoas.web.person import player_routine
from psoas.web.person.move_words import amount_in_words

_MINUTES: Final = {"2": 2, "5": 5, "7": 7, "10": 10}
_WHEN: Final = ("morning", "evening")
NUMBERS: Final = {
    "before": _("Before"),
    "during": _("Strongest"),
    "after": _("After"),
    "effort": _("Effort"),
}
STATES: Final = {
    "done": _("done"),
    "part": _("in part"),
    "skipped": _("left out"),
    "swapped": _("something else instead"),
}
REASONS: Final = {
    "hurts": _("it hurt"),
    "too-hard": _("too hard"),
    "no-time": _("no time"),
    "no-things": _("something was missing"),
    "not-today": _("not today"),
    "do-not-like": _("not liked"),
}


@door("inside", opens="routine", takes=True)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _done_without_script(request)
    return _page(request, {}, {})


@door("inside", opens="routine")
@require_safe
def today(request: HttpRequest) -> JsonResponse:
    """The routine as the device keeps it; bans are looked at again each time it is asked for."""
    # Before it is built: what changes meanwhile makes it one of before.
    person = viewer_of(request).known
    stamp = stamping.stamp(person)
    found, now = _asked(request), timezone.now()
    # The same that it was built from: instead of a morning's one, what is for the morning.
    swaps = instead_of(found.given, _all_of(found), _only(found))
    keeps = not person.pin
    answer = JsonResponse(
        player_routine.document(found, swaps, still_open(found.given), stamp, now, keeps=keeps)
    )
    answer["Cache-Control"] = "no-store"
    return answer


@door("inside")
@require_safe
def after(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the session came to: the light's sentence, and what changes, with why."""
    viewer, now = viewer_of(request), timezone.now()
    session = sessions.read(viewer, key, now)
    lit = lights.lit(session) if session.finished_at else None
    # Where exercising is closed, nothing speaks of going on with it.
    is_open = gate.may(viewer.known, "routine", now).allowed
    context = {
        "session": session,
        "numbers": [
            (label, session.number(name), name != "effort") for name, label in NUMBERS.items()
        ],
        "lit": lit,
        "is_open": is_open,
        "changes": _changes(viewer, session, now) if is_open else [],
        "done": [_line(item) for item in session.items],
        "stop": stopping.stop_of(session.stop) if session.stop else None,
    }
    return render(request, "person/move/after.html", context)


def words() -> dict[str, Any]:
    """What the player's own words need, whoever looks: also the shell that a device keeps."""
    return {"signs": stopping.SIGNS}


def _page(
    request: HttpRequest, typed: dict[str, str], errors: dict[str, str], status: int = 200
) -> HttpResponse:
    found = _asked(request)
    context = {
        "today": found,
        "rows": [(item, amount_in_words(item.amount, item.side)) for item in found.routine.items],
        "key": typed.get("key") or uuid4(),
        "typed": typed,
        "errors": errors,
        **words(),
        **offline.words(country_of(request).code),
    }
    return render(request, "person/move/go.html", context, status=status)


def _asked(request: HttpRequest) -> Today:
    when = request.GET.get("when", "")
    return plans.today(
        viewer_of(request),
        timezone.now(),
        when=when if when in _WHEN else None,
        minutes=_MINUTES.get(request.GET.get("minutes", "")),
    )


def _changes(viewer: Viewer, session: OpenSession, now: datetime) -> list[tuple[str, list[Why]]]:
    """The doses that a rule changed for this session, of what was in it."""
    slugs = {str(item["slug"]) for item in session.items}
    found = plans.today(viewer, now).changes
    return [
        (named(each.slug).title, list(each.why))
        for each in found
        if each.slug in slugs and each.on == session.day
    ]


def _all_of(found: Today) -> tuple[Item, ...]:
    return (*found.routine.items, *found.shortest.items)


def _only(found: Today) -> frozenset[str] | None:
    """What a plan that is locked leaves to choose from; None where it is not."""
    held = found.plan
    return frozenset(each.slug for each in held.items) if held and held.locked else None


def _done_without_script(request: HttpRequest) -> HttpResponse:
    """The plain form: what was ticked is done, the rest was left out."""
    now, typed = timezone.now(), {name: str(value) for name, value in request.POST.items()}
    found = _asked(request)
    ticked = set(request.POST.getlist("done"))
    numbers = {name: _number(typed.get(name, "")) for name in NUMBERS}
    items = [_told(item, done=item.slug in ticked) for item in _shown(request, found)]
    raw = {
        "v": player_routine.VERSION, "step": 1, "kind": "routine", "plan": found.version,
        "begun_at": now.isoformat(), "at": now.isoformat(), "items": items, **numbers,
        "minutes": sum(each["done_s"] for each in items) / 60, "finished": True,
    }  # fmt: skip
    key = key_of(typed.get("key", ""))
    try:
        sessions.tell(viewer_of(request), key, raw, now)
    except Refusal as refusal:
        errors = {name: " ".join(texts) for name, texts in refusal.fields.items()}
        return _page(request, typed, errors, status=422)
    # Nothing that was done is lost where the door has closed meanwhile; it is asked for now.
    return gated.ask(request, viewer_of(request), "routine") or redirect("move-after", key)


def _shown(request: HttpRequest, found: Today) -> list[Item]:
    """What stood on the form, also where today holds something else or nothing by now."""
    here = {item.slug: item for item in _all_of(found)}
    here |= {item.slug: item for item in found.routine.items}
    known = {each.slug: each for each in EXERCISES}
    sent = request.POST.getlist("shown")
    slugs = dict.fromkeys(sent or [each.slug for each in found.routine.items])
    return [here.get(slug) or as_item(known[slug], found.given) for slug in slugs if slug in known]


def _told(item: Item, *, done: bool) -> dict[str, Any]:
    much = item.amount
    turns = player_routine.turns(item)
    counted = {"hold_s": much.hold_s, "reps": much.reps, "breaths": much.breaths}
    return {
        "slug": item.slug,
        "side": player_routine.told_side(item),
        "sets": much.sets,
        "seconds": much.seconds,
        **{name: value for name, value in counted.items() if value is not None},
        "state": "done" if done else "skipped",
        "done_s": sum(each["seconds"] for each in turns) if done else 0,
    }


def _number(text: str) -> float | str | None:
    """A number that was chosen; "not sure" and nothing are none, anything else is refused."""
    if text in ("", "unsure"):
        return None
    try:
        return float(text)
    except ValueError:
        return text


def _line(item: dict[str, Any]) -> tuple[str, str]:
    """An exercise as the list afterwards names it: its name, and what became of it."""
    try:
        title = named(str(item["slug"])).title
    except KeyError:
        # Told by a device that knew it, and taken out of the library since.
        title = str(item["slug"])
    said = [str(STATES[item["state"]]), str(REASONS.get(item.get("reason") or "", ""))]
    return title, ": ".join(each for each in said if each)
