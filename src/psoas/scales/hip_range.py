"""Range of the hip in degrees. Sides are compared first; a remark is never a verdict."""

from psoas.content.language import gettext as _
from psoas.content.questionnaire import Questionnaire
from psoas.scales.answers import Numbers
from psoas.scales.score import Found

_TURNED_IN = 24
_LESS = 15


def hip_range(questionnaire: Questionnaire, answers: Numbers) -> Found:
    """No score: a remark for a side that turns in little, or much less than the other.

    Under 24 degrees of internal rotation, or internal rotation and flexion both at least 15
    degrees less than on the other side, go with a worn hip.
    """
    of = {item.slug: answer for item, answer in zip(questionnaire.items, answers, strict=True)}
    remarks = []
    for side, other, said in (
        ("left", "right", _("Left hip")),
        ("right", "left", _("Right hip")),
    ):
        turned = of[f"{side}-internal-rotation"]
        if turned is not None and turned < _TURNED_IN:
            remarks.append(_("{side}: internal rotation is under 24 degrees.").format(side=said))
        movements = ("internal-rotation", "flexion")
        if all(_less(of[f"{side}-{move}"], of[f"{other}-{move}"]) for move in movements):
            remarks.append(
                _(
                    "{side}: internal rotation and flexion are both at least 15 degrees less than "
                    "on the other side."
                ).format(side=said)
            )
    if remarks:
        remarks.append(
            _(
                "This is often seen with a worn hip. One sign decides nothing: read it with the "
                "rest."
            )
        )
    return Found(None, note=" ".join(remarks))


def _less(here: float | None, there: float | None) -> bool:
    return here is not None and there is not None and there - here >= _LESS
