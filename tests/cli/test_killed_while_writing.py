"""Killed in the middle of writing: what was acknowledged is there, opens, and nothing is torn."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.slow

# Writes, changes and deletes as fast as it can, and says so after each acknowledgement only.
WRITE = """
from datetime import UTC, datetime
from uuid import uuid4
from psoas.cli import environment, prepare
prepare.open_installation(environment.read())
from psoas.care.journal import writing
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
viewer = Viewer(Person.objects.get())
print("ready", flush=True)
n = 0
while True:
    n += 1
    now = datetime.now(UTC)
    entry = writing.write_entry(
        viewer, {"pain": 7.2512463, "words": "zelkovagrove " * 70},
        entry_id=uuid4(), kind="day", now=now
    ).id
    print("written", entry, flush=True)
    if n % 3 == 0:
        writing.change_entry(viewer, entry, {"pain": 3.5}, revision=1, now=now)
        print("changed", entry, flush=True)
    if n % 5 == 0:
        writing.delete_entry(viewer, entry, now=now)
        print("deleted", entry, flush=True)
"""
READ = """
from psoas.cli import environment, prepare
prepare.open_installation(environment.read())
from psoas.care.journal.models import Entry
from psoas.care.journal.sealing import journal_sealer, open_rows
from psoas.care.people import trail
from psoas.care.people.models import Person
sealer = journal_sealer(Person.objects.get())
deleted = set(Entry.objects.exclude(deleted_at=None).values_list("pk", flat=True))
for entry in open_rows(sealer, Entry.objects.all()):
    print(entry.id, entry.revision, entry.document["pain"], entry.id in deleted)
assert not list(trail.faults()), list(trail.faults())
"""
ROUNDS = 6


def write_until_killed(real, acknowledgements, delay):
    """Return the acknowledgements a writer got out before it was killed."""
    child = subprocess.Popen(
        [sys.executable, "-c", WRITE], env=real.environment, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    lines = [child.stdout.readline() for _n in range(acknowledgements)]
    time.sleep(delay)
    os.kill(child.pid, signal.SIGKILL)
    said = "".join(lines) + child.communicate()[0]
    # A line cut off by the kill is no acknowledgement.
    return [line.split() for line in said.split("\n")[:-1]]


def test_every_acknowledged_entry_outlives_every_kill(real):
    chance = random.Random(20260414)
    acknowledged = []
    for _round in range(ROUNDS):
        acknowledged += write_until_killed(real, chance.randint(20, 40), chance.uniform(0, 0.02))
    # What the kills left lying, the write-ahead log above all, shows no word either.
    left = {path.name: path.read_bytes() for path in real.data.glob("psoas.sqlite3*")}
    assert set(left) == {"psoas.sqlite3", "psoas.sqlite3-wal", "psoas.sqlite3-shm"}
    assert not any(b"zelkova" in data or b"7.2512463" in data for data in left.values())
    read = real.python(READ)
    assert read.returncode == 0, read.stderr
    there = {}
    for line in read.stdout.splitlines():
        entry, revision, pain, deleted = line.split()
        there[entry] = (int(revision), float(pain), deleted == "True")
    written = [entry for act, entry in acknowledged if act == "written"]
    changed = {entry for act, entry in acknowledged if act == "changed"}
    deleted = {entry for act, entry in acknowledged if act == "deleted"}
    assert len(written) > 10 * ROUNDS
    assert len(changed) > ROUNDS
    assert set(written) <= set(there)
    # At most one more a round: written, and killed before it could be said.
    assert len(there) <= len(written) + ROUNDS
    assert all(there[entry][:2] == (2, 3.5) for entry in changed)
    assert all(there[entry][2] for entry in deleted)
    standing = [there[entry] for entry in written if entry not in deleted | changed]
    assert {pain for revision, pain, _deleted in standing if revision == 1} == {7.2512463}
    assert real.sql("PRAGMA integrity_check") == [("ok",)]
    assert real.run("doctor").returncode == 0
