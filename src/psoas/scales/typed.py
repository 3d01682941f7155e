"""Answers as they are typed, in words and numbers: on the command line and in worked examples."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from psoas.content.language import gettext as _
from psoas.content.questionnaire import MISSING, Item, Questionnaire
from psoas.scales.answers import not_taken, takes, wrong_count
from psoas.scales.score import Answer, AnswersRefused

_YES = {"yes": 1.0, "y": 1.0, "no": 0.0, "n": 0.0}
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")


@dataclass(frozen=True)
class Typed:
    """What was typed, in the order of the items.

    Attributes:
        answers: one for each item.
        numbers: the item number behind each place that was typed.
    """

    answers: tuple[Answer, ...]
    numbers: tuple[int, ...]

    def places(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """Return where the answers to these items were typed, or would have been, from 1."""
        return tuple(self.numbers.index(number) + 1 for number in numbers)


def read(questionnaire: Questionnaire, words: Sequence[str]) -> Typed:
    """Return typed answers as answers to the items.

    Items of words are left out when typing. Five answers to PC-PTSD-5 leave out its first question
    about any such event, which then counts as yes; one "no" answers all of it.

    Raises:
        AnswersRefused: a word that is no answer, or the wrong number of answers.
    """
    items = [item for item in questionnaire.items if item.kind != "text"]
    before: dict[int, Answer] = {}
    if questionnaire.scorer == "pc-ptsd-5":
        items, words, before = _gate(items, words)
    if len(words) > len(items) or any(item.required for item in items[len(words) :]):
        raise AnswersRefused(wrong_count(questionnaire, items, len(words)))
    found = dict(before)
    for place, (item, word) in enumerate(zip(items, words, strict=False), 1):
        found[item.number] = _read(questionnaire, item, word, place)
        if item.named_by:
            found[item.named_by] = _("Activity {n}").format(n=place)
    return Typed(
        tuple(found.get(item.number) for item in questionnaire.items),
        tuple(item.number for item in items),
    )


def _gate(
    items: list[Item], words: Sequence[str]
) -> tuple[list[Item], Sequence[str], dict[int, Answer]]:
    gate, *rest = items
    if len(words) == len(rest):
        return rest, words, {gate.number: 1.0}
    if len(words) == 1 and words[0].casefold() in {"no", "n", "0"}:
        return items, [*words, *[MISSING] * len(rest)], {}
    return items, words, {}


def _read(questionnaire: Questionnaire, item: Item, word: str, place: int) -> float | None:
    text = word.strip().casefold()
    if text == MISSING:
        return None
    if item.kind == "yes-no" and text in _YES:
        return _YES[text]
    for option in item.options:
        # "female", "f": by its name or its first letter, where names are single words.
        if text in (option.label.casefold(), option.label[:1].casefold()) and text.isalpha():
            return option.value
    if not _NUMBER.fullmatch(text) or not takes(item, value := float(text.replace(",", "."))):
        raise AnswersRefused(not_taken(questionnaire, item, word, place))
    return value
