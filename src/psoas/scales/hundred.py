"""Sub-scales from 0 (worst) to 100 (best) of items from 0 to 4: HOOS, HOOS-12, HAGOS.

Of each sub-scale so many items must be answered as its file says; the others are left out of its
mean. One that has too few is null, not zero.
"""

import math

from psoas.content.language import gettext as _
from psoas.content.questionnaire import Part, Questionnaire
from psoas.scales.answers import Numbers
from psoas.scales.score import Found


def sub_scales(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """Sub-scales and no total: none is defined."""
    return Found(None, _parts(questionnaire, answers), note=_("There is no total score."))


def sub_scales_with_summary(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """Sub-scales, and the mean of them where none is null."""
    parts = _parts(questionnaire, answers)
    there = [score for _slug, score in parts if score is not None]
    whole = len(there) == len(parts)
    return Found(math.fsum(there) / len(there) if whole else None, parts)


def _parts(questionnaire: Questionnaire, answers: Numbers) -> tuple[tuple[str, float | None], ...]:
    return tuple((part.slug, _of(part, questionnaire, answers)) for part in questionnaire.parts)


def _of(part: Part, questionnaire: Questionnaire, answers: Numbers) -> float | None:
    there = [value for number in part.items if (value := answers[number - 1]) is not None]
    if len(there) < part.needs:
        return None
    _low, worst = questionnaire.items[part.items[0] - 1].range
    return 100.0 - 100.0 * math.fsum(there) / (worst * len(there))
