"""What counts as an answer to one question, and a plain no to anything else."""

import math
from typing import Any

from django.utils.translation import gettext as _

from psoas.care.assessment.reply_rows import Answer, OpenReply
from psoas.care.people.joining import tidy_name
from psoas.care.people.refusal import Refusal
from psoas.content.questionnaire import Item

LONGEST = 80
_YES_NO = {"yes": 1.0, "no": 0.0}


def answer_from(item: Item, raw: Any, name: str = "") -> Answer:
    """Read what was given to one question; None where it is left out.

    ``name`` is what a refusal calls it; without one it is a question with its number.

    Raises:
        Refusal: It is no answer to this question; the field is the question's number.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if item.kind == "text":
        return _text(item, raw)
    number = _number(item, raw, name)
    if item.kind == "choice":
        fits = number in {option.value for option in item.options}
    elif item.kind == "yes-no":
        fits = number in (0.0, 1.0)
    else:
        fits = item.low <= number <= item.high and _on_step(number, item)
    if not fits:
        raise refused(item, _taken(item, name))
    return number


def refused(item: Item, sentence: str) -> Refusal:
    return Refusal({str(item.number): [sentence]})


def missing(reply: OpenReply) -> dict[str, list[str]]:
    """For each question that still needs an answer: a sentence that says which it is."""
    return {
        str(number): [
            _("Question %(number)s has no answer yet: %(ask)s")
            % {"number": number, "ask": reply.item(number).label}
        ]
        for number in reply.waiting
        if reply.item(number).required or reply.item(number).named_by
    }


def _text(item: Item, raw: Any) -> str | None:
    text = tidy_name(raw) if isinstance(raw, str) else ""
    if len(text) > LONGEST:
        raise refused(item, _("Keep it to %(most)s characters.") % {"most": LONGEST})
    return text or None


def _number(item: Item, raw: Any, name: str) -> float:
    if isinstance(raw, str):
        raw = raw.strip()
        if item.kind == "yes-no" and raw.lower() in _YES_NO:
            return _YES_NO[raw.lower()]
        # As people write it where a comma parts the tenths.
        raw = raw.replace(",", ".")
    if isinstance(raw, bool) and item.kind != "yes-no":
        raise refused(item, _taken(item, name))
    try:
        number = float(raw)
    except (TypeError, ValueError, OverflowError):
        raise refused(item, _taken(item, name)) from None
    if not math.isfinite(number):
        raise refused(item, _taken(item, name))
    return number


def _on_step(number: float, item: Item) -> bool:
    if not item.step:
        return True
    steps = (number - item.low) / item.step
    return math.isclose(steps, round(steps), abs_tol=1e-6)


def _taken(item: Item, name: str) -> str:
    """What would be an answer."""
    name = name or _("Question %(number)s") % {"number": item.number}
    if item.kind == "yes-no":
        return _("%(name)s: choose yes or no.") % {"name": name}
    if item.kind == "choice" and any(option.label for option in item.options):
        return _("%(name)s: choose one of the answers.") % {"name": name}
    low, high = item.range
    values = {"name": name, "low": f"{low:g}", "high": f"{high:g}"}
    if item.whole:
        return _("%(name)s: a whole number from %(low)s to %(high)s.") % values
    return _("%(name)s: a number from %(low)s to %(high)s.") % values
