"""The slowly moving level under a person's pain: what stays when the single days are taken off."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Variance of one day's step of the level over the variance of a single day around it. The grid
# ends at 0.1 (the level then follows with a lag of about three days) so that it stays slow.
RATIOS = (0.001, 0.003, 0.01, 0.03, 0.1)
BAND = 1.96
_LEAST_CHANCE = 0.01
_SMALL, _LARGE = 1e-12, 1e200


@dataclass(frozen=True)
class MovingLevel:
    """A level a day, with the band it most likely lies in.

    Attributes:
        mean: shape (T,), in points of pain; also on days without an entry.
        low: shape (T,), lower end of the 95% band, not below 0.
        high: shape (T,), upper end, not above 10.
    """

    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def moving_level(pain: NDArray[np.float64]) -> MovingLevel | None:
    """Smooth pain by a local-level model: a random walk seen through daily noise.

    The Kalman filter and the fixed-interval smoother treat missing days exactly (the band widens
    over them); the walk starts diffuse; the noise variance is concentrated out. The levels of all
    ``RATIOS`` are averaged by their diffuse likelihood: over a few months it is so flat that
    picking the best one would turn a straight level into a wavy one by chance.

    Args:
        pain: shape (T,), NaN where not recorded.

    Returns:
        None with fewer than three recorded days: nothing can be smoothed.

    Source: J. Durbin and S. J. Koopman, *Time Series Analysis by State Space Methods*, 2nd ed.,
    Oxford 2012, chapter 2 (2.3 filter, 2.4 smoother, 2.7 missing days, 2.9-2.10 diffuse start and
    concentrated likelihood).

    Example:
        >>> level = moving_level(np.array([3.0, 4.0, np.nan, 3.0]))
        >>> level.mean.round(1).tolist()
        [3.3, 3.3, 3.3, 3.3]
    """
    series = [float(value) for value in pain]
    recorded = sum(value == value for value in series)
    if recorded < 3:
        return None
    runs = [_filter(series, ratio) for ratio in RATIOS]
    highest = max(run.height for run in runs)
    chances = np.exp([run.height - highest for run in runs])
    chances /= chances.sum()
    mean = np.zeros(len(series))
    square = np.zeros(len(series))
    for chance, run in zip(chances, runs, strict=True):
        if chance > _LEAST_CHANCE:
            one, variance = _backward(run)
            mean += chance * one
            square += chance * (run.noise * variance + one * one)
    total = chances[chances > _LEAST_CHANCE].sum()
    mean, square = mean / total, square / total
    half = BAND * np.sqrt(np.maximum(square - mean * mean, 0.0))
    return MovingLevel(mean, np.clip(mean - half, 0.0, 10.0), np.clip(mean + half, 0.0, 10.0))


def smooth(series: list[float], ratio: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the smoothed level and its variance, in units of the daily noise's variance.

    Args:
        series: One number a day, NaN where missing, at least two recorded.
        ratio: Step variance over noise variance, above 0.
    """
    return _backward(_filter(series, ratio))


@dataclass(frozen=True)
class _Run:
    ratio: float
    first: int
    levels: list[float]
    spreads: list[float]
    height: float
    noise: float


def _filter(series: list[float], ratio: float) -> _Run:
    # Plain floats: a scalar recursion in numpy would spend its time on calls.
    first = next(t for t, value in enumerate(series) if value == value)
    level, spread = series[first], 1.0
    levels, spreads = [level], [spread]
    squares, product, logs, count = 0.0, 1.0, 0.0, 0
    for value in series[first + 1 :]:
        spread += ratio
        if value == value:
            doubt = spread + 1.0
            miss = value - level
            squares += miss * miss / doubt
            product *= doubt
            if product > _LARGE:
                logs += math.log(product)
                product = 1.0
            spread /= doubt
            level += spread * miss
            count += 1
        levels.append(level)
        spreads.append(spread)
    noise = squares / count
    # A diary of one and the same number has no noise; the floor keeps the logarithm finite.
    height = -0.5 * (count * math.log(max(noise, _SMALL)) + logs + math.log(product))
    return _Run(ratio, first, levels, spreads, height, noise)


def _backward(run: _Run) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    ratio, first = run.ratio, run.first
    levels, spreads = run.levels.copy(), run.spreads.copy()
    level, spread = levels[-1], spreads[-1]
    for t in range(len(levels) - 2, -1, -1):
        ahead = spreads[t] + ratio
        back = spreads[t] / ahead
        level = levels[t] = levels[t] + back * (level - levels[t])
        spread = spreads[t] = spreads[t] + back * back * (spread - ahead)
    # Before the first entry the walk runs backwards from it, each day one step less certain.
    early = [spread + ratio * (first - t) for t in range(first)]
    return np.array([level] * first + levels), np.array(early + spreads)
