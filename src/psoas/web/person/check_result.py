"""What came of the check: as a page, on paper, and a clinician's yes written beside it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from psoas.care.assessment import clearing, gate, screenings
from psoas.care.people.refusal import Refusal
from psoas.web import gated
from psoas.web.doors import door, viewer_of
from psoas.web.entrance.help import country_of
from psoas.web.forms import show_refusal
from psoas.web.person.check_outcome import Found, found, way_back, way_on
from psoas.web.person.check_reasons import in_words
from psoas.web.person.check_words import is_urgent


class ToldForm(forms.Form):
    who = forms.CharField(
        label=_("Who said so"), help_text=_("Name, or practice and profession."), required=False
    )
    when = forms.CharField(
        label=_("When"),
        required=False,
        widget=forms.DateInput({"type": "date", "class": "short"}),
    )
    what_for = forms.CharField(
        label=_("What for"),
        help_text=_("For example: walking, or all the exercises here."),
        required=False,
    )


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, key: UUID) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    if request.method == "POST":
        return _advised(request, key)
    round_, standing = screenings.read(viewer, key), gate.stand(viewer.known, now)
    if round_.finished_at is None and not is_urgent(standing):
        # Nothing came of it yet: what was answered so far may look like more than it is.
        return redirect("check-one", key)
    given = clearing.clearances(viewer, now)
    outcome = found(round_, standing, given)
    context: dict[str, object] = {"found": outcome, "help": country_of(request)}
    context["unfinished"] = round_.finished_at is None
    if outcome.is_emergency:
        context["mistake"] = way_back(viewer.known, standing, outcome)
        context["over"] = way_on(viewer.known, standing, outcome)
        return render(request, "person/check/emergency.html", context)
    context["onward"] = gated.onward(request) if outcome.goes_on else ""
    context["mind"] = standing.mind
    context["yes"] = in_words(given)
    return render(request, "person/check/result.html", context)


def _advised(request: HttpRequest, key: UUID) -> HttpResponse:
    """The advice was read: what it held back opens, and the person goes where they wanted to."""
    screenings.advised(viewer_of(request), key, timezone.now())
    wanted = gated.onward(request)
    return redirect(wanted) if wanted else redirect("check-result", key)


@door("inside")
@require_safe
def sheet(request: HttpRequest, key: UUID) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    round_ = screenings.read(viewer, key)
    if round_.finished_at is None:
        return redirect("check-one", key)
    given = clearing.clearances(viewer, now)
    outcome = found(round_, gate.stand(viewer.known, now), given)
    yes = in_words(given) if outcome.holds else ()
    context = {"found": outcome, "yes": yes, "zone": timezone.get_current_timezone_name()}
    return render(request, "person/check/print.html", context)


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest, key: UUID) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    # Whose round it is, before anything is said about it.
    outcome = found(screenings.read(viewer, key), gate.stand(viewer.known, now))
    if request.method != "POST":
        return _told_page(request, outcome, ToldForm())
    if request.POST.get("do") == "withdraw":
        clearing.withdraw(viewer, gated.key_of(request.POST.get("yes", "")), now)
        messages.success(request, gettext("Taken back."))
        return redirect("check-result", key)
    form = ToldForm(request.POST)
    form.is_valid()
    typed = form.cleaned_data
    try:
        clearing.told(viewer, typed["who"], typed["when"], typed["what_for"], now)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _told_page(request, outcome, form, status=422)
    messages.success(request, gettext("Written down."))
    return redirect("check-result", key)


def _told_page(
    request: HttpRequest, outcome: Found, form: ToldForm, status: int = 200
) -> HttpResponse:
    context = {"found": outcome, "form": form}
    return render(request, "person/check/told.html", context, status=status)
