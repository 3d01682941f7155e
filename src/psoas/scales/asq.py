"""The suicide step: ASQ. What is not answered counts as yes: silence is never taken as no."""

from psoas.content.language import gettext as _
from psoas.content.questionnaire import Questionnaire
from psoas.scales.answers import Numbers
from psoas.scales.score import Found

_FIRST = 4


def asq(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """Any yes of four is positive; the fifth, "right now?", makes it an emergency.

    The fifth is asked only where one of the four is not no. The number is how many count as yes.
    """
    first, now = answers[:_FIRST], answers[_FIRST]
    positive = any(answer != 0 for answer in first)
    acute = now == 1 or (positive and now is None)
    asked = answers if positive else first
    missing = tuple(place for place, answer in enumerate(asked, 1) if answer is None)
    count = sum(1 for answer in first if answer != 0) + acute
    band = "acute" if acute else "positive" if positive else "negative"
    steps = {"acute": ("emergency",), "positive": ("same-day",), "negative": ()}[band]
    note = _("What was not answered counts as yes.") if missing else ""
    return Found(float(count), steps=steps, note=note, band=band, missing=missing)
