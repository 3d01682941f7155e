"""What may be said of an experiment that is over, in words."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from psoas.care.experiment.course import STOPPED
from psoas.care.experiment.sealing import OpenExperiment
from psoas.diary.experiment.sentences import verdict_sentence


def sentence(found: OpenExperiment) -> str:
    """The one sentence of a decided experiment; empty where nothing is decided yet."""
    result = found.course.result
    if result is None:
        return ""
    verdict = result.verdict or result.early
    if verdict is None:
        return result.refused
    if result.early is not None and result.early.pairs == 0:
        return _("It ended before a first pair of blocks was whole, so nothing can be said.")
    label = found.plan.switch.label
    said = verdict_sentence(verdict, practice=capfirst(label) if verdict.found else label)
    if result.how == STOPPED:
        return _("You stopped it before its end. As far as it went: %(said)s") % {"said": said}
    return said


def has_found(found: OpenExperiment) -> bool:
    """Whether something came out, in either direction."""
    result = found.course.result
    verdict = result and (result.verdict or result.early)
    return bool(verdict and verdict.found)
