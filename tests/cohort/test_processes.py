"""Real processes: workers that die, a run that is killed, Ctrl-C, a cluster of two workers."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pyarrow.parquet as pq
import pytest

from psoas.cohort.cluster import Cluster
from psoas.cohort.refusal import CohortRefused
from psoas.cohort.running import parts_path
from tests.cohort.tables import people, write

pytestmark = pytest.mark.slow

# Only the process that cuts needs to know that parts are small.
SMALL = (
    "from psoas.cohort import cutting; cutting.CELLS = 3 * 2_000; from psoas.cli.main import main"
)
SCRIPT = f"{SMALL}\nif __name__ == '__main__': raise SystemExit(main())"


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """A table of many parts, and the answers of an undisturbed run."""
    folder = tmp_path_factory.mktemp("cohort")
    script = folder / "run.py"
    script.write_text(SCRIPT)
    path = write(folder / "in.parquet", people(600, days=40))
    with started(script, path, folder / "whole.parquet") as run:
        out, err = run.communicate(timeout=120)
        assert run.returncode == 0, err
    assert "600 people answered: 3,600 rows" in out
    return script, path, pq.read_table(folder / "whole.parquet")


def started(script, path, out):
    words = [sys.executable, str(script), "cohort", str(path), "--out", str(out), "--workers", "2"]
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    pipe = subprocess.PIPE
    return subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True, env=environment)


def after_some_parts(run, out):
    """Wait until two parts are finished; return the workers."""
    for _try in range(600):
        if len(list(parts_path(out).glob("*.arrow"))) >= 2:
            return [
                child
                for child in psutil.Process(run.pid).children()
                if "spawn_main" in " ".join(child.cmdline())
            ]
        assert run.poll() is None, run.communicate()
        time.sleep(0.05)
    raise AssertionError("no part was finished")


def ended(processes):
    _gone, alive = psutil.wait_procs(processes, timeout=10)
    return not alive


def test_a_worker_that_dies_loses_nothing(table, tmp_path):
    script, path, expected = table
    out = tmp_path / "out.parquet"
    with started(script, path, out) as run:
        after_some_parts(run, out)[0].kill()
        _out, err = run.communicate(timeout=120)
        assert run.returncode == 0, err
    assert pq.read_table(out).equals(expected)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_goes_on_and_leaves_no_worker(table, tmp_path, how):
    script, path, expected = table
    out = tmp_path / "out.parquet"
    with started(script, path, out) as run:
        workers = after_some_parts(run, out)
        run.send_signal(how)
        _out, err = run.communicate(timeout=30)
    assert ended(workers)
    assert not out.exists()
    if how == signal.SIGINT:
        assert run.returncode == 130
        assert "Stopped. What is finished is kept; run the same command again to go on." in err
        assert "Traceback" not in err
    with started(script, path, out) as run:
        _out, err = run.communicate(timeout=120)
        assert run.returncode == 0, err
    assert "Going on: " in err
    assert pq.read_table(out).equals(expected)
    assert sorted(found.name for found in tmp_path.iterdir()) == ["out.parquet"]


@pytest.fixture(scope="module")
def cluster():
    """A real cluster of two worker processes, as it is started by hand."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=50,
    ) as local:
        yield local


def test_a_cluster_gives_the_same_answers(cluster, table, tmp_path, answered, small_parts):
    _script, path, expected = table
    outcome, out, _said = answered(path, Cluster(cluster.scheduler_address))
    assert outcome.people == 600
    assert pq.read_table(out).equals(expected)


def test_a_worker_of_a_cluster_that_dies_loses_nothing(
    cluster, table, tmp_path, answered, small_parts
):
    _script, path, expected = table
    engine = Cluster(cluster.scheduler_address)
    killed: list[int] = []

    class Killing:
        def run(self, jobs):
            for done in engine.run(jobs):
                if not killed:
                    killed.append(next(iter(cluster.workers.values())).pid)
                    os.kill(killed[0], signal.SIGKILL)
                yield done

    _outcome, out, _said = answered(path, Killing())
    assert killed
    assert pq.read_table(out).equals(expected)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:1", "No scheduler answers at tcp://127.0.0.1:1: "),
        ("nonsense://", "No scheduler answers at nonsense://: "),
        ("nothing", "No scheduler answers at nothing: "),
        ("", "--cluster needs the address of a scheduler"),
    ],
)
def test_an_address_where_nobody_answers_is_one_quick_sentence(table, tmp_path, address, said):
    script, path, _expected = table
    words = ["cohort", str(path), "--out", str(tmp_path / "out.parquet"), "--cluster", address]
    began = time.monotonic()
    answer = subprocess.run(
        [sys.executable, "-W", "error", str(script), *words], capture_output=True, text=True
    )
    assert time.monotonic() - began < 15
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith(said)
    assert answer.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def scheduler(tmp_path):
    """A scheduler and a worker that stand alone; yields the scheduler's process and address."""
    known = tmp_path / "scheduler.json"
    words = ["--scheduler-file", str(known), "--no-dashboard"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    begun = []
    try:
        for module, more in (
            ("dask_scheduler", ["--host", "127.0.0.1", "--port", "0"]),
            ("dask_worker", ["--nthreads", "1", "--death-timeout", "5"]),
        ):
            line = [sys.executable, "-m", f"distributed.cli.{module}", *words, *more]
            begun.append(subprocess.Popen(line, **quiet))
            for _try in range(300):
                if known.exists():
                    break
                time.sleep(0.1)
        yield begun[0], json.loads(known.read_text())["address"]
    finally:
        for process in reversed(begun):
            process.kill()
            process.wait()


def test_a_scheduler_that_goes_away_is_told_and_what_is_finished_is_kept(
    scheduler, table, tmp_path, answered, small_parts
):
    _script, path, expected = table
    process, address = scheduler
    for _try in range(300):
        try:
            engine = Cluster(address)
            break
        except CohortRefused as refused:
            assert "has no workers yet" in str(refused)
            time.sleep(0.1)

    class Killing:
        def run(self, jobs):
            for number, done in enumerate(engine.run(jobs)):
                if number == 2:
                    process.kill()
                yield done

    with pytest.raises(CohortRefused, match="went away. What is finished is kept"):
        answered(path, Killing())
    assert list(parts_path(tmp_path / "answers.parquet").glob("*.arrow"))
    _outcome, out, said = answered(path)
    assert "Going on" in said
    assert pq.read_table(out).num_rows == expected.num_rows


def test_a_cluster_is_reached_from_a_thread_that_runs_a_loop_already(cluster):
    async def in_a_notebook() -> Cluster:
        return Cluster(cluster.scheduler_address)

    # A thread of its own: one that drove a browser before has a loop, and cannot begin this one.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, in_a_notebook()).result()
