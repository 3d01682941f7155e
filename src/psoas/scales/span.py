"""From where to where a score can lie."""

import math

from psoas.content.questionnaire import Questionnaire

_HUNDRED = {"sub-scales", "sub-scales-with-summary", "hoos-ps"}
_ONE = {"single", "mean", "mean-of-answered", "five-sit-to-stand", "chair-stand-30"}


def span(questionnaire: Questionnaire) -> tuple[float, float] | None:
    """Return the lowest and the highest score there is; None where there is no score.

    Of questionnaires with sub-scales alone it is the span of each of them.
    """
    if questionnaire.scorer == "hip-range":
        return None
    if questionnaire.scorer in _HUNDRED:
        return 0.0, 100.0
    ranges = [item.range for item in questionnaire.counted]
    if questionnaire.scorer in _ONE:
        return ranges[0]
    return math.fsum(low for low, _high in ranges), math.fsum(high for _low, high in ranges)
