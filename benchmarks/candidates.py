"""What was tried for more power at the same error: the table of docs/the-statistics.md.

python -m benchmarks.candidates
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.readings import table_of
from benchmarks.simulator import ORDINARY, World, simulate
from benchmarks.table import show
from psoas.diary.answers import exact, unshrinking
from psoas.diary.answers.design import lay_out
from psoas.diary.answers.evidence import any_day_claims, e_values

Array = NDArray[np.float64]
Fit = Callable[[Array, NDArray[np.int64]], tuple[Array, Array, Array]]

PEOPLE = {120: 400, 365: 250}
SEED = 20261122


@dataclass(frozen=True)
class Candidate:
    """One way to fit, and by how much its slab differs from one residual deviation."""

    name: str
    fit: Fit
    slab: float = 1.0


def common(rows: Array, at: NDArray[np.int64]) -> tuple[Array, Array, Array]:
    return _looks(rows, at, 0)


def one_look(rows: Array, at: NDArray[np.int64]) -> tuple[Array, Array, Array]:
    return _looks(rows, at, 1)


def two_looks(rows: Array, at: NDArray[np.int64]) -> tuple[Array, Array, Array]:
    return _looks(rows, at, 2)


def _looks(rows: Array, at: NDArray[np.int64], more: int) -> tuple[Array, Array, Array]:
    bases, logs = exact._bases(rows, at, exact.GRID)
    n, width = rows.shape
    priors = np.repeat(exact.PRIORS[:, None], width - 1 - exact.FIXED, axis=1)
    found: tuple[Array, Array, Array] = exact._mix(bases, logs, n, width, priors)
    for _ in range(more):
        found = exact._mix(bases, logs, n, width, unshrinking.sharpened(*found)[None])
    return found


CANDIDATES = (
    Candidate("one prior for all the others", common),
    Candidate("a second look (in use)", one_look),
    Candidate("a third look", two_looks),
    Candidate("a second look, slab half as wide", one_look, 0.5),
    Candidate("a second look, slab 1.5 times as wide", one_look, 1.5),
)


def measure(candidate: Candidate, days: int, world: World) -> tuple[list[float], list[float]]:
    """Power and share of people misled, same day and next day, by closed e-BH on the last day."""
    diaries = simulate(SEED + days, PEOPLE[days], days, world)
    hits, real, misled = np.zeros(2), np.zeros(2), np.zeros(2)
    for person in range(PEOPLE[days]):
        design = lay_out(table_of(diaries, person))
        estimate, error, spread = candidate.fit(exact.rows_of(design), design.at)
        freedom = max(len(design.outcome) - exact.SPENT, exact.LEAST_FREEDOM)
        e = e_values(estimate, error, freedom, spread * candidate.slab).reshape(2, -1)
        early = np.minimum(design.days_with, design.days_without) < 5
        claimed = any_day_claims(np.where(early, np.nan, e))
        names = [diaries.names.index(group.names[0]) for group in design.groups]
        true = diaries.effects[person][:, names]
        right = claimed & (np.sign(estimate.reshape(2, -1)) == np.sign(true)) & (true != 0)
        hits += right.sum(axis=1)
        real += (diaries.effects[person] != 0).sum(axis=1)
        misled += (claimed & (true == 0)).any(axis=1)
    return list(hits / np.maximum(real, 1)), list(misled / PEOPLE[days])


def main() -> None:
    rows = []
    for days in PEOPLE:
        for candidate in CANDIDATES:
            power, _ = measure(candidate, days, ORDINARY)
            _, misled = measure(candidate, days, World(real=False))
            numbers = [f"{value:.3f}" for value in (*power, *misled)]
            rows.append((candidate.name, str(days), *numbers))
    show(
        "What was tried (the any-day rule on the last day; misled: people with nothing real)",
        (
            "the other triggers",
            "days",
            "power, same",
            "power, next",
            "misled, same",
            "misled, next",
        ),
        rows,
    )


if __name__ == "__main__":
    main()
