"""One screen of the safety check: what is asked, how far along, and the way back."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from psoas.care.assessment.screening import Answer, Answers, Kind, asked_in, is_for
from psoas.content.language import gettext as said
from psoas.content.question import NO, NOT_SURE, YES, FollowUp, Question
from psoas.content.redflags import QuestionSet


@dataclass(frozen=True)
class Choice:
    """One answer that can be given, and whether it was."""

    slug: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Why:
    """The reason for a question in the reader's language, and where it comes from."""

    slug: str
    ask: str
    why: str
    sources: tuple[str, ...]
    ck: str


@dataclass(frozen=True)
class Step:
    """What stands on one screen."""

    name: str
    number: int
    of: int
    more: bool
    ask: str
    hint: str
    kind: str
    options: tuple[Choice, ...]
    question: Why
    back: str
    revision: int = 0
    carried: tuple[tuple[str, str], ...] = field(default=())

    @property
    def progress(self) -> str:
        """How far along, in words; nothing where only one thing is asked."""
        if not self.of:
            return ""
        return _("Question %(number)s of %(of)s") % {"number": self.number, "of": self.of}


def step(
    questions: QuestionSet,
    kind: Kind,
    answers: Answers,
    name: str,
    *,
    back: str,
    revision: int = 0,
) -> Step:
    """Put one question, or a follow-up of it, on a screen."""
    slug, _dot, key = name.partition(".")
    question = questions.by_slug[slug]
    asked = [each.slug for each in numbered(questions, kind, answers)]
    follow_up = question.follow_up(key) if key else None
    of_it = follow_up or question
    return Step(
        name=name,
        number=asked.index(slug) + 1 if slug in asked else 0,
        of=len(asked) if slug in asked else 0,
        more=follow_up is not None,
        ask=said(of_it.ask),
        hint=said(of_it.hint) if of_it.hint else "",
        kind=of_it.kind,
        options=choices(of_it, answers.get(name)),
        question=why(question),
        back=back,
        revision=revision,
    )


def numbered(questions: QuestionSet, kind: Kind, answers: Answers) -> list[Question]:
    """The questions that are counted on the screen: all but the age, and those for this age."""
    asked = asked_in(questions, kind)
    return [each for each in asked if each is not questions.age and is_for(each, answers)]


def choices(of_it: Question | FollowUp, given: Answer | None) -> tuple[Choice, ...]:
    if of_it.kind == "yes-no":
        words: Iterable[tuple[str, str]] = (
            (YES, _("Yes")),
            (NO, _("No")),
            (NOT_SURE, _("Not sure")),
        )
        return tuple(Choice(slug, label, slug == given) for slug, label in words)
    chosen = {given} if isinstance(given, str) else set(given or ())
    return tuple(Choice(each.slug, said(each.label), each.slug in chosen) for each in of_it.options)


def why(question: Question) -> Why:
    return Why(question.slug, said(question.ask), said(question.why), question.sources, question.ck)


def answer_in_words(questions: QuestionSet, name: str, answers: Answers) -> str:
    """An answer as its label reads; nothing where there is none."""
    slug, _dot, key = name.partition(".")
    question = questions.by_slug[slug]
    of_it = question.follow_up(key) if key else question
    given = answers.get(name)
    if given is None:
        return ""
    labels = [each.label for each in choices(of_it, given) if each.chosen]
    return ", ".join(labels) or _("none of them")
