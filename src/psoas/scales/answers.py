"""Answers held against the items they answer, before anything is counted."""

import math
from collections.abc import Sequence

from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.content.questionnaire import Item, Questionnaire
from psoas.scales.rounding import half_up
from psoas.scales.score import Answer, AnswersRefused

Numbers = tuple[float | None, ...]


def checked(questionnaire: Questionnaire, answers: Sequence[Answer]) -> Numbers:
    """Return the answers as numbers in the order of the items; what is left out is None.

    Args:
        questionnaire: what was answered.
        answers: one for each item in their order; optional ones at the end may be left out.

    Raises:
        AnswersRefused: too many or too few answers, or one that its item does not take.
    """
    items = questionnaire.items
    if len(answers) > len(items) or any(item.required for item in items[len(answers) :]):
        raise AnswersRefused(wrong_count(questionnaire, items, len(answers)))
    given = [*answers, *[None] * (len(items) - len(answers))]
    return tuple(
        None if item.kind == "text" else _number(questionnaire, item, answer)
        for item, answer in zip(items, given, strict=True)
    )


def wrong_count(questionnaire: Questionnaire, items: Sequence[Item], count: int) -> str:
    """Say how many answers there were, and how many there may be."""
    needed = max((place for place, item in enumerate(items, 1) if item.required), default=0)
    most = len(items)
    if needed in (0, most):
        wanted = ngettext("{most} answer", "{most} answers", most)
    else:
        wanted = _("{needed} to {most} answers")
    return _(
        "{slug} takes {wanted}, and {count} came. Give one for each item in its order, and - for "
        "one that is missing."
    ).format(slug=questionnaire.slug, wanted=wanted.format(needed=needed, most=most), count=count)


def _number(questionnaire: Questionnaire, item: Item, answer: Answer) -> float | None:
    if answer is None:
        return None
    if isinstance(answer, str) or not math.isfinite(answer) or not takes(item, float(answer)):
        raise AnswersRefused(not_taken(questionnaire, item, answer))
    return float(answer)


def not_taken(questionnaire: Questionnaire, item: Item, answer: object, place: int = 0) -> str:
    """Say that an item does not take an answer, and what it takes."""
    if item.kind == "choice":
        values = ", ".join(shown(option.value) for option in item.options)
        wanted = _("It takes one of {values}").format(values=values)
    elif item.kind == "yes-no":
        wanted = _("It takes yes or no (or 1 or 0)")
    else:
        low, high = (shown(end) for end in item.range)
        sentence = (
            _("It takes a whole number from {low} to {high}")
            if item.whole
            else _("It takes a number from {low} to {high}")
        )
        wanted = sentence.format(low=low, high=high)
    told = shown(answer) if isinstance(answer, int | float) else plain(str(answer))
    return _(
        "{slug}, answer {place}: {answer} is not taken. {takes}, or - if it is missing."
    ).format(slug=questionnaire.slug, place=place or item.number, answer=told, takes=wanted)


def plain(word: str) -> str:
    """Return a typed word so that a sentence can name it: on one line, and not for ever."""
    return "".join(letter if letter.isprintable() else "?" for letter in word[:40])


def takes(item: Item, answer: float) -> bool:
    """Return whether an item takes a number."""
    if item.kind == "choice":
        return answer in {option.value for option in item.options}
    low, high = item.range
    return low <= answer <= high and not (item.whole and answer % 1)


def shown(value: float) -> str:
    """Return a number as it is typed: 8, not 8.0."""
    rounded = half_up(value) if math.isfinite(value) and half_up(value) == value else value
    return f"{rounded:g}"


def counted(questionnaire: Questionnaire, answers: Numbers) -> list[float | None]:
    """Return what the scored items count, reversed ones turned round; None where missing."""
    return [turned(item, answers[item.number - 1]) for item in questionnaire.counted]


def turned(item: Item, answer: float | None) -> float | None:
    """Return what an answer counts: from the other end where the item is reversed."""
    if answer is None or not item.reverse:
        return answer
    low, high = item.range
    return low + high - answer


def complete(values: Sequence[float | None]) -> list[float] | None:
    """Return the values if none is missing, else None."""
    there = [value for value in values if value is not None]
    return there if len(there) == len(values) else None
