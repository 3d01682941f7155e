"""The cohort's own engine for tests: the same jobs, one after the other, in this process."""

import io

import pytest

from psoas.cohort import cutting, work
from psoas.cohort.progress import Progress
from psoas.cohort.running import answer_cohort


class Here:
    """Does jobs in this process; may be told to stop after some."""

    def __init__(self, stop_after=None):
        self.stop_after = stop_after
        self.did: list[int] = []

    def run(self, jobs):
        for job in jobs:
            if len(self.did) == self.stop_after:
                raise KeyboardInterrupt
            done = work.do(job)
            self.did.append(job.number)
            yield done


@pytest.fixture
def small_parts(monkeypatch):
    """Parts of a few persons, so that a small table has several."""
    monkeypatch.setattr(cutting, "CELLS", 3 * 200)


@pytest.fixture
def answered(tmp_path):
    """Answer a table here; returns what came of it, and where."""

    def run(path, engine=None, out=None):
        out = out or tmp_path / "answers.parquet"
        said = io.StringIO()
        outcome = answer_cohort(path, out, engine or Here(), Progress(said))
        return outcome, out, said.getvalue()

    return run
