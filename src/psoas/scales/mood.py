"""PHQ and GAD: sums, and what has to follow from them.

The suicide step follows from the ninth answer of the PHQ-9 alone, whatever the sum is. It follows
as well where that answer is missing: it is never filled in, and never taken as no. Whatever else
follows from a sum follows as soon as the answers that are there reach it.
"""

import math

from psoas.content.language import gettext as _
from psoas.content.questionnaire import Questionnaire
from psoas.scales.answers import Numbers, counted
from psoas.scales.score import Found

_NINTH = 8
_MAY_BE_MISSING = 2
_PHQ_2_OPENS = 2
_GAD_2_OPENS = 3
_PHQ_9_SEVERE = 20
_GAD_7_SEVERE = 15


def phq_2(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """The sum of two; from 2 on the PHQ-9 follows, which is the door to its ninth question."""
    return _door(questionnaire, answers, _PHQ_2_OPENS, "phq-9")


def gad_2(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """The sum of two; from 3 on the GAD-7 follows."""
    return _door(questionnaire, answers, _GAD_2_OPENS, "gad-7")


def _door(questionnaire: Questionnaire, answers: Numbers, opens: int, step: str) -> Found:
    values = counted(questionnaire, answers)
    known = math.fsum(value for value in values if value is not None)
    return Found(None if None in values else known, steps=(step,) if known >= opens else ())


def phq_9(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """The sum of nine; up to two missing ones count as the mean of the others, never the ninth."""
    values = counted(questionnaire, answers)
    ninth = values[_NINTH]
    step = () if ninth == 0 else ("suicide-step",)
    there = [value for value in values if value is not None]
    absent = len(values) - len(there)
    known = math.fsum(there)
    if ninth is None or absent > _MAY_BE_MISSING:
        return Found(None, steps=(*step, *_severe(known)))
    score = known * len(values) / len(there)
    note = (
        _("Missing answers are counted as the mean of the others (common clinical knowledge).")
        if absent
        else ""
    )
    return Found(score, steps=(*step, *_severe(score)), note=note)


def _severe(score: float) -> tuple[str, ...]:
    return ("clinician-this-week",) if score >= _PHQ_9_SEVERE else ()


def gad_7(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """The sum of seven, all of them answered: no rule for missing ones was found."""
    return _door(questionnaire, answers, _GAD_7_SEVERE, "clinician-this-week")
