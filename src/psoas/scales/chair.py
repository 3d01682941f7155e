"""Standing up from a chair: five times against the clock, or as often as it goes in 30 seconds.

Norms were found from 60 on. Below that, and without an age, nothing is compared: only the person's
own trend counts.
"""

from psoas.content.language import gettext as _
from psoas.content.questionnaire import Norm, Questionnaire
from psoas.scales.answers import Numbers
from psoas.scales.score import Found

_FALLS_AGE, _FALLS_SECONDS = 65, 15
_SEXES = {1.0: "female", 2.0: "male"}


def five_sit_to_stand(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """Seconds for five times, arms folded: (seconds, age or None, hands used or None)."""
    seconds, age, hands = answers
    if hands:
        note = _("Hands were needed, so the test was not completed and has no time.")
        return Found(None, note=note, band="not-completed", missing=())
    if seconds is None:
        return Found(None)
    norm = _norm(questionnaire, age)
    if norm is None:
        return Found(seconds, note=_without_norm(age), band="no-norm")
    band = "below-average" if seconds > norm.value else "not-below"
    note = (
        _(
            "From 65 on, 15 seconds or more found 55% of those who fell again, and 65% of those "
            "who did not were faster (Buatois 2008)."
        )
        if age is not None and age >= _FALLS_AGE and seconds >= _FALLS_SECONDS
        else ""
    )
    return Found(seconds, note=note, band=band)


def chair_stand_30(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """Times in 30 seconds: (times, age or None, sex: 1 female, 2 male, or None)."""
    times, age, sex = answers
    if times is None:
        return Found(None)
    named = "" if sex is None else _SEXES[sex]
    norm = _norm(questionnaire, age, named) if named else None
    if norm is None:
        note = (
            _without_norm(age) if named or age is None else _("Without a sex nothing is compared.")
        )
        return Found(times, note=note, band="no-norm")
    return Found(times, band="below-average" if times < norm.value else "not-below")


def _norm(questionnaire: Questionnaire, age: float | None, sex: str = "") -> Norm | None:
    if age is None:
        return None
    fits = (
        norm
        for norm in questionnaire.norms
        if norm.low_age <= age <= norm.high_age and norm.sex == sex
    )
    return next(fits, None)


def _without_norm(age: float | None) -> str:
    if age is None:
        return _("Without an age nothing is compared: only your own trend counts.")
    return _("No norm was found for this age: only your own trend counts.")
