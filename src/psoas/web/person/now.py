"""Hurting now: where, how strong, done. Three taps, and a plain form without JavaScript.

With JavaScript the entry goes through the device's outbox instead (``person/outbox.py``).
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from psoas.care.journal.models import MOMENT
from psoas.care.journal.notebook import open_notebook
from psoas.care.journal.reading import entry as read_entry
from psoas.care.journal.repeating import write_form
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.care.programme import flare
from psoas.web import offline
from psoas.web.bodymap import list_of_places, view_of, views_of_the_body
from psoas.web.doors import door, viewer_of
from psoas.web.entrance.help import country_of
from psoas.web.person.check_set import night_set
from psoas.web.person.spoken import clock, in_short


@dataclass(frozen=True)
class Typed:
    """What the form sent, kept as it is when something is missing."""

    id: str = ""
    places: tuple[str, ...] = ()
    tension: tuple[str, ...] = ()
    pain: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Typed":
        post = request.POST
        return cls(
            post.get("id", ""),
            tuple(post.getlist("places")),
            tuple(post.getlist("tension")),
            post.get("pain", ""),
        )

    @property
    def chosen(self) -> tuple[str, ...]:
        return self.places + self.tension

    def entry(self) -> dict[str, object]:
        unsure = self.pain == "unsure"
        return {
            "places": list(self.places),
            "tension": list(self.tension),
            "pain": None if unsure else self.pain,
            "unsure": unsure,
        }


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _write(request)
    if "noted" in request.GET:
        return _noted(request, _id(request.GET["noted"]))
    return _ask(request, Typed(id=str(uuid4())), {})


def _write(request: HttpRequest) -> HttpResponse:
    typed = Typed.of(request)
    try:
        written = write_form(
            viewer_of(request),
            typed.entry(),
            # The id was made with the page, so a form sent twice is one entry.
            entry_id=_id(typed.id),
            kind=MOMENT,
            now=timezone.now(),
        )
    except Refusal as refusal:
        return _ask(request, typed, refusal.fields, status=422)
    return redirect(reverse("now", query={"noted": written.id}))


def _ask(
    request: HttpRequest, typed: Typed, wrong: dict[str, list[str]], status: int = 200
) -> HttpResponse:
    viewer = viewer_of(request)
    remembered = open_notebook(viewer).remembered
    last = [*remembered.get("places", []), *remembered.get("tension", [])]
    context = {
        "views": views_of_the_body(),
        "groups": list_of_places(),
        "opening": view_of([*typed.chosen, *last]),
        "typed": typed,
        "wrong": wrong,
        "flare_from": flare.offered_from(viewer, timezone.now()),
        "sentences": [text for texts in wrong.values() for text in texts],
        **offline.words(country_of(request).code),
    }
    return render(request, "person/now/page.html", context, status=status)


def _noted(request: HttpRequest, key: UUID) -> HttpResponse:
    """It is noted; and before anything calming, what cannot wait is asked on this same screen."""
    viewer = viewer_of(request)
    entry = read_entry(viewer, key)
    context = {
        "flare": flare.offered(entry.document.get("pain"), viewer, timezone.now()),
        "entry": entry,
        "time": clock(entry.at),
        "what": in_short(entry),
        **night_set(request, key),
    }
    return render(request, "person/now/noted.html", context)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotAllowed from None
