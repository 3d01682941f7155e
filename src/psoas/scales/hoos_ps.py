"""HOOS-PS: the sum of five becomes a number from 0 to 100 by a published table."""

import math

from psoas.content.language import gettext as _
from psoas.content.questionnaire import Questionnaire
from psoas.scales.answers import Numbers, complete, counted, shown
from psoas.scales.rounding import half_up
from psoas.scales.score import Found

# By the sum of the five answers, 0 to 20. Source: koos.nu/hoospsusers.html, as scored by
# awell-health/awell-score. Printed there with 0 as no difficulty; turned round here.
_OF_SUM = (
    *(100.0, 95.4, 91.2, 87.3, 83.6, 80.0, 76.6, 73.1, 69.6, 66.1, 62.3),
    *(58.3, 53.9, 49.2, 44.1, 38.4, 32.1, 25.2, 17.6, 9.2, 0.0),
)


def hoos_ps(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """100 is no difficulty; all five must be answered."""
    note = _("100 means no difficulty.")
    values = complete(counted(questionnaire, answers))
    if values is None:
        return Found(None, note=note)
    score = _OF_SUM[int(math.fsum(values))]
    other = _("Counted the other way, where 0 is no difficulty, it is {other}.").format(
        other=shown(half_up(100.0 - score))
    )
    return Found(score, note=f"{note} {other}")
