"""Whether a change of a score means something, and whether it is more than measuring can make.

Never a verdict from one number: what comes out is a word, what that word rests on, and a sentence
that says so.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal

from psoas.content.questionnaire import Change as Known
from psoas.content.questionnaire import Meaning, MeasurementError, Questionnaire
from psoas.scales.change_sentences import Weighed, sentence
from psoas.scales.score import Score

Words = Literal["better", "worse", "no change that means something", "not known"]
BETTER: Words = "better"
WORSE: Words = "worse"
SAME: Words = "no change that means something"
NOT_KNOWN: Words = "not known"

# Scores are worked out in floats: 5.6667 − 3.6667 is a hair less than 2.
_HAIR = 1e-9


@dataclass(frozen=True)
class Change:
    """How one score differs from an earlier one.

    Attributes:
        difference: after − before, unrounded; None where one of them is null.
        percent: the difference in percent of the score before; None without one, and where the
            score before was 0.
        words: "better" and "worse" only where a known size is reached and measuring alone does
            not explain it; "not known" where nothing says what size would mean something, or
            where it means something and lies within what measuring alone can make.
        meanings: what a change of this size was found to mean, in the order of the file.
        beyond_error: whether it is more than measuring alone can make; None where that is not
            known, or the values that were found disagree.
        sentence: the change in plain words.
        notes: what was found elsewhere, for who began at such a score; decides nothing.
        reached: the entries of the file whose size is reached.
        sources: where the sizes and errors it was held against are from.
        ck: whether one of them is common clinical knowledge.
        parts: the same for each sub-scale, as (slug, name, change).
    """

    difference: float | None
    percent: float | None
    words: Words
    meanings: tuple[Meaning, ...] = ()
    beyond_error: bool | None = None
    sentence: str = ""
    notes: tuple[str, ...] = ()
    reached: tuple[Known, ...] = ()
    sources: tuple[str, ...] = ()
    ck: bool = False
    parts: tuple[tuple[str, str, "Change"], ...] = ()


def change(questionnaire: Questionnaire, before: Score, after: Score) -> Change:
    """Return what the step from one score to a later one means.

    Args:
        questionnaire: what both are scores of.
        before: the earlier score.
        after: the later one.

    Raises:
        ValueError: a score belongs to another questionnaire.
    """
    if {before.slug, after.slug} != {questionnaire.slug}:
        raise ValueError(f"{before.slug} and {after.slug} are not both {questionnaire.slug}")
    old, new, applies = _compared(questionnaire, before, after)
    band = after.band_label if after.band != before.band else ""
    whole = _weigh(questionnaire, old, new, "", applies, band)
    old_parts = {part.slug: part.score for part in before.parts}
    parts = tuple(
        (
            part.slug,
            part.name,
            _weigh(questionnaire, old_parts.get(part.slug), part.score, part.slug, part.slug),
        )
        for part in after.parts
    )
    return replace(whole, parts=parts)


def since(questionnaire: Questionnaire, before: float, after: Score) -> Change:
    """Return what the step from a number to a score means: the earlier answers are not at hand.

    Args:
        questionnaire: what both belong to.
        before: the earlier number, for own activities the average of the same ones.
        after: the later score.
    """
    earlier = questionnaire.band(before) if questionnaire.graded else None
    same = earlier is None or earlier.slug == after.band
    applies = ""
    if questionnaire.scorer == "mean-of-answered":
        rated = sum(1 for answer in after.answers if answer is not None)
        applies = "single" if rated == 1 else "average"
    return _weigh(questionnaire, before, after.score, "", applies, "" if same else after.band_label)


def _compared(
    questionnaire: Questionnaire, before: Score, after: Score
) -> tuple[float | None, float | None, str]:
    """Return what is held against each other, and which measurement error applies to it.

    Own activities are averaged over those that were answered on both dates.
    """
    if questionnaire.scorer != "mean-of-answered":
        return before.score, after.score, ""
    places = [item.number - 1 for item in questionnaire.counted]
    pairs = [
        (old, new)
        for place in places
        if (old := before.answers[place]) is not None and (new := after.answers[place]) is not None
    ]
    if not pairs:
        return None, None, ""
    old, new = (math.fsum(values) / len(pairs) for values in zip(*pairs, strict=True))
    return old, new, "single" if len(pairs) == 1 else "average"


def _weigh(
    questionnaire: Questionnaire,
    old: float | None,
    new: float | None,
    part: str,
    applies: str,
    band: str = "",
) -> Change:
    if old is None or new is None:
        return Change(None, None, NOT_KNOWN, sentence=sentence(None))
    step = new - old
    percent = 100.0 * step / old if old else None
    gain = -step if questionnaire.direction == "higher is worse" else step
    fitting = [one for one in questionnaire.changes if one.part == part and _fits(one, old)]
    sizes = [one for one in fitting if one.meaning != "note"]
    errors = [one for one in questionnaire.errors if one.applies == applies]
    if applies == "single":
        # What is known of an average of several says nothing about one of them.
        sizes = []
    beyond = _beyond(errors, step)
    big = [one for one in sizes if _is_size(one, step, percent)]
    way = "better" if gain > 0 else "worse"
    reached = tuple(one for one in big if one.way in (way, "both"))
    words = _words(questionnaire, way, bool(sizes), bool(big), beyond) if step else SAME
    meanings = tuple(dict.fromkeys(one.meaning for one in reached))
    used: tuple[Known | MeasurementError, ...] = (*sizes, *errors)
    guessed = all(one.ck for one in reached if one.meaning == "important")
    known = bool(sizes or errors)
    weighed = Weighed(old, new, way, words, meanings, beyond, known, guessed, band)
    return Change(
        step,
        percent,
        words,
        meanings,
        beyond,
        sentence(weighed),
        tuple(one.condition_label for one in fitting if one.meaning == "note"),
        reached,
        tuple(dict.fromkeys(source for one in used for source in one.sources)),
        any(one.ck for one in used),
    )


def _fits(known: Known, old: float) -> bool:
    return known.low <= old and (not known.high or old <= known.high)


def _is_size(known: Known, step: float, percent: float | None) -> bool:
    enough = abs(step) >= known.amount - _HAIR
    part = percent is not None and abs(percent) >= known.percent - _HAIR
    return {
        "absolute": enough,
        "percent": part,
        "both": enough and part,
        "either": enough or part,
    }[known.kind]


def _beyond(errors: list[MeasurementError], step: float) -> bool | None:
    """Whether the step is more than the largest, or less than the smallest, error found."""
    if errors and abs(step) >= max(one.high for one in errors) - _HAIR:
        return True
    if errors and abs(step) < min(one.low for one in errors) - _HAIR:
        return False
    return None


def _words(
    questionnaire: Questionnaire, way: str, sized: bool, big: bool, beyond: bool | None
) -> Words:
    """Choose the word; a size found for the better is a yardstick for the worse too."""
    if questionnaire.direction == "none" or (not sized and beyond is None):
        return NOT_KNOWN
    if sized and not big:
        return SAME
    if beyond is False:
        return NOT_KNOWN if sized else SAME
    return BETTER if way == "better" else WORSE
