"""Who does the work: here, processes of this machine; ``cluster.py`` has many machines."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import wait as wait_for
from typing import Protocol

import pyarrow as pa

from psoas.cohort.refusal import CohortRefused
from psoas.cohort.work import Done, Job, do, prepare
from psoas.content.language import gettext as _

# A worker is one thread; libraries that would start one a processor are told so beforehand.
_ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "NUMBA_NUM_THREADS",
)
# So often in a row workers may end without anything finished between.
_TRIES = 3
# Seconds before it is said why nothing seems to happen.
_PATIENCE = 10


class Engine(Protocol):
    """Does jobs, in any order, on whatever it has."""

    def run(self, jobs: Sequence[Job]) -> Generator[Done, None, None]:
        """Do all jobs and yield each as it is finished.

        Raises:
            CohortRefused: A job cannot be done, or no worker can.
        """
        ...


class Pool:
    """Processes on this machine."""

    def __init__(self, workers: int, tell: Callable[[str], None]) -> None:
        self._workers = workers
        self._tell = tell

    def run(self, jobs: Sequence[Job]) -> Generator[Done, None, None]:
        """Do all jobs; a worker that dies is replaced, and its job done again."""
        left = {job.number: job for job in jobs}
        lost = 0
        while left:
            finished = False
            try:
                with _pool(min(self._workers, len(left))) as pool:
                    for done in self._each(pool, list(left.values())):
                        del left[done.number]
                        finished = True
                        yield done
            except MemoryError:
                raise CohortRefused(
                    _(
                        "There is not enough memory. What is finished is kept: run it again with "
                        "fewer --workers."
                    )
                ) from None
            except BrokenProcessPool:
                lost = 1 if finished else lost + 1
                if lost == _TRIES:
                    raise CohortRefused(
                        _(
                            "Workers end without a word, perhaps for want of memory. What is "
                            "finished is kept: run it again with fewer --workers."
                        )
                    ) from None

    def _each(self, pool: ProcessPoolExecutor, jobs: list[Job]) -> Iterator[Done]:
        # The first worker compiles where that must be done; the others then only load.
        ready = pool.submit(prepare)
        if not wait([ready], timeout=_PATIENCE).done:
            self._tell(_("Preparing the arithmetic; this takes a minute, once."))
        ready.result()
        waiting = iter(jobs)
        under_way: set[Future[Done]] = set()
        while True:
            # A few ahead and no more: a million futures would be memory for nothing.
            for job in islice(waiting, 2 * self._workers - len(under_way)):
                under_way.add(pool.submit(do, job))
            if not under_way:
                return
            finished, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in finished:
                yield future.result()


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    others = multiprocessing.active_children()
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    # Begun anew rather than forked: locks of this process would be copied as they are.
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin)
    try:
        yield pool
        pool.shutdown()
    except BaseException:
        # Parts are there whole or not at all, so nothing is lost by ending workers at once.
        for process in multiprocessing.active_children():
            if process not in others:
                process.terminate()
        pool.shutdown(cancel_futures=True)
        raise
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _begin() -> None:
    """Make a new worker one thread, deaf to Ctrl-C, and mortal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A parent that is killed cannot tell its workers, and they would wait for ever.
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)
