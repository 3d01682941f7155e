"""How fast the answers are: many people, one person, the first answer of a fresh command.

    python -m benchmarks answers_speed
    python -m benchmarks.answers_speed --million        (a million people through `psoas cohort`)

CPU seconds are process time of a single thread, the best of several rounds; the peers run on the
same diaries in the same minute.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import psutil

from benchmarks import peers, readings, simulator, table
from benchmarks.simulator import Diaries, simulate
from psoas.diary.answers.deciding import any_day
from psoas.diary.answers.design import lay_out
from psoas.diary.answers.exact import fit_exact
from psoas.diary.answers.fast import fit_many
from psoas.diary.answers.many import any_day_many
from psoas.diary.reading import Row
from psoas.diary.writing import write_csv

SEED = 11
MANY, MANY_DAYS = 500, 180
ROUNDS = 9
FEW = 3  # diaries for the peers, which take seconds for each
COLD = 5
PSOAS = Path(sys.executable).parent / "psoas"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--million", action="store_true", help="run psoas cohort alone")
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where the cohort file is, or is to be made")
    asked = parser.parse_args()
    if asked.million:
        _cohort(asked.people, asked.workers, asked.folder)
        return
    per_second = _show_many()
    _show_one(per_second)
    _show_cold()


def _least(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    act()  # what is compiled or kept is not measured
    took = []
    for _ in range(rounds):
        began = time.process_time()
        act()
        took.append(time.process_time() - began)
    return min(took)


def _show_many() -> float:
    rows = readings.rows(simulate(SEED, MANY, MANY_DAYS))
    names = tuple(f"t{k + 1:02d}" for k in range(rows[2].shape[1]))
    fitted = MANY / _least(lambda: fit_many(*rows))
    answered = MANY / _least(lambda: any_day_many(*rows, names))
    table.show(
        f"Many people: {MANY_DAYS} days × {len(names)} triggers × 2 lags, one thread",
        ("what", "diaries a CPU second", "asked"),
        [
            ("fitted", f"{fitted:,.0f}", "≥ 6,500"),
            ("fitted, decided, levels and days to know", f"{answered:,.0f}", ""),
        ],
    )
    return fitted


def _show_one(fast: float) -> None:
    rows = []
    for days, most in ((120, "≤ 5"), (365, "≤ 20")):
        diaries = simulate(SEED, 10, days)
        tables = [readings.table_of(diaries, person) for person in range(10)]
        fit = _least(lambda: [fit_exact(lay_out(one)) for one in tables]) / 10  # noqa: B023
        whole = _least(lambda: [any_day(one) for one in tables]) / 10  # noqa: B023
        few = readings.some(diaries, FEW)
        for name, seconds, asked in (
            ("exact", fit, most),
            ("exact, with the answers", whole, ""),
            ("GLSAR", peers.regressions(few, "GLSAR", peers.glsar)[1], "(peer)"),
            ("SARIMAX", peers.regressions(few, "SARIMAX", peers.sarimax)[1], "(peer)"),
        ):
            rows.append((name, str(days), f"{seconds * 1000:,.1f}", asked, f"{seconds / fit:,.1f}"))
        if days == 120:
            rows.append(
                ("fast, 180 days", "180", f"{1000 / fast:.2f}", "", f"{1 / fast / fit:.3f}")
            )
    table.show(
        "One person, 20 triggers × 2 lags, warm",
        ("what", "days", "CPU ms", "ms asked", "times the exact fit"),
        rows,
    )


def _show_cold() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "diary.csv"
        file.write_text(_csv(simulate(SEED, 1, 365)), encoding="utf-8")
        took, busy = [], []
        for _ in range(COLD + 1):
            began, spent = time.perf_counter(), _spent()
            subprocess.run([PSOAS, "diary", file], check=True, stdout=subprocess.DEVNULL)
            took.append(time.perf_counter() - began)
            busy.append(_spent() - spent)
    table.show(
        "`psoas diary` on a year, a process of its own each time, arithmetic compiled before",
        ("seconds", "least", "median", "most", "asked"),
        [
            ("by the clock", *(f"{of(took[1:]):.2f}" for of in (min, median, max)), "≤ 2"),
            ("CPU", *(f"{of(busy[1:]):.2f}" for of in (min, median, max)), ""),
        ],
    )


def _spent() -> float:
    """CPU seconds of all processes that were started here and have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _csv(diaries: Diaries) -> str:
    days = readings.table_of(diaries, 0)
    rows = [
        Row(
            day,
            None if np.isnan(pain) else int(pain),
            {
                name: int(value)
                for name, value in zip(days.triggers, values, strict=True)
                if not np.isnan(value)
            },
        )
        for day, pain, values in zip(days.days, days.pain, days.values, strict=True)
    ]
    return write_csv(rows, days.triggers)


def _cohort(people: int, workers: int, folder: Path | None) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        source = (folder or Path(temporary)) / f"cohort-{people}.parquet"
        if not source.exists():
            truth = source.with_suffix(".truth.parquet")
            part = source.with_suffix(".part")
            simulator.write_parquet(part, truth, seed=SEED, people=people, days=MANY_DAYS)
            part.rename(source)
        out = Path(temporary) / "answers.parquet"
        began, spent = time.perf_counter(), _spent()
        process = subprocess.Popen(
            [PSOAS, "cohort", source, "--out", out, "--workers", str(workers)],
            stderr=subprocess.DEVNULL,
        )
        most, shared = _watch(process)
        took, busy = time.perf_counter() - began, _spent() - spent
        if process.returncode:
            raise SystemExit(f"psoas cohort ended with {process.returncode}")
        size = out.stat().st_size / 1e6
    wanted = ("≤ 180", "≤ 1.5") if people == 1_000_000 else ("", "")
    table.show(
        f"`psoas cohort`: {people:,} people, {MANY_DAYS} days, 20 triggers, {workers} workers",
        ("what", "measured", "asked"),
        [
            ("seconds from command to end", f"{took:.1f}", wanted[0]),
            ("CPU seconds of all processes", f"{busy:.0f}", ""),
            ("most memory of all processes, GB", f"{most / 1e9:.2f}", wanted[1]),
            ("the same, shared pages counted once, GB", f"{shared / 1e9:.2f}", ""),
            ("answers, MB", f"{size:,.0f}", ""),
        ],
    )


def _watch(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Return the most that the process and its children held together, in bytes."""
    parent = psutil.Process(process.pid)
    most = shared = looks = 0
    while process.poll() is None:
        looks += 1
        held = held_once = 0
        try:
            for one in [parent, *parent.children(recursive=True)]:
                held += one.memory_info().rss
                # Counting shared pages takes the kernel long enough to be felt.
                held_once += one.memory_full_info().pss if looks % 20 == 0 else 0
        except psutil.NoSuchProcess:
            continue  # one of them has just ended
        most, shared = max(most, held), max(shared, held_once)
        time.sleep(0.25)
    return most, shared


if __name__ == "__main__":
    main()
