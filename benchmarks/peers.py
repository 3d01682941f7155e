"""What others do with the same diaries: means, correlations, and time-series regressions.

*Means after 3 + 3 days*: a difference of means is shown as soon as there are three days with and
three without, as Bearable does. Whatever is shown counts as a claim; so does, on a second line,
only what is at least half a point, which a reader would see in a bar chart. *Pearson*: one
correlation a trigger and lag, claimed at p < .05, or after Benjamini-Hochberg at q = .10.
*GLSAR* and *SARIMAX* (statsmodels) fit all triggers, a trend and weekdays at once.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from statsmodels.regression.linear_model import GLSAR
from statsmodels.tsa.statespace.sarimax import SARIMAX

from benchmarks.simulator import Diaries, Flags

VISIBLE = 0.5  # points
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Shown:
    """What a peer says of B people: estimate, its ordinary 95% interval, and claims, (B, 2, K)."""

    estimate: Numbers
    low: Numbers
    high: Numbers
    claims: dict[str, Flags]


def pairwise(diaries: Diaries) -> Shown:
    """Every trigger and lag by itself, over the days on which both are known."""
    parts = [_by_itself(diaries, lag) for lag in (0, 1)]
    slope, error, p, enough = (np.stack(part, axis=1) for part in zip(*parts, strict=True))
    shown = enough & np.isfinite(slope)
    claims = {
        "means after 3 + 3 days": shown,
        "means, half a point": shown & (np.abs(slope) >= VISIBLE),
        "Pearson p < .05": p < 0.05,
        "Pearson + BH": _each_family(p, 0.10),
    }
    return Shown(slope, slope - 1.96 * error, slope + 1.96 * error, claims)


def _by_itself(diaries: Diaries, lag: int) -> tuple[Numbers, Numbers, Numbers, Flags]:
    x = diaries.values.astype(np.float64) / np.where(diaries.graded, 10, 1)
    y = diaries.pain.astype(np.float64)
    if lag:
        x, y = x[:, :-1], y[:, 1:]
    both = ~np.isnan(y)[:, :, None] & ~np.isnan(x)
    x, y = np.where(both, x, 0), np.where(both, y[:, :, None], 0)
    n = both.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_x, mean_y = x.sum(axis=1) / n, y.sum(axis=1) / n
        xx = (x * x).sum(axis=1) - n * mean_x**2
        yy = (y * y).sum(axis=1) - n * mean_y**2
        xy = (x * y).sum(axis=1) - n * mean_x * mean_y
        slope = xy / xx
        error = np.sqrt(np.maximum(yy - slope * xy, 0) / (n - 2) / xx)
        p = 2 * stats.t.sf(np.abs(slope / error), n - 2)
    with_it = (both & (x >= 0.5)).sum(axis=1)
    enough = (with_it >= 3) & (n - with_it >= 3)
    return slope, error, np.where(np.isfinite(p), p, 1.0), enough


def _each_family(p: Numbers, q: float) -> Flags:
    """Benjamini-Hochberg over the triggers of each person and lag."""
    count = p.shape[-1]
    order = np.argsort(p, axis=-1)
    passed = np.take_along_axis(p, order, axis=-1) <= q * np.arange(1, count + 1) / count
    last = np.where(passed.any(axis=-1), count - np.argmax(passed[..., ::-1], axis=-1), 0)
    out = np.zeros(p.shape, dtype=bool)
    np.put_along_axis(out, order, np.arange(count) < last[..., None], axis=-1)
    return out


def regressions(
    diaries: Diaries, kind: str, fit: Callable[[Numbers, Numbers], tuple[Numbers, Numbers]]
) -> tuple[Shown, float]:
    """Fit every person; give what is shown, and CPU seconds a person."""
    people, _, count = diaries.values.shape
    estimate, error = np.zeros((2, people, 2 * count))
    began = process_time()
    for person in range(people):
        outcome, design = _design(diaries, person)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they warn of slow convergence or too many columns
            estimate[person], error[person] = fit(outcome, design)
    seconds = (process_time() - began) / people
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * stats.norm.sf(np.abs(estimate / error))
    shape = (people, 2, count)
    p = np.where(np.isfinite(p), p, 1.0).reshape(shape)
    estimate, error = estimate.reshape(shape), error.reshape(shape)
    claims = {f"{kind} p < .05": p < 0.05, f"{kind} + BH": _each_family(p, 0.10)}
    return Shown(estimate, estimate - 1.96 * error, estimate + 1.96 * error, claims), seconds


def _design(diaries: Diaries, person: int) -> tuple[Numbers, Numbers]:
    """Pain with its holes; triggers of today and yesterday (unknown = mean), trend, weekdays."""
    x = diaries.values[person].astype(np.float64) / np.where(diaries.graded, 10, 1)
    x = np.nan_to_num(x - np.nanmean(x, axis=0))
    yesterday = np.vstack([np.zeros_like(x[:1]), x[:-1]])
    time = np.linspace(-1, 1, len(x))[:, None]
    week = np.eye(7)[np.arange(len(x)) % 7][:, 1:]
    design = np.hstack([x, yesterday, np.ones_like(time), time, week])
    return diaries.pain[person].astype(np.float64), design


def glsar(outcome: Numbers, design: Numbers) -> tuple[Numbers, Numbers]:
    """AR(1) errors; it knows no missing days, so the recorded ones are put side by side."""
    kept = ~np.isnan(outcome)
    result = GLSAR(outcome[kept], design[kept], rho=1).iterative_fit(maxiter=10)
    asked = design.shape[1] - 8
    return result.params[:asked], result.bse[:asked]


def sarimax(outcome: Numbers, design: Numbers) -> tuple[Numbers, Numbers]:
    """AR(1) plus white noise by a Kalman filter, missing days as such: its strongest form here.

    Coefficients are states, so that only carry-over and spreads are searched for: as fast as its
    default or faster, and its errors are right far more often.
    """
    model = SARIMAX(
        outcome, exog=design, order=(1, 0, 0), measurement_error=True, mle_regression=False
    )
    result = model.fit(disp=False)
    first, asked = -design.shape[1], design.shape[1] - 8
    estimate = result.smoothed_state[first:, -1]
    variance = np.diag(result.smoothed_state_cov[:, :, -1])[first:]
    return estimate[:asked], np.sqrt(np.maximum(variance[:asked], 0))
