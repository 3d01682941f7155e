"""Who is here: for the owner everyone and their work, for a clinician whom they look after."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from psoas.care.assessment import tasks
from psoas.care.people import clinic as story
from psoas.care.people import links, sharing
from psoas.care.people.access import Viewer, allows, people_looked_after
from psoas.care.people.models import (
    CLINICIAN,
    PERSON,
    ROLES,
    Care,
    Installation,
    Person,
    Share,
)
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.web.acts import titles
from psoas.web.doors import door, viewer_of
from psoas.web.forms import countries, show_refusal

# The only columns the list can be put in order by; anything else in the address is ignored.
ORDERS = {"name": "name", "role": "role", "since": "created_at"}


@dataclass(frozen=True)
class Column:
    """A heading of the list: where a click on it leads, and how it is ordered now."""

    label: str
    link: str
    sort: str


@dataclass(frozen=True)
class LookedAfter:
    """Someone a clinician looks after, and what is open to them."""

    person: Person
    shared: str
    since: datetime | None


class InviteForm(forms.Form):
    name = forms.CharField(
        label=_("Their name"),
        required=False,
        max_length=80,
        help_text=_("They can change it. You see it in the list only once they have joined."),
    )
    role = forms.ChoiceField(
        label=_("They come as"),
        choices=[(role, label) for role, label in ROLES.items()],
        initial=PERSON,
        widget=forms.RadioSelect,
    )


class ClinicForm(forms.Form):
    clinic_name = forms.CharField(label=_("The clinic’s name"), required=False, max_length=300)
    country = forms.ChoiceField(
        label=_("Country, for the help lines"), required=False, choices=countries
    )


@door("clinician or owner")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if allows("owner", viewer):
        return _everyone(request)
    now = timezone.now()
    context = {"people": _looked_after(viewer, now), "waiting": tasks.waiting(viewer, now)}
    return render(request, "clinic/looked_after.html", context)


def _everyone(request: HttpRequest) -> HttpResponse:
    order = request.GET.get("order", "name")
    column, down = order.removeprefix("-"), order.startswith("-")
    if column not in ORDERS:
        column, down = "name", False
    people = Person.objects.order_by(("-" if down else "") + ORDERS[column], "pk")
    cares: dict[UUID, list[Person]] = {}
    for care in Care.objects.filter(ended_at=None).select_related("clinician").order_by("since"):
        cares.setdefault(care.person_id, []).append(care.clinician)
    clinicians = list(Person.objects.filter(role=CLINICIAN, is_active=True).order_by("name"))
    rows = [
        {
            "person": person,
            "role": ROLES[person.role],
            "carers": cares.get(person.pk, []),
            "free": [
                each
                for each in clinicians
                if each.pk != person.pk and each not in cares.get(person.pk, [])
            ],
        }
        for person in people
    ]
    return render(request, "clinic/people.html", {"rows": rows, "columns": _columns(column, down)})


def _columns(chosen: str, down: bool) -> list[Column]:
    labels = {"name": _("Name"), "role": _("Role"), "since": _("Here since")}
    return [
        Column(
            str(label),
            f"?order={'-' if name == chosen and not down else ''}{name}",
            ("descending" if down else "ascending") if name == chosen else "",
        )
        for name, label in labels.items()
    ]


def _looked_after(viewer: Viewer, now: datetime) -> list[LookedAfter]:
    people = people_looked_after(viewer, now).order_by("name")
    shares: dict[UUID, list[Share]] = {}
    for share in Share.objects.in_force(now).filter(clinician=viewer.person):
        shares.setdefault(share.person_id, []).append(share)
    return [
        LookedAfter(
            person,
            titles(share.category for share in shares.get(person.pk, [])),
            max((share.given_at for share in shares.get(person.pk, [])), default=None),
        )
        for person in people
    ]


@door("owner")
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        token = links.make(
            "join",
            now=timezone.now(),
            role=form.cleaned_data["role"],
            name=form.cleaned_data["name"].strip(),
            made_by=viewer_of(request).known,
        )
        # Shown in this answer and never again: only the link's hash is kept.
        # Under the address that was set, not the one the request names: that is anybody's word.
        link = settings.PUBLIC_ORIGIN + reverse("join", args=[token])
    context = {"form": form, "link": link, "days": links.LASTS["join"].days}
    return render(request, "clinic/invite.html", context, status=422 if form.errors else 200)


@door("owner")
@require_http_methods(["GET", "POST"])
def clinic(request: HttpRequest) -> HttpResponse:
    installation = Installation.objects.filter(id=1).first() or Installation(is_demo=settings.DEMO)
    known = {"clinic_name": installation.clinic_name, "country": installation.country}
    form = ClinicForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            story.describe(**form.cleaned_data, actor=viewer_of(request).known, now=timezone.now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("people")
    return render(request, "clinic/clinic.html", {"form": form}, status=422 if form.errors else 200)


@door("owner")
@require_POST
def care(request: HttpRequest, key: UUID) -> HttpResponse:
    """Begin or end one clinician's care for one person."""
    person, clinician = _someone(key), _someone(request.POST.get("clinician", ""))
    owner, now = viewer_of(request).known, timezone.now()
    said = {"clinician": clinician.name, "person": person.name}
    try:
        if "end" in request.POST:
            sharing.end_care(clinician, person, actor=owner, now=now)
            done = gettext("%(clinician)s no longer looks after %(person)s.") % said
        else:
            sharing.start_care(clinician, person, actor=owner, now=now)
            done = gettext("%(clinician)s looks after %(person)s now.") % said
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("people")


@door("owner")
@require_POST
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    person, owner = _someone(key), viewer_of(request).known
    if person.pk == owner.pk:
        messages.error(request, gettext("This is your own account. You can delete it under “Me”."))
    elif person.is_active:
        sharing.deactivate(person, actor=owner, now=timezone.now())
        messages.success(
            request,
            gettext("%(name)s can no longer sign in. Nothing was deleted.") % {"name": person.name},
        )
    return redirect("people")


def _someone(key: UUID | str) -> Person:
    try:
        person = Person.objects.filter(pk=UUID(str(key))).first()
    except ValueError:
        person = None
    if person is None:
        raise NotAllowed
    return person
