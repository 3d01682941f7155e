"""The safety check: its first screen, then one question a screen.

Each question has its own address (``?n=``), so the browser's Back is a way back here as well.
"""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from psoas.care.assessment import gate, screenings
from psoas.care.assessment.rounds import OpenScreening
from psoas.care.assessment.screening import Kind
from psoas.care.people import sharing
from psoas.care.people.refusal import Refusal
from psoas.content.language import gettext as said
from psoas.content.redflags import QuestionSet
from psoas.content.redflags import questions as installed
from psoas.web.doors import door, viewer_of
from psoas.web.entrance.help import country_of
from psoas.web.person.check_steps import Step, choices, numbered, step, why
from psoas.web.person.check_words import urgent_advice, why_due

FULL: Final[Kind] = "full"
# Instead of a question's number: the page for those who are too young for what is here.
YOUNG: Final = "young"
# Single warning signs say little; where that is known from.
SCREENING_SOURCES = ("Finucane and others 2020, JOSPT 50:350, doi 10.2519/jospt.2020.9971",)


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _first(request)
    viewer, now = viewer_of(request), timezone.now()
    age = request.POST.get("age", "")
    if age not in {each.slug for each in installed().age.options}:
        return _first(request, [_("Choose how old you are: one or two questions depend on it.")])
    open_ = screenings.begin(viewer, FULL, now)
    if open_.next == "age":
        try:
            open_ = screenings.answer(
                viewer, open_.id, "age", age, revision=open_.revision, now=now
            )
        except Refusal:
            # A tap that was sent twice: the other one was first.
            open_ = screenings.read(viewer, open_.id)
    return _onward(open_)


def _first(request: HttpRequest, wrong: list[str] | None = None) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    person, questions = viewer.known, installed()
    standing = gate.stand(person, now)
    begun = standing.under_way if standing.under_way and standing.under_way.kind == FULL else None
    context = {
        "age": why(questions.age),
        "ages": choices(questions.age, request.POST.get("age")),
        **_counts(questions),
        "place": begun and _place(begun),
        "short": standing.state == "due" and standing.why_due != "version",
        "urgent": urgent_advice(standing),
        "why_due": why_due(standing),
        "help": country_of(request),
        "readers": _names(sharing.who_reads(person, "questionnaires", now=now)),
        "carers": _names(sharing.who_cares(person, now=now)),
        "sources": SCREENING_SOURCES,
        "wrong": wrong,
    }
    return render(request, "person/check/start.html", context, status=422 if wrong else 200)


def _counts(questions: QuestionSet) -> dict[str, int]:
    """How many questions there are, at the least and at the most: it depends on the age."""
    ages = [each.slug for each in questions.age.options]
    found = [len(numbered(questions, FULL, {"age": age})) for age in ages]
    return {"fewest": min(found), "most": max(found)}


def _place(open_: OpenScreening) -> dict[str, str]:
    at = step(open_.question_set, FULL, open_.answers, open_.next or "age", back="")
    said = at.progress or _("You had not answered anything yet.")
    return {"said": said, "url": reverse("check-one", args=[open_.id])}


def _names(people: list[str]) -> str:
    return ", ".join(people)


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    open_ = screenings.read(viewer_of(request), key)
    if request.method == "POST":
        return _answered(request, open_)
    asked_for = request.GET.get("n", "")
    if asked_for == YOUNG and open_.finished_at is None and not open_.decision.self_care:
        return _young(request, open_)
    # What an emergency ended can still be corrected, by the way that page offers.
    if open_.finished_at is not None and not (open_.stopped and asked_for):
        return redirect("check-result", key)
    return _ask(request, open_, _whole_number(asked_for))


def _young(request: HttpRequest, open_: OpenScreening) -> HttpResponse:
    """Whom these pages are not for hears it first, and may still look for danger."""
    context = {
        "advice": [said(each.advice) for each in open_.decision.reasons],
        "url": reverse("check-one", args=[open_.id], query={"n": 2}),
        "help": country_of(request),
    }
    return render(request, "person/check/young.html", context)


def _answered(request: HttpRequest, open_: OpenScreening) -> HttpResponse:
    posted = request.POST
    name, revision = posted.get("name", ""), posted.get("revision", "")
    given: str | list[str] = posted.get("answer", "")
    if given == "features":
        given = posted.getlist("feature")
    try:
        answered = screenings.answer(
            viewer_of(request),
            open_.id,
            name,
            given,
            revision=_whole_number(revision),
            now=timezone.now(),
        )
    except Refusal as refusal:
        now_open = screenings.read(viewer_of(request), open_.id)
        wrong = [text for texts in refusal.fields.values() for text in texts]
        if now_open.finished_at is not None:
            messages.error(request, " ".join(wrong))
            return redirect("check-result", now_open.id)
        return _ask(request, now_open, 0, wrong)
    return _onward(answered, name)


def _whole_number(text: str) -> int:
    """What was sent as a number; 0, which is none, for anything that is not one of ours."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _onward(open_: OpenScreening, name: str = "age") -> HttpResponse:
    """To what comes after the answer just given; to the outcome where nothing does."""
    if open_.next is None or open_.finished_at is not None:
        return redirect("check-result", open_.id)
    asked = _in_order(open_)
    if name == "age" and not open_.decision.self_care:
        return redirect(reverse("check-one", args=[open_.id], query={"n": YOUNG}))
    # After a change on the way back, on to the next screen and not to the end of the line.
    place = asked.index(name) + 2 if name in asked else len(asked)
    return redirect(reverse("check-one", args=[open_.id], query={"n": place}))


def _ask(
    request: HttpRequest, open_: OpenScreening, place: int, wrong: list[str] | None = None
) -> HttpResponse:
    asked = _in_order(open_)
    at = min(place, len(asked)) if place > 0 else len(asked)
    context = {"step": _step(open_, asked, at), "wrong": wrong}
    return render(request, "person/check/question.html", context, status=422 if wrong else 200)


def _in_order(open_: OpenScreening) -> list[str]:
    """What was asked so far and still counts, then what is asked next."""
    return [*open_.asked, *([open_.next] if open_.next else [])]


def _step(open_: OpenScreening, asked: list[str], at: int) -> Step:
    # Back from the first question, about the age, leads to the first screen.
    here = reverse("check-one", args=[open_.id], query={"n": at - 1})
    return step(
        open_.question_set,
        open_.kind,
        open_.answers,
        asked[at - 1],
        back=here if at > 1 else reverse("check"),
        revision=open_.revision,
    )
