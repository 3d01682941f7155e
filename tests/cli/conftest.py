"""An installation in a folder of its own, and psoas as a process of its own beside it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "LANG", "TMPDIR", "VIRTUAL_ENV")
MAKE = """
import sys
from datetime import UTC, datetime
from psoas.cli import environment, prepare
env = environment.read()
now = datetime.now(UTC)
prepare.make_installation(env, now)
if env.demo:
    from psoas.care.experiment import demonstration
    demonstration.load(now)
else:
    from psoas.care.people import joining, links
    arrival = joining.Arrival("Ana", "ana@example.org", "a long walk by the sea", "UTC")
    joining.set_up(links.make("setup", now=now), arrival, now=now, is_demo=False)
"""


@dataclass
class Psoas:
    """psoas over one home folder, as somebody at a terminal meets it."""

    home: Path
    demo: bool = False
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def place(self) -> Path:
        return self.home / ("demo" if self.demo else "real")

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def keys(self) -> Path:
        return self.place / "keys"

    @property
    def database(self) -> Path:
        return self.data / "psoas.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        own = {
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONWARNINGS": "error",
            "HOME": str(self.home / "nobody"),
            "PSOAS_HOME": str(self.home),
            "PSOAS_DEMO": "1" if self.demo else "0",
            "PSOAS_WORKERS": "1",
        }
        return {**kept, **own, **self.settings}

    def run(self, *words, **settings):
        return self._run([sys.executable, "-m", "psoas", *map(str, words)], settings)

    def python(self, code, *words, **settings):
        return self._run([sys.executable, "-c", code, *map(str, words)], settings)

    def sql(self, query, *values):
        connection = sqlite3.connect(self.database)
        try:
            rows = connection.execute(query, values).fetchall()
            connection.commit()
            return rows
        finally:
            connection.close()

    def files(self):
        """Every file and what is in it, to see that nothing was made or changed."""
        return {
            str(path.relative_to(self.home)): path.read_bytes()
            for path in self.home.rglob("*")
            if path.is_file()
        }

    def _run(self, command, settings):
        return subprocess.run(
            command,
            env={**self.environment, **settings},
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=300,
        )


def make(home: Path, *, demo: bool) -> Psoas:
    home.mkdir()
    psoas = Psoas(home, demo=demo)
    made = psoas.python(MAKE)
    assert made.returncode == 0, made.stderr
    return psoas


def copied(original: Psoas, home: Path) -> Psoas:
    shutil.copytree(original.home, home)
    return Psoas(home, demo=original.demo)


def overwrite_a_page_of_entries(psoas: Psoas) -> None:
    """Damage that lets the database open, and shows only where entries are read."""
    data = bytearray(psoas.database.read_bytes())
    ((sealed,),) = psoas.sql("SELECT sealed FROM journal_entry ORDER BY rowid LIMIT 1 OFFSET 99")
    page = data.index(sealed) // 4096 * 4096
    data[page : page + 4096] = b"\xa5" * 4096
    psoas.database.write_bytes(data)


@pytest.fixture(scope="session")
def _real(tmp_path_factory):
    return make(tmp_path_factory.mktemp("cli") / "real", demo=False)


@pytest.fixture(scope="session")
def _demo(tmp_path_factory):
    return make(tmp_path_factory.mktemp("cli") / "demo", demo=True)


@pytest.fixture
def real(_real, tmp_path):
    """A real installation with one person in it, this test's own."""
    return copied(_real, tmp_path / "home")


@pytest.fixture
def demo(_demo, tmp_path):
    """The demonstration, this test's own."""
    return copied(_demo, tmp_path / "home")


@pytest.fixture
def nothing(tmp_path):
    """A folder in which psoas was never started."""
    (tmp_path / "home").mkdir()
    return Psoas(tmp_path / "home")
