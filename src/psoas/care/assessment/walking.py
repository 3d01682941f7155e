"""Walks the answer space of the safety check: every answer set there is, question by question."""

from collections.abc import Iterator
from itertools import product

from psoas.care.assessment.screening import Answers, is_due
from psoas.content.question import NO, NOT_SURE, YES, FollowUp, Question
from psoas.content.redflags import QuestionSet

_WORDS = (NO, NOT_SURE, YES)


def every_answer(question: Question) -> Iterator[dict[str, str | tuple[str, ...]]]:
    """Yield every way to answer one question together with the follow-ups that are due then.

    Ticks that are merely counted are walked by their number.
    """
    words = [each.slug for each in question.options] or list(_WORDS)
    for word in words:
        begun: dict[str, str | tuple[str, ...]] = {question.slug: word}
        due = [each for each in question.follow_ups if is_due(question, each, begun)]
        for chosen in product(*(_every(each) for each in due)):
            names = (f"{question.slug}.{each.key}" for each in due)
            yield {**begun, **dict(zip(names, chosen, strict=True))}


def quiet(questions: QuestionSet, age: str = "18-64") -> dict[str, str | tuple[str, ...]]:
    """Return the set in which nothing speaks against exercise, every follow-up answered."""
    answers: dict[str, str | tuple[str, ...]] = {"age": age}
    for question in questions.questions:
        answers[question.slug] = YES if question.slug == "RF24" else NO
        for follow_up in question.follow_ups:
            if is_due(question, follow_up, answers):
                answers[f"{question.slug}.{follow_up.key}"] = NO
    return answers


def night_walk(questions: QuestionSet) -> Iterator[Answers]:
    """Yield every combination of no, not sure and yes over the night set: 3 to the 11th sets.

    Follow-ups stay unanswered where they are due, which counts as a yes; `every_answer` walks
    them.
    """
    slugs = [each.slug for each in questions.questions if each.night]
    rest = {name: given for name, given in quiet(questions).items() if name[:4] not in slugs}
    for words in product(_WORDS, repeat=len(slugs)):
        yield {**rest, **dict(zip(slugs, words, strict=True))}


def _every(follow_up: FollowUp) -> tuple[str | tuple[str, ...], ...]:
    slugs = tuple(each.slug for each in follow_up.options)
    if follow_up.kind == "features":
        return tuple(slugs[:count] for count in range(len(slugs) + 1))
    return slugs or _WORDS
