"""What may be said of an experiment that is over, in words."""

from typing import Literal

import numpy as np
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from psoas.care.experiment.course import STOPPED, Result
from psoas.care.experiment.sealing import OpenExperiment
from psoas.diary.experiment.analysis import kept_differences, pair_means
from psoas.diary.experiment.schedule import FEWEST_PAIRS
from psoas.diary.experiment.sentences import verdict_sentence


def sentence(found: OpenExperiment) -> str:
    """The one sentence of a decided experiment; empty where nothing is decided yet."""
    result = found.course.result
    if result is None:
        return ""
    verdict = result.verdict or result.early
    if verdict is None:
        return _too_few(found, result) or result.refused
    if result.early is not None and result.early.pairs == 0:
        if found.course.looks:
            return _("No pair of blocks has numbers on both sides, so nothing can be said.")
        return _("It ended before a first pair of blocks was over, so nothing can be said.")
    label = found.plan.switch.label
    if result.how == STOPPED:
        said = verdict_sentence(verdict, practice=label, after_colon=True)
        return _("You stopped it before its end. As far as it went: %(said)s") % {"said": said}
    return verdict_sentence(verdict, practice=capfirst(label) if verdict.found else label)


def why_none(found: OpenExperiment) -> Literal["", "stopped", "numbers"]:
    """Why nothing can be told: stopped too early, or too few numbers; empty for another reason."""
    result = found.course.result
    if result is None or result.verdict is not None:
        return ""
    if result.early is None:
        return "numbers" if _too_few(found, result) else ""
    if np.isfinite([result.early.low, result.early.high]).all():
        return ""
    # With all their numbers, as many pairs as a whole one needs would have told something.
    early = result.how == STOPPED and len(found.course.looks) < FEWEST_PAIRS
    return "stopped" if early else "numbers"


def _too_few(found: OpenExperiment, result: Result) -> str:
    """Why there is no number, where too few pairs have one on both sides."""
    outcome = np.array([np.nan if pain is None else pain for pain in result.outcome])
    pairs = len(kept_differences(pair_means(outcome, found.schedule)))
    if pairs >= FEWEST_PAIRS:
        return ""
    said = ngettext(
        "%(n)s of %(all)s pairs of blocks has numbers on both sides. At least %(least)s are "
        "needed, so nothing can be said.",
        "%(n)s of %(all)s pairs of blocks have numbers on both sides. At least %(least)s are "
        "needed, so nothing can be said.",
        pairs,
    )
    return said % {"n": pairs, "all": found.schedule.scheme.pairs, "least": FEWEST_PAIRS}


def has_found(found: OpenExperiment) -> bool:
    """Whether something came out, in either direction."""
    result = found.course.result
    verdict = result and (result.verdict or result.early)
    return bool(verdict and verdict.found)
