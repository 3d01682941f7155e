"""Whether claims are right, as shares with their standard errors.

*Power*: share of the real effects (person, trigger, lag) that are claimed with the right sign.
*False discovery rate*: mean over people of false claims / claims (0 without claims). *Misled*:
people with any false claim. After ± stands one standard error, over people; where nothing at all
happened among n people, the rate is below 3/n.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks import peers
from benchmarks.readings import Said, cut
from benchmarks.simulator import WORLDS, Diaries, Flags, simulate

SEED = 20261122
HORIZONS = (120, 365)
LAG = ("same day", "next day")
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Score:
    """Power, false discovery rate and people misled, a cell of text for each lag."""

    power: tuple[str, str]
    false: tuple[str, str]
    misled: tuple[str, str]


def rate(right: NDArray[np.generic], of: NDArray[np.generic] | None = None) -> str:
    """A share with its standard error: people are drawn, so what a person adds stays together."""
    n = len(right)
    right = right.astype(float)
    of = np.ones(n) if of is None else of.astype(float)
    if not of.sum():
        return ""
    share = right.sum() / of.sum()
    if not right.sum():
        return f"0 (< {3 / of.sum():.3f})"
    error = np.sqrt(((right - share * of) ** 2).sum()) / of.sum()
    return f"{share:.3f} ± {error:.3f}"


def score(claims: Flags, estimate: Numbers, truth: Diaries) -> Score:
    real = truth.effects != 0
    right = claims & real & (np.sign(estimate) == np.sign(truth.effects))
    # A real effect claimed with the wrong sign misleads as much as one that is not there.
    wrong = (claims & ~right).sum(axis=2)
    share = wrong / np.maximum(claims.sum(axis=2), 1)
    return Score(
        tuple(rate(right[:, lag].sum(axis=1), real[:, lag].sum(axis=1)) for lag in (0, 1)),  # type: ignore[arg-type]
        tuple(rate(share[:, lag]) for lag in (0, 1)),  # type: ignore[arg-type]
        tuple(rate(wrong[:, lag] > 0) for lag in (0, 1)),  # type: ignore[arg-type]
    )


def coverage(low: Numbers, high: Numbers, truth: Numbers, of: Flags, lag: int) -> str:
    held = of & (low <= truth) & (truth <= high)
    return rate(held[:, lag].sum(axis=1), of[:, lag].sum(axis=1))


class Cells:
    """Everything measured once, by world, horizon and who says it."""

    def __init__(self, people: int) -> None:
        self.people = people
        self._drawn: dict[str, Diaries] = {}
        self._said: dict[tuple[str, int, str], Said] = {}

    def diaries(self, world: str, days: int) -> Diaries:
        if world not in self._drawn:
            self._drawn[world] = simulate(SEED, self.people, HORIZONS[-1], WORLDS[world])
        return cut(self._drawn[world], days)

    def said(self, world: str, days: int, how: Callable[[Diaries], Said]) -> Said:
        key = (world, days, how.__name__)
        if key not in self._said:
            self._said[key] = how(self.diaries(world, days))
        return self._said[key]

    def score(
        self, world: str, days: int, how: Callable[[Diaries], Said], claims: str = "found"
    ) -> Score:
        said = self.said(world, days, how)
        return score(getattr(said, claims), said.estimate, self.diaries(world, days))

    def peers(self, world: str, days: int) -> dict[str, Score]:
        diaries = self.diaries(world, days)
        shown = peers.pairwise(diaries)
        return {
            name: score(claims, shown.estimate, diaries) for name, claims in shown.claims.items()
        }
