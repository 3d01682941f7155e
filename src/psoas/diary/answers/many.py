"""Many people's answers at once, by the rule for any day and the fast fit.

What an answer is, is decided by the same functions as for one person; here they work on arrays
with one more axis.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers import evidence
from psoas.diary.answers.design import Twins, one_each, scale_of, scaled
from psoas.diary.answers.fast import Many, fit_many
from psoas.diary.answers.levels import levels, more_days, too_early
from psoas.diary.answers.likely_twins import between, extremes, may_have_twins

Array = NDArray[np.float64]
Small = NDArray[np.float32]
Starts = NDArray[np.int64]


@dataclass(frozen=True)
class ManyAnswers:
    """Answers of B people on K triggers; axis 1 is same day, next day.

    Attributes:
        level: shape (B, 2, K), places in ``levels.LEVELS``.
        estimate: shape (B, 2, K), points of pain; NaN where it is too early or nothing is known.
        low: shape (B, 2, K), lower end of the anytime-valid interval; NaN where it has none.
        high: shape (B, 2, K).
        e_value: shape (B, 2, K), 1 where nothing is known.
        posterior: shape (B, 2, K).
        days_with: shape (B, 2, K), recorded days known to be with the trigger.
        days_without: shape (B, 2, K).
        least: shape (B, 2, K), days to know, from; NaN where no more are needed or no number can
            be given.
        most: shape (B, 2, K), to.
        bases: shape (B, K), what counts as none of a trigger.
        tops: shape (B, K), what counts as all of it.
        twins: For a person (by place) the columns that cannot be told apart; each of them has the
            answer they share, turned round where it is there when the first is not.
    """

    level: NDArray[np.int8]
    estimate: Array
    low: Array
    high: Array
    e_value: Array
    posterior: Array
    days_with: NDArray[np.int32]
    days_without: NDArray[np.int32]
    least: Array
    most: Array
    bases: Small
    tops: Small
    twins: dict[int, tuple[Twins, ...]]


def any_day_many(
    day: NDArray[np.int32], pain: Small, values: Small, starts: Starts, names: tuple[str, ...]
) -> ManyAnswers:
    """Return the answers of many diaries by the rule for any day.

    Args:
        day: shape (N,), day numbers, rising within a person, none twice.
        pain: shape (N,), 0 to 10; NaN where not recorded.
        values: shape (N, K), as they were written; NaN where unknown. Finite otherwise.
        starts: shape (B + 1,), where each person's rows begin, and the end.
        names: K trigger names.
    """
    bases, tops = _scales(values, starts)
    if (bases != 0).any() or (tops != 1).any():
        each = np.diff(starts)
        values = scaled(values, np.repeat(bases, each, axis=0), np.repeat(tops, each, axis=0))
    twins, values = _one_each(values, starts, names)
    answers = decide(fit_many(day, pain, values, starts), _spans(day, starts), bases, tops)
    return _shared(answers, twins, names)


def decide(many: Many, span: NDArray[np.int64], bases: Small, tops: Small) -> ManyAnswers:
    """Return what effects say: claims by closed e-BH, anytime-valid intervals, levels.

    Args:
        many: The effects.
        span: shape (B,), calendar days from first to last.
        bases: shape (B, K), kept for the sentences.
        tops: shape (B, K), likewise.
    """
    freedom = many.freedom[:, None, None]
    early = too_early(many.recorded[:, None, None], many.days_with, many.days_without)
    known = ~early & np.isfinite(many.estimate) & np.isfinite(many.error) & (many.error > 0)
    error = np.where(known, many.error, np.inf)
    spread = np.where(known, many.spread, 0.0)
    e = evidence.e_values(np.where(known, many.estimate, 0.0), error, freedom, spread)
    e = np.where(known, e, 1.0)
    half = evidence.anytime_half_width(error, freedom, spread)
    estimate = np.where(known, many.estimate, np.nan)
    bounded = np.isfinite(half)
    low = np.where(bounded, estimate - half, np.nan)
    high = np.where(bounded, estimate + half, np.nan)
    found = evidence.any_day_claims(np.where(early, np.nan, e)) & known
    likely = evidence.posterior(e)
    level = levels(early, found, likely, low, high)
    least, most = more_days(span[:, None, None], half, level)
    return ManyAnswers(
        level,
        estimate,
        low,
        high,
        e,
        likely,
        many.days_with,
        many.days_without,
        least,
        most,
        bases,
        tops,
        {},
    )


def _spans(day: NDArray[np.int32], starts: Starts) -> NDArray[np.int64]:
    return day[starts[1:] - 1].astype(np.int64) - day[starts[:-1]] + 1


def _scales(values: Small, starts: Starts) -> tuple[Small, Small]:
    shape = len(starts) - 1, values.shape[1]
    least, most = np.empty(shape, np.float32), np.empty(shape, np.float32)
    extremes(np.ascontiguousarray(values), starts, least, most)
    # A column of which nothing is known is as good as one of zeros.
    least, most = np.where(least > most, 0, least), np.where(least > most, 0, most)
    inside = np.empty(shape, bool)
    between(np.ascontiguousarray(values), starts, least, most, inside)
    bases, tops = scale_of(least.astype(float), most.astype(float), inside)
    return bases.astype(np.float32), tops.astype(np.float32)


def _one_each(
    values: Small, starts: Starts, names: tuple[str, ...]
) -> tuple[dict[int, tuple[Twins, ...]], Small]:
    """Leave one column of those that cannot be told apart, and the others unknown."""
    may = np.empty(len(starts) - 1, bool)
    may_have_twins(values, starts, may)
    twins: dict[int, tuple[Twins, ...]] = {}
    fitted = values
    for b in np.flatnonzero(may):
        here = slice(int(starts[b]), int(starts[b + 1]))
        mine = values[here].astype(float)
        varied = np.flatnonzero(np.fmin.reduce(mine, axis=0) < np.fmax.reduce(mine, axis=0))
        groups, filled, chosen = one_each(mine[:, varied], np.array(names, object)[varied])
        if len(groups) == len(varied):
            continue
        if fitted is values:
            fitted = values.copy()
        fitted[here, varied] = np.nan
        fitted[here, varied[chosen]] = filled
        twins[int(b)] = tuple(group for group in groups if len(group.names) > 1)
    return twins, fitted


def _shared(
    answers: ManyAnswers, twins: dict[int, tuple[Twins, ...]], names: tuple[str, ...]
) -> ManyAnswers:
    """Give every column the answer of the one that stood for it."""
    at = {name: k for k, name in enumerate(names)}
    for b, groups in twins.items():
        for group in groups:
            first, *others = (at[name] for name in group.names)
            for k, opposite in zip(others, group.opposite[1:], strict=True):
                _copy(answers, b, first, k, opposite)
    return replace(answers, twins=twins)


_SAME = ("level", "e_value", "posterior", "least", "most")
_TURNED = {"low": "high", "high": "low", "days_with": "days_without", "days_without": "days_with"}


def _copy(answers: ManyAnswers, b: int, first: int, k: int, opposite: bool) -> None:
    sign = -1.0 if opposite else 1.0
    for name in _SAME:
        getattr(answers, name)[b, :, k] = getattr(answers, name)[b, :, first]
    answers.estimate[b, :, k] = sign * answers.estimate[b, :, first]
    if not opposite:
        answers.bases[b, k], answers.tops[b, k] = answers.bases[b, first], answers.tops[b, first]
    for name, turned in _TURNED.items():
        source = getattr(answers, turned if opposite else name)[b, :, first]
        signed = sign * source if name in ("low", "high") else source
        getattr(answers, name)[b, :, k] = signed
