"""One function scores every questionnaire; its file names the rule."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from psoas.content.questionnaire import Questionnaire, Scorer
from psoas.scales import asq, chair, hip_range, hoos_ps, hundred, mood, plain, trauma
from psoas.scales.answers import Numbers, checked
from psoas.scales.score import Answer, Found, PartScore, Score
from psoas.scales.score import AnswersRefused as AnswersRefused

Rule = Callable[[Questionnaire, Numbers], Found]

RULES: Mapping[Scorer, Rule] = MappingProxyType(
    {
        "single": plain.single,
        "sum": plain.total,
        "mean": plain.mean,
        "mean-of-answered": plain.mean_of_answered,
        "sub-scales": hundred.sub_scales,
        "sub-scales-with-summary": hundred.sub_scales_with_summary,
        "phq-2": mood.phq_2,
        "phq-9": mood.phq_9,
        "gad-2": mood.gad_2,
        "gad-7": mood.gad_7,
        "pc-ptsd-5": trauma.pc_ptsd_5,
        "pcl-5": trauma.pcl_5,
        "asq": asq.asq,
        "hoos-ps": hoos_ps.hoos_ps,
        "five-sit-to-stand": chair.five_sit_to_stand,
        "chair-stand-30": chair.chair_stand_30,
        "hip-range": hip_range.hip_range,
    }
)
"""The rules a questionnaire's file may name as its ``scorer``."""


def score(questionnaire: Questionnaire, answers: Sequence[Answer]) -> Score:
    """Return what a set of answers comes to. It needs no words of the items.

    Args:
        questionnaire: what was answered, in the version it was begun with.
        answers: one for each item in their order, None for a missing one. Optional items at the
            end may be left out; the words of a text item count nothing.

    Raises:
        AnswersRefused: too many or too few answers, or one that its item does not take.
    """
    numbers = checked(questionnaire, answers)
    found = RULES[questionnaire.scorer](questionnaire, numbers)
    band = None
    if found.band is not None:
        band = {band.slug: band for band in questionnaire.bands}[found.band]
    elif found.score is not None:
        band = questionnaire.band(found.score)
    names = {part.slug: part.label for part in questionnaire.parts}
    return Score(
        slug=questionnaire.slug,
        score=found.score,
        band=None if band is None else band.slug,
        band_label="" if band is None else band.said,
        parts=tuple(PartScore(slug, names[slug], value) for slug, value in found.parts),
        steps=found.steps,
        missing=_missing(questionnaire, answers, numbers)
        if found.missing is None
        else found.missing,
        direction=questionnaire.direction,
        note=found.note,
        answers=numbers,
    )


def _missing(
    questionnaire: Questionnaire, answers: Sequence[Answer], numbers: Numbers
) -> tuple[int, ...]:
    """Name the scored items that were to be answered and were not.

    An optional one was to be answered where the person gave it a name.
    """
    named = {place for place, answer in enumerate(answers, 1) if isinstance(answer, str) and answer}
    return tuple(
        item.number
        for item in questionnaire.counted
        if numbers[item.number - 1] is None and (item.required or item.named_by in named)
    )
