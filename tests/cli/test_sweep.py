"""What was deleted is gone within the hour, or little more, though nobody comes back."""

import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from psoas.care.journal import importing, writing
from psoas.care.journal.models import Entry, PendingImport
from psoas.cli import environment, server, sweep
from tests import cast

NOW = datetime.now(UTC)


@pytest.fixture
def left_behind(db):
    mara = cast.viewer(cast.mara())
    key = uuid4()
    writing.write_entry(mara, {"pain": 4}, entry_id=key, kind="day", now=NOW)
    writing.delete_entry(mara, key, now=NOW)
    importing.keep(mara, b"day,pain\n2026-01-05,3\n", "a.csv", now=NOW)


def test_a_sweep_takes_what_is_over_and_nothing_before(left_behind):
    assert sweep.sweep(NOW + timedelta(minutes=59)) == 0
    assert sweep.sweep(NOW + timedelta(minutes=61)) == 2
    assert not Entry.objects.exists()
    assert not PendingImport.objects.exists()


def test_the_server_sweeps_by_itself_again_and_again(monkeypatch):
    rounds: list[datetime] = []
    monkeypatch.setattr(sweep, "sweep", rounds.append)
    end = sweep.begin(every=timedelta(milliseconds=20))
    until = time.monotonic() + 5
    while len(rounds) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    end.set()
    assert len(rounds) >= 2


def test_a_round_that_fails_is_not_the_last(monkeypatch, caplog):
    rounds: list[datetime] = []

    def faulty(now):
        rounds.append(now)
        raise ValueError("7.25 conflict")

    monkeypatch.setattr(sweep, "sweep", faulty)
    end = sweep.begin(every=timedelta(milliseconds=20))
    until = time.monotonic() + 5
    while len(rounds) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    end.set()
    assert len(rounds) >= 2
    assert "conflict" not in caplog.text


def test_every_worker_of_the_server_sweeps(monkeypatch):
    begun: list[bool] = []
    monkeypatch.setattr(sweep, "begin", lambda: begun.append(True))
    made = server._Server(environment.read({}), ["127.0.0.1:0"])
    made.cfg.post_worker_init(object())
    assert begun == [True]
