"""What a physiotherapist measures, or types in from paper, into one person's record."""

import hmac
from collections.abc import Mapping
from uuid import UUID, uuid4, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from psoas.care.assessment import replies
from psoas.care.people import vault
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.content.questionnaire import Questionnaire
from psoas.web.clinic import typed as form
from psoas.web.clinic.entered import entered
from psoas.web.clinic.printed import names, order_said
from psoas.web.clinic.whom import mixed_up, token, whom
from psoas.web.doors import door, viewer_of


@door("clinician")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, key: UUID) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    person = whom(viewer, key, now)
    if request.method == "POST":
        return mixed_up(request, viewer, person) or _enter(request, viewer, person)
    if "saved" in request.GET:
        context = {
            "person": person,
            "saved": entered(viewer, person, request.GET["saved"], now),
        }
        return render(request, "clinic/measured.html", context)
    chosen = _chosen(viewer, request.GET.get("form", ""))
    if chosen is not None:
        return _typing(request, viewer, person, chosen, {})
    return _list(request, viewer, person)


def _list(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    found = replies.enterable(viewer)
    context = {
        "person": person,
        "measured": [_link(viewer, person, each) for each in found if _is_measured(each)],
        "on_paper": [_link(viewer, person, each) for each in found if not _is_measured(each)],
    }
    return render(request, "clinic/measure.html", context)


def _is_measured(questionnaire: Questionnaire) -> bool:
    return questionnaire.scored_by == "clinician" and not questionnaire.restricted


def _link(viewer: Viewer, person: Person, questionnaire: Questionnaire) -> dict[str, object]:
    return {"questionnaire": questionnaire, "url": address(viewer, person, questionnaire.slug)}


def address(viewer: Viewer, person: Person, slug: str) -> str:
    """Where this is typed in; the address does not say what it is."""
    return f"{reverse('person-measure', args=[person.pk])}?form={_code(viewer, slug)}"


def _code(viewer: Viewer, slug: str) -> str:
    secret = bytes.fromhex(vault.keyring().session_key)
    return hmac.digest(secret, f"form|{viewer.known.pk.hex}|{slug}".encode(), "sha256")[:6].hex()


def _chosen(viewer: Viewer, code: str) -> Questionnaire | None:
    return next(
        (each for each in replies.enterable(viewer) if _code(viewer, each.slug) == code), None
    )


def _typing(
    request: HttpRequest,
    viewer: Viewer,
    person: Person,
    chosen: Questionnaire,
    wrong: Mapping[str, str],
) -> HttpResponse:
    found = form.fields(chosen, request.POST, wrong)
    context = {
        "person": person,
        "token": token(viewer, person),
        "code": _code(viewer, chosen.slug),
        "key": _key(request.POST.get("key", "")),
        "chosen": chosen,
        "pairs": form.pairs(chosen, found),
        "fields": [each for each in found if not each.item.side],
        "norms": form.norms_of(chosen),
        "wrong": wrong,
        "order": order_said(chosen),
    }
    return render(request, "clinic/measure_form.html", context, status=422 if wrong else 200)


def _key(text: str) -> UUID:
    """What the form is known by."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _enter(request: HttpRequest, viewer: Viewer, person: Person) -> HttpResponse:
    chosen = _chosen(viewer, request.POST.get("form", ""))
    if chosen is None:
        # Its licence was withdrawn meanwhile, or the form is none of ours.
        raise NotAllowed
    answers = [request.POST.get(form.name_of(item), "") for item in chosen.items]
    if not _says_something(chosen, answers):
        nothing = {"": _("Nothing that was measured is typed in yet.")}
        return _typing(request, viewer, person, chosen, nothing)
    # Two taps on Save are one entry. Changed on the way back it is another: the later one counts.
    key = uuid5(_key(request.POST.get("key", "")), repr([chosen.slug, *answers]))
    try:
        reply = replies.enter(
            viewer,
            person.pk,
            chosen.slug,
            answers,
            timezone.now(),
            key=key,
            names=names(chosen),
        )
    except Refusal as refusal:
        return _typing(request, viewer, person, chosen, _beside_items(refusal))
    return redirect(f"{reverse('person-measure', args=[person.pk])}?saved={reply.id}")


def _says_something(chosen: Questionnaire, answers: list[str]) -> bool:
    """Whether anything is there to keep: an age alone, to compare with, is nothing measured."""
    return any(
        answer.strip() and (item.scored or item.side or item.kind == "yes-no")
        for item, answer in zip(chosen.items, answers, strict=True)
    )


def _beside_items(refusal: Refusal) -> dict[str, str]:
    """Each sentence beside its item: a story names an item by its number."""
    return {
        f"item-{field}" if field.isdigit() else "": " ".join(sentences)
        for field, sentences in refusal.fields.items()
    }
