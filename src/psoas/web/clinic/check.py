"""What the check says about one person, and a clinician's yes with name and reason."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from psoas.care.assessment import clearing
from psoas.care.assessment.screening import Decision, Reason
from psoas.care.assessment.shown import ShownCheck, say_yes, shown
from psoas.care.people.refusal import Refusal
from psoas.content.exercises import exercise
from psoas.content.language import gettext as said
from psoas.content.question import NO
from psoas.web.clinic.task_words import since_then
from psoas.web.clinic.whom import mixed_up, token, whom
from psoas.web.doors import door, viewer_of
from psoas.web.forms import show_refusal
from psoas.web.person.check_steps import answer_in_words


class YesForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("The reason"),
        help_text=gettext_lazy(
            "What you examined or know. It stands in the record with your name."
        ),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )


@dataclass(frozen=True)
class Line:
    """One answer that matters: the question, the answer, what it counts as and why."""

    question: str
    answer: str
    further: tuple[tuple[str, str], ...]
    outcome: str
    sources: tuple[str, ...]
    ck: str


@door("clinician")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, key: UUID) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    form = YesForm()
    if request.method == "POST":
        person = whom(viewer, key, now)
        if refused := mixed_up(request, viewer, person):
            return refused
        if "withdraw" in request.POST:
            return _withdraw(request, key)
        form = YesForm(request.POST)
        if form.is_valid():
            try:
                say_yes(viewer, key, form.cleaned_data["reason"], now)
            except Refusal as refusal:
                show_refusal(form, refusal)
            else:
                messages.success(request, _("Written down, with your name."))
                return redirect("person-check", key)
    found = shown(viewer, key, now)
    context = {
        "found": found,
        "person": found.person,
        "token": token(viewer, found.person),
        "form": form,
        "me": viewer.known.pk,
        "before": since_then(found.before, now),
        **_told(found),
    }
    return render(request, "clinic/check.html", context, status=422 if form.errors else 200)


def _withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take back a yes; only who wrote it can."""
    try:
        which = UUID(request.POST["withdraw"])
    except ValueError:
        which = key
    clearing.withdraw(viewer_of(request), which, timezone.now())
    messages.success(request, _("Taken back. The check counts as it was answered."))
    return redirect("person-check", key)


def _told(found: ShownCheck) -> dict[str, object]:
    if found.disposition is None:
        return {"outcome": None}
    outcome = found.questions.outcome(found.disposition)
    told: dict[str, object] = {
        "outcome": said(outcome.name),
        "urgent": found.disposition in {"E", "S"},
        "opens": _opens(found),
    }
    if found.decision is not None:
        named = {each.slug: each for each in found.questions.limits}
        told |= {
            "lines": _lines(found, found.decision.reasons),
            "limits": [named[slug].said for slug in found.decision.limits],
            "bans": [exercise(code).label for code in found.decision.bans],
            "limit_sources": dict.fromkeys(
                source for each in _limiting(found.decision) for source in each.sources
            ),
            "limit_ck": any(each.ck for each in _limiting(found.decision)),
            "no": sum(
                1 for name, answer in found.answers.items() if answer == NO and "." not in name
            ),
        }
    return told


def _opens(found: ShownCheck) -> str:
    """What a clinician has to know to treat: in one sentence, whatever was answered."""
    words = {
        "E": _("An emergency. No exercise; see that help is on its way."),
        "S": _("Needs a clinician on the same day. No exercise before that."),
        "C": _("A clinician’s yes comes before exercise. Breathing and appointments are open."),
        "M": _("Exercise within limits; ask about them before you treat."),
        "G": _("Nothing answered speaks against gentle exercise."),
    }
    return words[found.disposition or "G"]


def _lines(found: ShownCheck, reasons: tuple[Reason, ...]) -> list[Line]:
    # One question may hold back by two rules; the higher stands first and is the one to show.
    once = {each.question: each for each in reversed(reasons)}
    return [
        Line(
            said(found.questions.by_slug[each.question].short),
            answer_in_words(found.questions, each.question, found.answers),
            _further(found, each.question),
            said(found.questions.outcome(each.disposition).name),
            each.sources,
            each.ck,
        )
        for each in sorted(once.values(), key=reasons.index)
    ]


def _limiting(decision: Decision) -> list[Reason]:
    """The reasons that set limits: those where exercise goes on within them, or else all."""
    return [each for each in decision.reasons if each.disposition == "M"] or list(decision.reasons)


def _further(found: ShownCheck, slug: str) -> tuple[tuple[str, str], ...]:
    """What was asked further after this question, with its answers."""
    names = ((f"{slug}.{each.key}", each.ask) for each in found.questions.by_slug[slug].follow_ups)
    return tuple(
        (said(ask), answer_in_words(found.questions, name, found.answers))
        for name, ask in names
        if name in found.answers
    )
