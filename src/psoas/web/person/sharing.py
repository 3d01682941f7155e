"""Who may read what, and who did."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from psoas.care.assessment.mind import ALARM
from psoas.care.people import sharing
from psoas.care.people.models import CATEGORIES, Care, Person, Share, TrailRow
from psoas.care.people.refusal import NotAllowed
from psoas.web.acts import Act, in_words, titles
from psoas.web.doors import door, viewer_of


@dataclass(frozen=True)
class Switch:
    """One category for one clinician; on means: they can read it from that time on."""

    category: str
    title: str
    covers: str
    since: datetime | None


@dataclass(frozen=True)
class Reader:
    """A clinician who looks after this person, and what they can read."""

    clinician: Person
    cares_since: datetime
    switches: tuple[Switch, ...]

    @property
    def on(self) -> frozenset[str]:
        return frozenset(switch.category for switch in self.switches if switch.since)

    @property
    def readable(self) -> str:
        return titles(self.on - {ALARM})

    @property
    def hears(self) -> bool:
        """Nothing is read by it: a note is left for them."""
        return ALARM in self.on


@door("inside")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    person, now = viewer_of(request).known, timezone.now()
    if request.method == "POST":
        return _change(request, person, now)
    return render(request, "person/sharing.html", {"readers": _readers(person, now)})


def _change(request: HttpRequest, person: Person, now: datetime) -> HttpResponse:
    try:
        clinician = UUID(request.POST.get("clinician", ""))
    except ValueError:
        raise NotAllowed from None
    chosen = set() if "nothing" in request.POST else set(request.POST.getlist("category"))
    # A category this page never offered came from no form of ours.
    if not chosen <= set(CATEGORIES):
        raise NotAllowed
    sharing.set_shares(person, clinician, chosen, now=now)
    messages.success(
        request, _("Saved. It holds from now on.") if chosen else _("Nothing is shared any more.")
    )
    return redirect("me-sharing")


def _readers(person: Person, now: datetime) -> list[Reader]:
    cares = Care.objects.filter(person=person, ended_at=None, clinician__is_active=True)
    shares = {
        (share.clinician_id, share.category): share.given_at
        for share in Share.objects.in_force(now).filter(person=person)
    }
    return [
        Reader(
            care.clinician,
            care.since,
            tuple(
                Switch(slug, *_split(str(label)), shares.get((care.clinician_id, slug)))
                for slug, label in CATEGORIES.items()
            ),
        )
        for care in cares.select_related("clinician").order_by("since")
    ]


def _split(label: str) -> tuple[str, str]:
    title, _colon, covers = label.partition(":")
    return title, covers.strip()


@door("inside")
@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """What the trail holds about this person, newest first, in plain words."""
    person = viewer_of(request).known
    rows = TrailRow.objects.filter(subject=person.pk).order_by("-number")
    everything = request.GET.get("all") == "1"
    if not everything:
        rows = rows.exclude(actor=person.pk)
    shown = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "acts": _acts(person, list(shown.object_list)),
        "shown": shown,
        "everything": everything,
        "query": urlencode({"all": "1"}) if everything else "",
    }
    return render(request, "person/record.html", context)


def _acts(person: Person, rows: list[TrailRow]) -> list[Act]:
    about = {row.actor for row in rows} | {_uuid(row.item) for row in rows}
    people = Person.objects.filter(pk__in={key for key in about if key})
    names: dict[UUID | None, str] = dict(people.values_list("pk", "name"))
    acts: list[Act] = []
    for row in rows:
        own = row.actor == person.pk
        act = in_words(
            row,
            who=_("You") if own else _name(names, row.actor),
            other=names.get(_uuid(row.item), ""),
        )
        # One's own entries in a row are one line; what others did is never put together.
        if own and acts and (acts[-1].who, acts[-1].sentence) == (act.who, act.sentence):
            acts[-1] = replace(acts[-1], times=acts[-1].times + 1, since=act.at)
        else:
            acts.append(act)
    return acts


def _name(names: dict[UUID | None, str], actor: UUID | None) -> str:
    if actor is None:
        return _("The installation")
    return names.get(actor) or _("Someone whose account is gone")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
