"""From evidence to one of five levels, for one person or for many at once."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from psoas.diary.answers.answer import Level

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

LEAST_RECORDED = 28
LEAST_EACH = 5
LIKELY = 0.8
# Below half a point a difference is called no real difference throughout psoas.
REAL = 0.5
LEVELS = tuple(Level)
_CODE = {level: np.int8(code) for code, level in enumerate(LEVELS)}

# Days to know: a little more than the square of the widths, and how far off it may be.
_RESERVE = 1.1
FROM, TO = 0.7, 1.6
# Beyond this a number of days would only pretend to know.
_MOST_DAYS = 36_500


def too_early(recorded: ArrayLike, days_with: ArrayLike, days_without: ArrayLike) -> Mask:
    """Return where there is nothing to read yet.

    Args:
        recorded: Days with pain.
        days_with: Of these, known to be with the trigger.
        days_without: Of these, known to be without it.
    """
    least = np.minimum(np.asarray(days_with), np.asarray(days_without))
    return np.asarray((np.asarray(recorded) < LEAST_RECORDED) | (least < LEAST_EACH))


def levels(
    early: Mask, found: Mask, likely: ArrayLike, low: ArrayLike, high: ArrayLike
) -> NDArray[np.int8]:
    """Return the level of each answer as its place in ``LEVELS``.

    A claim takes precedence over "no large effect" (it is then found, but small), and that over
    a possible pattern: what surely is small needs no test.

    Args:
        early: Where it is too early.
        found: Where the rule in force makes a claim.
        likely: Probability of an effect.
        low: Lower ends of the intervals; infinite or NaN where there is no bound.
        high: Upper ends.

    Example:
        >>> no = np.array([False, False])
        >>> [LEVELS[k] for k in levels(no, no, [0.9, 0.1], [-0.2, -0.3], [1.2, 0.3])]
        [<Level.POSSIBLE: 'possible'>, <Level.NO_LARGE_EFFECT: 'no large effect'>]
    """
    small = (np.asarray(low, float) >= -REAL) & (np.asarray(high, float) <= REAL)
    return np.select(
        [early, found, small, np.asarray(likely, float) > LIKELY],
        [
            _CODE[Level.TOO_EARLY],
            _CODE[Level.FOUND],
            _CODE[Level.NO_LARGE_EFFECT],
            _CODE[Level.POSSIBLE],
        ],
        _CODE[Level.NOT_SURE],
    ).astype(np.int8)


def more_days(
    span: ArrayLike, half_width: ArrayLike, level: NDArray[np.int8]
) -> tuple[Array, Array]:
    """Return how many more calendar days it takes to tell half a point from none, from and to.

    An interval narrows with the square root of the days, so the whole takes about
    span x (half-width / 0.5)² x 1.1 days, of which span are over. People and weeks differ: the
    rest is given as 0.7 to 1.6 times.

    Args:
        span: Calendar days so far.
        half_width: Half the width of the anytime-valid interval.
        level: Each answer's level, as :func:`levels` returns it.

    Returns:
        Two arrays of whole numbers of 1 or more; NaN where nothing more is needed (found, no
        large effect, narrow enough) or no number can be given.
    """
    past = np.asarray(span, float)
    with np.errstate(over="ignore", invalid="ignore"):
        rest = past * (np.asarray(half_width, float) / REAL) ** 2 * _RESERVE - past
    open_still = (level == _CODE[Level.NOT_SURE]) | (level == _CODE[Level.POSSIBLE])
    said = open_still & np.isfinite(rest) & (rest > 0)
    rest = np.where(said, rest, np.nan)
    return tuple(  # type: ignore[return-value]
        np.clip(np.round(rest * times), 1, _MOST_DAYS) for times in (FROM, TO)
    )
