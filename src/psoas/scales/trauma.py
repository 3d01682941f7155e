"""PC-PTSD-5 and PCL-5. Neither is a diagnosis."""

import math

from psoas.content.language import gettext as _
from psoas.content.questionnaire import Part, Questionnaire
from psoas.scales.answers import Numbers, complete, counted
from psoas.scales.score import AnswersRefused, Found

_POSITIVE = 4
# The range of cut-offs; the lowest one counts here, so that fewer people are missed.
_CUT, _CUT_TO = 31, 33
_MODERATELY = 2


def pc_ptsd_5(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """How many of five are yes, if the first question, about any such event, is yes; else 0.

    With an answer missing there is no score; what follows from four times yes follows all the same.

    Raises:
        AnswersRefused: no such event, and yet signs of one.
    """
    gate, *rest = answers
    if gate == 0:
        if any(rest):
            raise AnswersRefused(
                _(
                    "{slug}, answer 1: it says that nothing of the kind happened, and a later "
                    "answer says yes. Correct one of them."
                ).format(slug=questionnaire.slug)
            )
        return Found(0.0, missing=())
    known = math.fsum(answer for answer in rest if answer is not None)
    steps = ("trauma-information", "referral") if known >= _POSITIVE else ()
    return Found(None if None in answers else known, steps=steps)


def pcl_5(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """The sum of twenty, and how many of each cluster are "moderately" (2) or more.

    The band says whether the cut-off and the rule of clusters agree. With an answer missing there
    is no sum; the clusters are told as far as they are known.
    """
    values = complete(counted(questionnaire, answers))
    parts = tuple((part.slug, _symptoms(part, answers)) for part in questionnaire.parts)
    if values is None:
        return Found(None, parts)
    score = math.fsum(values)
    clusters = all(
        count is not None and count >= part.needs
        for part, (_slug, count) in zip(questionnaire.parts, parts, strict=True)
    )
    agreed = "positive" if clusters else "negative"
    band = agreed if clusters == (score >= _CUT) else "discrepant"
    note = (
        _("Cut-offs from {low} to {high} are in use; this lies between them.").format(
            low=_CUT, high=_CUT_TO
        )
        if _CUT <= score < _CUT_TO
        else ""
    )
    return Found(score, parts, band=band, note=note)


def _symptoms(part: Part, answers: Numbers) -> float | None:
    """Count a cluster; with an answer missing it is known only once it has enough."""
    values = [answers[number - 1] for number in part.items]
    count = sum(1 for value in values if value is not None and value >= _MODERATELY)
    return float(count) if None not in values or count >= part.needs else None
