"""How experiments on oneself hold up: false positives, coverage, power, looks on the way.

The days come from worlds of this file's own, not from the noise that the power of psoas assumes.
Run: python -m benchmarks experiments.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from zlib import crc32

import numpy as np

from benchmarks import table
from psoas.diary.experiment.analysis import Verdict, analyse, analyse_within
from psoas.diary.experiment.early import ENOUGH, differences_so_far, log_evidence
from psoas.diary.experiment.power import lasting, power
from psoas.diary.experiment.refusal import ExperimentRefused
from psoas.diary.experiment.schedule import Schedule, Scheme, make_schedule

ROUNDS = 2000
DEFAULT = Scheme()
DESIGNS = (
    DEFAULT,
    Scheme(36, 3, 1),
    Scheme(60, 3, 1),
    Scheme(168, 3, 1),
    Scheme(84, 3, 0),
    Scheme(84, 3, 2),
    Scheme(84, 2, 0),
    Scheme(84, 2, 1),
    Scheme(84, 4, 1),
    Scheme(84, 5, 1),
    Scheme(84, 6, 1),
)
WITHIN = ((70, 7), (84, 4), (84, 14))
ASKED = "2.5 to 6.5%"

Array = np.ndarray
World = Callable[[np.random.Generator, int], Array]


def persistent(rng: np.random.Generator, length: int, decay: float) -> Array:
    pain = np.empty(length)
    pain[0] = rng.normal()
    for day in range(1, length):
        pain[day] = decay * pain[day - 1] + np.sqrt(1 - decay**2) * rng.normal()
    return pain


def steady(rng: np.random.Generator, length: int) -> Array:
    """Half carried over from yesterday at .5 a day, half the day's own; spread 1.5."""
    return 5 + 1.5 * np.sqrt(0.5) * (persistent(rng, length, 0.5) + rng.normal(size=length))


def clinging(rng: np.random.Generator, length: int) -> Array:
    """Weeks of good and weeks of bad: .9 of yesterday, and a trend."""
    return 5 + 1.5 * persistent(rng, length, 0.9) + np.linspace(1, -1, length)


def spiky(rng: np.random.Generator, length: int) -> Array:
    """Low days and flares, whole numbers from 0 to 10, worse on two days a week."""
    weekday = np.where((np.arange(length) + rng.integers(7)) % 7 < 2, 0.8, 0.0)
    flares = rng.exponential(1.3, length) * (1 + 2 * (rng.random(length) < 0.1))
    return np.clip(np.round(1.5 + flares + weekday + 0.6 * persistent(rng, length, 0.7)), 0, 10)


WORLDS: tuple[tuple[str, World], ...] = (
    ("steady", steady),
    ("clinging", clinging),
    ("spiky", spiky),
)


@dataclass(frozen=True)
class Cell:
    """One kind of experiment, run many times; each run has its number for a seed."""

    scheme: Scheme
    world: World
    effect: float = 0.0
    carried: float = 0.0
    missing: str = ""

    def random(self, seed: int) -> np.random.Generator:
        # Each cell has days of its own: one unlucky set must not show in every row.
        own = (self.scheme, self.world.__name__, self.effect, self.carried, self.missing)
        return np.random.default_rng([seed, crc32(repr(own).encode())])


def run(cell: Cell, seed: int) -> tuple[Schedule, Array]:
    rng = cell.random(seed)
    schedule = make_schedule(int(rng.integers(2**40)), cell.scheme)
    arms = np.array([schedule.arms], dtype=float)
    pain = cell.world(rng, cell.scheme.length) + cell.effect * lasting(arms, cell.carried)[0]
    if cell.missing == "days":
        # More is missing when it hurts, as in life.
        pain[rng.random(len(pain)) < np.where(pain > np.median(pain), 0.4, 0.2)] = np.nan
    if cell.missing == "blocks":
        for block in rng.choice(2 * cell.scheme.pairs, 3, replace=False):
            pain[block * cell.scheme.block : (block + 1) * cell.scheme.block] = np.nan
    return schedule, pain


def verdicts(cell: Cell, seeds: range) -> list[tuple[bool, bool]]:
    """(found, covered) of each run; a refused one is neither found nor counted."""
    return list(_verdicts(cell, seeds))


def _verdicts(cell: Cell, seeds: range) -> Iterator[tuple[bool, bool]]:
    for seed in seeds:
        schedule, pain = run(cell, seed)
        try:
            verdict = analyse(pain, schedule)
        except ExperimentRefused:
            continue
        yield verdict.p_value <= 0.05, verdict.low <= cell.effect <= verdict.high


def within(days: int, size: int, world: World, seeds: range) -> list[bool]:
    found = []
    for seed in seeds:
        rng = np.random.default_rng([seed, days, size, crc32(world.__name__.encode())])
        half = [np.arange(size) % 2 for _block in range(-(-days // size))]
        arms = np.concatenate([rng.permutation(block) for block in half])[:days].astype(float)
        verdict: Verdict = analyse_within(world(rng, days), arms, size)
        found.append(verdict.p_value <= 0.05)
    return found


def looks(cell: Cell, seeds: range) -> list[tuple[int, bool, bool]]:
    """(pairs at which it stopped or 0, effect always covered, found in the end) of each run."""
    out = []
    for seed in seeds:
        schedule, pain = run(cell, seed)
        stopped, covered = 0, True
        differences = differences_so_far(pain, schedule, cell.scheme.length)
        for pair in range(1, cell.scheme.pairs + 1):
            # What look() makes stop and interval of, without the search for the interval's ends.
            nothing, real = log_evidence(differences[:pair], np.array([0.0, cell.effect]))
            covered = covered and real < np.log(ENOUGH)
            if nothing >= np.log(ENOUGH) and not stopped:
                stopped = pair
        found = stopped > 0 or analyse(pain, schedule).p_value <= 0.05
        out.append((stopped, covered, found))
    return out


def share(values: list[bool] | Array) -> str:
    return f"{100 * np.mean(values):.1f}%"


class Bench:
    """Runs in two processes, with one thread each, so that they do not fight over the cores."""

    def __init__(self, pool: ProcessPoolExecutor, rounds: int) -> None:
        self.pool, self.rounds = pool, rounds

    def each(self, work: Callable[[range], list]) -> list:
        parts = [
            range(start, min(start + 125, self.rounds)) for start in range(0, self.rounds, 125)
        ]
        return [one for part in self.pool.map(work, parts) for one in part]

    def false_positives(self) -> None:
        columns = ("design", *(name for name, _w in WORLDS), "30% of days missing", "asked")
        rows = []
        for scheme in DESIGNS:
            cells = [Cell(scheme, world) for _name, world in WORLDS]
            cells.append(Cell(scheme, steady, missing="days"))
            found = [[f for f, _c in self.each(partial(verdicts, cell))] for cell in cells]
            rows.append((_name(scheme), *map(share, found), ASKED))
        cell = Cell(DEFAULT, steady, missing="blocks")
        found = [f for f, _c in self.each(partial(verdicts, cell))]
        rows.append((f"{_name(DEFAULT)}, 3 blocks missing", share(found), "", "", "", ASKED))
        for days, size in WITHIN:
            found = [self.each(partial(within, days, size, world)) for _name, world in WORLDS]
            rows.append((f"{days} days, within-blocks:{size}", *map(share, found), "", ASKED))
        table.show("False positives: p <= .05 where nothing is real", columns, rows)

    def coverage_and_power(self) -> None:
        rows = []
        for scheme, carried, asked in (
            (DEFAULT, 0.0, ""),
            (DEFAULT, 0.3, ".93"),
            (Scheme(84, 2, 0), 0.0, ""),
            (Scheme(84, 2, 0), 0.3, ""),
            (Scheme(84, 2, 1), 0.3, ""),
        ):
            found = {}
            for effect in (0.5, 1.0, 1.5):
                cell = Cell(scheme, steady, -effect, carried)
                found[effect] = self.each(partial(verdicts, cell))
            covered = np.mean([c for runs in found.values() for _f, c in runs])
            powers = [f"{np.mean([f for f, _c in runs]):.2f}" for runs in found.values()]
            said = " ".join(f"{power(scheme, e, carry_over=carried):.2f}" for e in found)
            row = (_name(scheme), f"{carried:.0%}", f"{covered:.3f}", asked, *powers, said)
            rows.append(row)
        for missing in ("days", "blocks"):
            runs = self.each(partial(verdicts, Cell(DEFAULT, steady, -1.0, 0.3, missing)))
            covered, found_share = np.mean([c for _f, c in runs]), np.mean([f for f, _c in runs])
            label = f"{_name(DEFAULT)}, {missing} missing"
            rows.append((label, "30%", f"{covered:.3f}", ".93", "", f"{found_share:.2f}", "", ""))
        columns = (
            "design",
            "carry-over",
            "coverage",
            "asked",
            "power .5",
            "1",
            "1.5",
            "psoas says",
        )
        table.show("Coverage and power, world: steady", columns, rows)

    def on_the_way(self) -> None:
        rows = []
        for name, world in WORLDS:
            runs = self.each(partial(looks, Cell(DEFAULT, world)))
            rows.append(self._looked(f"nothing real, {name}", runs, "<= 5%", ASKED))
        for effect in (1.0, 2.0, 3.0):
            runs = self.each(partial(looks, Cell(DEFAULT, steady, -effect, 0.3)))
            rows.append(self._looked(f"{effect:g} points, carry-over 30%", runs, "", ""))
        columns = ("84 days, looked at after every pair", "stopped early", "asked", "median day")
        columns += ("interval right at every look", "asked", "found in the end", "asked")
        table.show("Looking before the end", columns, rows)

    @staticmethod
    def _looked(name: str, runs: list, stop_asked: str, end_asked: str) -> tuple[str, ...]:
        stops = [stopped for stopped, _c, _f in runs if stopped]
        day = f"{6 * np.median(stops):.0f}" if stops else ""
        early, right = share([s > 0 for s, _c, _f in runs]), share([c for _s, c, _f in runs])
        found = share([f for _s, _c, f in runs])
        return name, early, stop_asked, day, right, ">= 95%", found, end_asked


def _name(scheme: Scheme) -> str:
    return f"{scheme.days} days, {scheme.block}-day blocks, washout {scheme.washout}"


def main(rounds: int = ROUNDS) -> None:
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        bench = Bench(pool, rounds)
        print(f"{rounds:,} experiments a cell.")
        bench.false_positives()
        bench.coverage_and_power()
        bench.on_the_way()


if __name__ == "__main__":
    main()
