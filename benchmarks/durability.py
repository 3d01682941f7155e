"""How often the disk is asked to keep what was acknowledged: fdatasync calls per 100 entries.

A ``kill -9`` cannot tell SQLite's FULL from its NORMAL, as the kernel keeps what it was given;
a power cut can. So the calls are counted, under both.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from benchmarks import installation, table

COMMITS = 100
LEVELS = ("FULL", "NORMAL")


def main() -> None:
    strace = shutil.which("strace")
    if strace is None:
        print("durability: strace is not installed, so nothing was counted (apt install strace).")
        return
    rows = []
    for level in LEVELS:
        counted = _counted(strace, level)
        asked = f">= {COMMITS}" if level == "FULL" else "for comparison"
        rows.append((f"fdatasync per {COMMITS} entries, {level}", str(counted), asked))
    table.show("Durability", ("what", "measured", "asked"), rows)


def _counted(strace: str, level: str) -> int:
    """Write the entries in a traced process of its own; count between its two marks."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "calls"
        subprocess.run(
            [strace, "-f", "-e", "trace=fdatasync,fsync,write", "-s", "40", "-o", str(log)]
            + [sys.executable, "-m", "benchmarks.durability", level],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        between = log.read_text().split("entries begin")[1].split("entries end")[0]
    return len(re.findall(r"\bf(?:data)?sync\(", between))


def _write(level: str) -> None:
    installation.make()
    from django.db import connection

    from psoas.care.journal import writing
    from psoas.care.people import joining, links
    from psoas.care.people.access import Viewer

    now = datetime.now(UTC)
    arrival = joining.Arrival("Ana", "ana@example.org", "a long walk by the sea", "UTC")
    person = joining.set_up(links.make("setup", now=now), arrival, now=now, is_demo=False)
    if level == "NORMAL":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")
    os.write(1, b"entries begin\n")
    for _n in range(COMMITS):
        writing.write_entry(Viewer(person), {"pain": 4}, entry_id=uuid4(), kind="day", now=now)
    os.write(1, b"entries end\n")


if __name__ == "__main__":
    if sys.argv[1:]:
        _write(sys.argv[1])
    else:
        main()
