"""Questionnaires that are not free: the owner states a licence, and until then they are off."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from psoas.care.assessment import licences as story
from psoas.care.assessment.models import Licence
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.content.questionnaire import Questionnaire
from psoas.content.questionnaires import questionnaires
from psoas.web.doors import door, viewer_of
from psoas.web.forms import show_refusal


class StatementForm(forms.Form):
    """What the owner puts their name to. The sentence stands on the form, the rest is typed."""

    wording = forms.CharField(
        label=_("Who granted it, to whom, its number or date"), required=False, max_length=400
    )
    stated = forms.BooleanField(required=False)

    def __init__(self, questionnaire: Questionnaire, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["stated"].label = gettext("This clinic holds a licence for %(name)s.") % {
            "name": questionnaire.label
        }

    def clean_stated(self) -> bool:
        if not self.cleaned_data["stated"]:
            raise forms.ValidationError(
                gettext("Tick this if it is so; without it the questionnaire stays off.")
            )
        return True


@dataclass(frozen=True)
class Row:
    """One questionnaire that needs a licence: what is stated now, and what was before."""

    questionnaire: Questionnaire
    form: StatementForm
    in_force: Licence | None
    before: tuple[Licence, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.questionnaire.licence.source,) if self.questionnaire.licence.source else ()


@door("owner")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _change(request)
    return _shown(request)


def _change(request: HttpRequest) -> HttpResponse:
    owner, slug, now = viewer_of(request), request.POST.get("slug", ""), timezone.now()
    found = next((each for each in _restricted() if each.slug == slug), None)
    if found is None:
        # This page offers no other, so the form is none of ours.
        raise NotAllowed
    if "withdraw" in request.POST:
        if slug in story.in_force():
            story.withdraw(owner, slug, now)
        messages.success(request, gettext("%(name)s is off now.") % {"name": found.label})
        return redirect("people-licences")
    form = StatementForm(found, request.POST, prefix=slug)
    if form.is_valid():
        try:
            story.state(owner, slug, form.cleaned_data["wording"], now)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("%(name)s can be used now.") % {"name": found.label})
            return redirect("people-licences")
    return _shown(request, form, slug)


def _shown(
    request: HttpRequest, refused: StatementForm | None = None, slug: str = ""
) -> HttpResponse:
    stated: dict[str, list[Licence]] = {}
    for licence in Licence.objects.select_related("stated_by").order_by("-stated_at"):
        stated.setdefault(licence.slug, []).append(licence)
    rows = [
        _row(each, stated.get(each.slug, []), refused if each.slug == slug else None)
        for each in _restricted()
    ]
    context = {"rows": rows, "refused": slug if refused else ""}
    return render(request, "clinic/licences.html", context, status=422 if refused else 200)


def _row(questionnaire: Questionnaire, stated: list[Licence], refused: StatementForm | None) -> Row:
    in_force = next((each for each in stated if each.ended_at is None), None)
    # What was stated last is offered again, so that a withdrawal by mistake costs one tap.
    known = {"wording": stated[0].wording} if stated else {}
    form = refused or StatementForm(questionnaire, prefix=questionnaire.slug, initial=known)
    before = tuple(each for each in stated if each.ended_at is not None)
    return Row(questionnaire, form, in_force, before)


def _restricted() -> list[Questionnaire]:
    return [each for each in questionnaires() if each.restricted]
