"""How often the answers are right: power, false claims, coverage, beside the peers.

    python -m benchmarks answers                    (300 diaries a cell)
    python -m benchmarks.answers --people 1000 --only looks

What the words mean stands in `benchmarks/scoring.py`.
"""

import argparse
from collections.abc import Callable, Iterator
from time import process_time

import numpy as np

from benchmarks import peers, readings, table
from benchmarks.readings import cut
from benchmarks.scoring import HORIZONS, LAG, SEED, Cells, Score, coverage, rate, score
from benchmarks.simulator import WORLDS, simulate
from psoas.diary.answers import levels

FEW = 24  # diaries for SARIMAX, which takes seconds for each
FIRST_LOOK = 28
SAID_IN = ("ordinary", "floor-heavy", "half missing", "many small effects")
PEERS = ("Pearson p < .05", "Pearson + BH", "means after 3 + 3 days")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--few", type=int, default=FEW, help="diaries for GLSAR and SARIMAX")
    parser.add_argument(
        "--only", choices=("asked", "looks", "worlds", "regressions"), help="one table alone"
    )
    asked = parser.parse_args()
    cells = Cells(asked.people)
    parts: dict[str, Callable[[], None]] = {
        "asked": lambda: _show_asked(cells),
        "looks": lambda: _show_looks(cells),
        "worlds": lambda: _show_worlds(cells),
        "regressions": lambda: _show_regressions(asked.few),
    }
    for name, show in parts.items():
        if asked.only in (None, name):
            show()


def _show_asked(cells: Cells) -> None:
    columns = ("what", "days", "asked", "exact", "fast", *PEERS)
    rows = [row for days in HORIZONS for row in _asked_rows(cells, days)]
    table.show(f"Claims on one day, {cells.people} diaries a cell", columns, rows)
    _show_coverage(cells)
    _show_answer_days(cells)


def _asked_rows(cells: Cells, days: int) -> Iterator[tuple[str, ...]]:
    late = days == HORIZONS[-1]
    who = (readings.exact, readings.fast)
    found = [cells.score("ordinary", days, how) for how in who]
    possible = [cells.score("ordinary", days, how, "possible") for how in who]
    nothing = [cells.score("nothing real", days, how) for how in who]
    possibly_nothing = [cells.score("nothing real", days, how, "possible") for how in who]
    others = cells.peers("ordinary", days)
    others_nothing = cells.peers("nothing real", days)

    def row(
        what: str,
        wanted: str,
        ours: list[Score],
        theirs: dict[str, Score] | None,
        of: str,
        lag: int,
    ) -> tuple[str, ...]:
        cell = [getattr(one, of)[lag] for one in ours]
        beside = [getattr(theirs[name], of)[lag] if theirs else "" for name in PEERS]
        return (what, str(days), wanted, *cell, *beside)

    power = (("≥ .10", "≥ .04"), ("≥ .52", "≥ .38"))[late]
    for lag in (0, 1):
        false = ("≤ .02", "")[lag]
        yield row(f"{LAG[lag]}, false discovery rate", false, found, others, "false", lag)
        yield row(f"{LAG[lag]}, power", power[lag], found, others, "power", lag)
    wanted = ("≥ .20", "≥ .62")[late]
    for lag in (0, 1):
        asked = (wanted, "≤ .05") if lag == 0 else ("", "")
        yield row(f"{LAG[lag]}, possible: power", asked[0], possible, None, "power", lag)
        yield row(
            f"{LAG[lag]}, possible: false discovery rate", asked[1], possible, None, "false", lag
        )
    for lag in (0, 1):
        yield row(
            f"{LAG[lag]}, nothing real: misled", "≤ .01", nothing, others_nothing, "misled", lag
        )
        yield row(
            f"{LAG[lag]}, nothing real: possible seen", "", possibly_nothing, None, "misled", lag
        )


def _show_coverage(cells: Cells) -> None:
    rows = []
    for days in HORIZONS:
        diaries = cells.diaries("ordinary", days)
        others = peers.pairwise(diaries)
        for lag in (0, 1):
            ours = []
            for how in (readings.exact, readings.fast):
                said = cells.said("ordinary", days, how)
                ours.append(coverage(said.low, said.high, diaries.effects, said.answered, lag))
            quick = cells.said("ordinary", days, readings.fast)
            half = readings.ordinary_half_width(diaries)
            plain = (quick.estimate - half, quick.estimate + half)
            ours.append(coverage(*plain, diaries.effects, quick.answered, lag))
            there = np.isfinite(others.low)
            theirs = coverage(others.low, others.high, diaries.effects, there, lag)
            rows.append((LAG[lag], str(days), "≥ .92", *ours, theirs))
    table.show(
        "Share of effects inside their interval, on that day",
        ("lag", "days", "asked", "exact", "fast", "fast, ordinary 95%", "Pearson's slope"),
        rows,
    )


def _show_answer_days(cells: Cells) -> None:
    rows = []
    for days in HORIZONS:
        real = cells.score("ordinary", days, readings.on_answer_days)
        any_day = cells.score("ordinary", days, readings.exact)
        late = days == HORIZONS[-1]
        for lag in (0, 1):
            power = (("≥ .13", ""), ("≥ .66", ""))[late][lag]
            false = (("≤ .02", ""), ("≤ .04", ""))[late][lag]
            for what, wanted, part in (
                ("power", power, "power"),
                ("false discovery rate", false, "false"),
            ):
                said = [getattr(one, part)[lag] for one in (real, any_day)]
                rows.append((f"{LAG[lag]}, {what}", str(days), wanted, *said))
    for world in ("nothing real", "floor-heavy, nothing real", "half missing, nothing real"):
        misled = cells.score(world, HORIZONS[-1], readings.on_answer_days).misled
        that_day = cells.score(world, HORIZONS[-1], readings.exact).misled
        for lag in (0, 1):
            what = f"{LAG[lag]}, {world}: misled within the year"
            rows.append((what, "365", "≤ .05", misled[lag], that_day[lag]))
    table.show(
        "Answer days (exact; claims stand), and the any-day rule on the last day alone",
        ("what", "days", "asked", "answer days", "any day"),
        rows,
    )


def _show_looks(cells: Cells) -> None:
    """Look every day for a year: who has been misled by then, and which intervals held so far."""
    truth = cells.diaries("nothing real", HORIZONS[-1])
    who = ("exact, every week", "fast", *PEERS)
    misled = {name: np.zeros((cells.people, 2), dtype=bool) for name in who}
    possible = np.zeros((cells.people, 2), dtype=bool)
    rows = []
    for days in range(FIRST_LOOK, HORIZONS[-1] + 1):
        seen = cut(truth, days)
        said = readings.fast(seen)
        misled["fast"] |= said.found.any(axis=2)
        if days % 7 == HORIZONS[0] % 7 or days in HORIZONS:
            misled["exact, every week"] |= readings.exact(seen).found.any(axis=2)
        possible |= said.possible.any(axis=2)
        for name, claims in peers.pairwise(seen).claims.items():
            if name in misled:
                misled[name] |= claims.any(axis=2)
        if days in HORIZONS:
            for lag in (0, 1):
                cell = [rate(each[:, lag]) for each in misled.values()]
                wanted = "≤ .05" if days == HORIZONS[-1] else ""
                cell.insert(2, rate(possible[:, lag]))
                rows.append((LAG[lag], str(days), wanted, *cell))
    table.show(
        f"Nothing real, a look every day: misled by then, {cells.people} diaries",
        ("lag", "days", "asked", *who[:2], "fast, possible", *PEERS),
        rows,
    )
    _show_held(cells)


def _show_held(cells: Cells) -> None:
    truth = cells.diaries("ordinary", HORIZONS[-1])
    shape = truth.effects.shape
    held = {"anytime": np.ones(shape, bool), "ordinary 95%": np.ones(shape, bool)}
    asked = np.zeros(shape, bool)
    rows = []
    for days in range(FIRST_LOOK, HORIZONS[-1] + 1):
        diaries = cut(truth, days)
        said, half = readings.fast(diaries), readings.ordinary_half_width(diaries)
        off = np.abs(said.estimate - truth.effects)
        out = said.answered
        asked |= out
        held["anytime"] &= ~(out & (off > said.high - said.estimate))
        held["ordinary 95%"] &= ~(out & (off > half))
        if days in HORIZONS:
            for lag in (0, 1):
                cell = [
                    rate((each & asked)[:, lag].sum(axis=1), asked[:, lag].sum(axis=1))
                    for each in held.values()
                ]
                rows.append((LAG[lag], str(days), "≥ .92", *cell))
    table.show(
        "Effects whose interval was right on every day so far (fast)",
        ("lag", "days", "asked", *held),
        rows,
    )


def _show_worlds(cells: Cells) -> None:
    rows = []
    for world in WORLDS:
        real = WORLDS[world].real
        for lag in (0, 1):
            cell = [world, LAG[lag]]
            for days in HORIZONS:
                one = cells.score(world, days, readings.exact)
                cell += [one.power[lag], one.false[lag]] if real else ["", one.misled[lag]]
            year = cells.score(world, HORIZONS[-1], readings.on_answer_days)
            cell += [year.power[lag], (year.false if real else year.misled)[lag]]
            rows.append(tuple(cell))
    table.show(
        f"Other worlds, exact, {cells.people} diaries each. False: the false discovery rate, or"
        " where nothing is real the people misled",
        (
            "world",
            "lag",
            *(
                f"{when}{what}"
                for when in ("120 d", "365 d", "year of answer days")
                for what in (": power", ": false")
            ),
        ),
        rows,
    )
    _show_said(cells)


def _show_said(cells: Cells) -> None:
    rows = []
    for world in SAID_IN:
        truth = cells.diaries(world, HORIZONS[-1])
        for rule, how in (("answer days", readings.on_answer_days), ("any day", readings.exact)):
            said = cells.said(world, HORIZONS[-1], how)
            inside = (said.low <= truth.seen) & (truth.seen <= said.high)
            small = (np.abs(truth.seen) <= levels.REAL).sum(axis=(1, 2), where=said.small)
            rows.append(
                (
                    world,
                    rule,
                    rate(inside.sum(axis=(1, 2), where=said.answered), said.answered.sum((1, 2))),
                    rate(inside.sum(axis=(1, 2), where=said.found), said.found.sum((1, 2))),
                    rate(small, said.small.sum((1, 2))),
                    f"{said.small.sum() / said.answered.sum():.3f}",
                )
            )
    table.show(
        "After a year, both lags, held against the effect on pain as it was written down",
        (
            "world",
            "rule",
            "effects inside their interval",
            "of those claimed",
            "said to be small, and small",
            "share said to be small",
        ),
        rows,
    )


def _show_regressions(few: int) -> None:
    rows = []
    whole = simulate(SEED, few, HORIZONS[-1])
    for days in HORIZONS:
        diaries = cut(whole, days)
        for kind, fit in (("GLSAR", peers.glsar), ("SARIMAX", peers.sarimax)):
            shown, seconds = peers.regressions(diaries, kind, fit)
            for name, claims in shown.claims.items():
                one = score(claims, shown.estimate, diaries)
                there = np.isfinite(shown.low)
                held = coverage(shown.low, shown.high, diaries.effects, there, 0)
                cell = (one.power[0], one.false[0], one.misled[0], held)
                rows.append((name, str(days), *cell, f"{seconds * 1000:,.0f}"))
        readings.on_answer_days(readings.some(diaries, 1))  # arithmetic is loaded by now
        for name, how in (
            ("psoas, any day", readings.exact),
            ("psoas, answer days", readings.on_answer_days),
        ):
            began = process_time()
            said = how(diaries)
            seconds = (process_time() - began) / few
            one = score(said.found, said.estimate, diaries)
            held = coverage(said.low, said.high, diaries.effects, said.answered, 0)
            cell = (one.power[0], one.false[0], one.misled[0], held)
            rows.append((name, str(days), *cell, f"{seconds * 1000:,.1f}"))
    table.show(
        f"Time-series regressions of statsmodels, same day, {few} diaries",
        ("what", "days", "power", "false discovery rate", "misled", "coverage", "CPU ms a person"),
        rows,
    )


if __name__ == "__main__":
    main()
