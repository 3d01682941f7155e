"""Several questions on one screen, by their short names: the night set, and what is asked again.

What was answered travels in the form itself until all of it is sent: nothing half said is kept.
"""

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID, uuid4, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from psoas.care.assessment import screenings
from psoas.care.assessment.rounds import combined, rounds_of
from psoas.care.assessment.screening import (
    Kind,
    asked_in,
    is_due,
    is_emergency_already,
    is_for,
    next_name,
)
from psoas.care.people.refusal import Refusal
from psoas.content.language import gettext as said
from psoas.content.question import NO, NOT_SURE, YES
from psoas.content.redflags import QuestionSet
from psoas.content.redflags import questions as installed
from psoas.web.doors import door, viewer_of
from psoas.web.entrance.help import country_of
from psoas.web.person.check_steps import answer_in_words, step

NIGHT: Final[Kind] = "night"
AGAIN: Final[Kind] = "again"


@dataclass(frozen=True)
class Listed:
    """One line of the screen: a question's short name, and what was said of it so far."""

    slug: str
    short: str
    said: str


@dataclass(frozen=True)
class SoFar:
    """What the form carries: the id it is known by, and the answers given already."""

    kind: Kind
    key: UUID
    answers: dict[str, str]
    noted: str = ""
    # From an earlier round; what is asked of the young alone depends on it.
    age: str = ""

    @classmethod
    def of(cls, request: HttpRequest, kind: Kind) -> "SoFar":
        posted = request.POST
        names = _names(installed(), kind)
        answers = {name: posted[name] for name in names if posted.get(name) in {YES, NO, NOT_SURE}}
        noted = posted.get("noted", "") or request.GET.get("noted", "")
        age = combined(rounds_of(viewer_of(request).known)).get("age", "")
        return cls(kind, _uuid(posted.get("key", "")), answers, noted, age)

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        kept = [("key", str(self.key)), ("noted", self.noted), *self.answers.items()]
        return tuple((name, value) for name, value in kept if value)

    @property
    def known(self) -> dict[str, str]:
        return {"age": self.age, **self.answers} if self.age else dict(self.answers)

    @property
    def kept_as(self) -> UUID:
        """The id of the round: sent twice it is one, and with other answers it is another.

        Back leads into this form again after it was sent, and what is changed there must count.
        """
        return uuid5(self.key, repr(sorted(self.answers.items())))

    def without(self, slug: str) -> "SoFar":
        """As if this question had not been opened."""
        left = {n: v for n, v in self.answers.items() if n.partition(".")[0] != slug}
        return replace(self, answers=left)


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def night(request: HttpRequest) -> HttpResponse:
    return _set(request, NIGHT)


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    return _set(request, AGAIN)


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def fall(request: HttpRequest) -> HttpResponse:
    """A fall: asked once more, since nothing undoes it; then the check is due."""
    if request.method != "POST":
        return render(request, "person/check/fall.html", {"help": country_of(request)})
    viewer, now = viewer_of(request), timezone.now()
    screenings.fell(viewer, now)
    return redirect("check")


def _set(request: HttpRequest, kind: Kind) -> HttpResponse:
    so_far = SoFar.of(request, kind)
    if request.method != "POST" or "back" in request.POST:
        return _list(request, so_far)
    if "done" in request.POST:
        return _finish(request, so_far)
    slug = request.POST.get("open", "")
    if slug in {each.slug for each in asked_in(installed(), kind)}:
        return _question(request, so_far.without(slug), slug)
    return _answered(request, so_far)


def _answered(request: HttpRequest, so_far: SoFar) -> HttpResponse:
    name, given = request.POST.get("name", ""), request.POST.get("answer", "")
    questions = installed()
    if name not in _names(questions, so_far.kind) or given not in {YES, NO, NOT_SURE}:
        return _list(request, so_far)
    so_far = replace(so_far, answers={**so_far.answers, name: given})
    if is_emergency_already(questions, so_far.answers):
        return _finish(request, so_far)
    # What is left to ask of this question; the others are asked by their short names.
    left = _left_of(questions, name.partition(".")[0], so_far.answers)
    return _question(request, so_far, left) if left else _list(request, so_far)


def _finish(request: HttpRequest, so_far: SoFar) -> HttpResponse:
    viewer, questions, now = viewer_of(request), installed(), timezone.now()
    try:
        done = screenings.whole(
            viewer,
            _with_the_rest(questions, so_far),
            key=so_far.kept_as,
            kind=so_far.kind,
            at=now,
            now=now,
        )
    except Refusal as refusal:
        wrong = [text for texts in refusal.fields.values() for text in texts]
        return _list(request, so_far, wrong)
    if so_far.kind == NIGHT and done.decision.disposition in {"G", "M"}:
        # What is closed by an older answer is said there: the door of that page asks the gate.
        return redirect(reverse("calm", query={"noted": so_far.noted} if so_far.noted else None))
    return redirect("check-result", done.id)


def _list(request: HttpRequest, so_far: SoFar, wrong: list[str] | None = None) -> HttpResponse:
    context = {
        **listed(so_far),
        "help": country_of(request),
        "back": reverse("today") if so_far.kind == NIGHT else reverse("check"),
        "wrong": wrong,
    }
    return render(request, "person/check/set.html", context, status=422 if wrong else 200)


def night_set(request: HttpRequest, noted: UUID) -> dict[str, object]:
    """What the night set's list needs on another page: the one that says an entry is noted."""
    return listed(replace(SoFar.of(request, NIGHT), noted=str(noted)))


def listed(so_far: SoFar) -> dict[str, object]:
    questions = installed()
    rows = [
        Listed(each.slug, said(each.short), answer_in_words(questions, each.slug, so_far.answers))
        for each in asked_in(questions, so_far.kind)
        if is_for(each, so_far.known)
    ]
    return {"listed": rows, "so_far": so_far, "here": _here(so_far.kind)}


def _question(request: HttpRequest, so_far: SoFar, name: str) -> HttpResponse:
    asked = step(installed(), so_far.kind, so_far.answers, name, back="")
    # One of a list is not "question 3 of 11".
    context = {"step": replace(asked, of=0, carried=so_far.carried), "here": _here(so_far.kind)}
    return render(request, "person/check/question.html", context)


def _left_of(questions: QuestionSet, slug: str, answers: dict[str, str]) -> str | None:
    question = questions.by_slug[slug]
    for each in question.follow_ups:
        name = f"{slug}.{each.key}"
        if name not in answers and is_due(question, each, answers):
            return name
    return None


def _with_the_rest(questions: QuestionSet, so_far: SoFar) -> dict[str, str]:
    """ "None of these" is a no to all that was not opened, and to what would be asked after it."""
    answers = so_far.known
    if is_emergency_already(questions, answers):
        return answers
    while name := next_name(questions, answers, so_far.kind):
        answers[name] = NO
    return answers


def _names(questions: QuestionSet, kind: Kind) -> list[str]:
    return [
        name
        for each in asked_in(questions, kind)
        for name in (each.slug, *(f"{each.slug}.{further.key}" for further in each.follow_ups))
    ]


def _here(kind: Kind) -> str:
    return reverse("check-night" if kind == NIGHT else "check-again")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
