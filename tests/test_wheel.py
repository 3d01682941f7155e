"""The built wheel alone, away from this checkout: everything it needs travels in it."""

import os
import site
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.served import Browser, serving
from tests.cli.test_serve import stylesheet
from tests.cohort.tables import people, write

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[1]
# Files that are no Python, each of a kind that pages or verbs cannot do without.
TRAVELS = {"toml", "html", "css", "mjs", "svg", "png", "js"}
NEVER = ("tests/", "benchmarks/", ".key", ".sqlite3", "__pycache__", "/var/")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder that holds psoas from the wheel, read-only, with today's libraries behind it."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True
    )
    packages = next((folder / "venv" / "lib").glob("python3*")) / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # The libraries only: the editable install's own .pth in there is not read from here.
    (packages / "libraries.pth").write_text("\n".join(site.getsitepackages()))
    folders = [packages / "psoas", *(path for path in packages.rglob("*") if path.is_dir())]
    for path in packages.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
    for path in {packages, *folders}:
        path.chmod(0o555)
    yield folder / "venv" / "bin" / "python"
    for path in {packages, *folders}:
        path.chmod(0o755)


@pytest.fixture
def environment(tmp_path):
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PSOAS_HOME": str(tmp_path / "home"),
        "PSOAS_DEMO": "1",
        "PSOAS_WORKERS": "1",
        "PYTHONWARNINGS": "error",
    }


@pytest.fixture
def psoas(installed, environment, tmp_path):
    def run(*words):
        command = [str(installed), "-m", "psoas", *map(str, words)]
        return subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120
        )

    return run


def test_every_file_of_the_package_travels(wheel):
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "src/psoas"], cwd=ROOT, capture_output=True, text=True
    )
    if tracked.returncode:
        pytest.skip("this is no git checkout, so what should travel is not known")
    there = {name for name in tracked.stdout.split() if (ROOT / name).exists()}
    assert {name.removeprefix("src/") for name in there} <= packed
    assert {name.rpartition(".")[2] for name in packed} >= TRAVELS
    assert {name for name in packed if any(part in name for part in NEVER)} == set()
    assert any("migrations/0001_initial.py" in name for name in packed)


def test_the_wheel_names_its_command_and_its_licence(wheel):
    with zipfile.ZipFile(wheel) as archive:
        texts = {
            name: archive.read(name).decode() for name in archive.namelist() if "dist-info" in name
        }
    assert any("psoas = psoas.cli.main:main" in text for text in texts.values())
    assert any(name.endswith("licenses/LICENSE") for name in texts)


def test_psoas_comes_from_the_wheel_and_not_from_this_checkout(installed, environment, tmp_path):
    words = [str(installed), "-c", "import psoas; print(psoas.__file__)"]
    answer = subprocess.run(words, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert answer.stdout.startswith(str(installed.parents[1])), answer.stdout + answer.stderr
    file = Path(answer.stdout.strip())
    assert not file.stat().st_mode & stat.S_IWUSR


def test_a_diary_is_read(psoas, tmp_path):
    rows = [f"2026-03-{day:02},{day % 7},{day % 2}" for day in range(1, 29)]
    (tmp_path / "diary.csv").write_text("day,pain,conflict\n" + "\n".join(rows) + "\n")
    answer = psoas("diary", "diary.csv", "--html", "out.html", "--json")
    assert answer.returncode == 0, answer.stderr
    assert '"recorded": 28' in answer.stdout
    page = (tmp_path / "out.html").read_text()
    assert "<svg" in page
    assert "--pain-" in page


def test_many_people_are_answered(psoas, tmp_path):
    rows = people(5, days=60)
    write(tmp_path / "days.parquet", rows)
    answer = psoas("cohort", "days.parquet", "--out", "answers.parquet", "--workers", "2")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == "5 people answered: 30 rows in answers.parquet.\n"


def test_served_looked_at_backed_up_and_restored(psoas, installed, environment, tmp_path):
    before = everything_in(installed)
    with serving(environment, tmp_path, words=(str(installed), "-m", "psoas")) as server:
        browser = Browser(server)
        assert browser.get("/healthz") == (200, "ok\n")
        status, page = browser.get("/in/")
        assert status == 200
        status, css = browser.get(stylesheet(page))
        assert (status, "@layer" in css) == (200, True)
        enter = server.links("enter")[0]
        browser.send(enter)
        status, page = browser.get("/weeks/")
        assert (status, "<svg" in page) == (200, True)
        assert server.stop()[0] == 0
        assert "Traceback" not in server.err.read_text()
    answer = psoas("doctor")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    answer = psoas("backup")
    assert answer.returncode == 0, answer.stderr
    (file,) = (tmp_path / "home" / "demo" / "data" / "backups").iterdir()
    answer = psoas("restore", file)
    assert answer.returncode == 0, answer.stderr
    assert psoas("doctor").returncode == 0
    # An administrator of the machine may write there all the same; psoas does not.
    assert everything_in(installed) == before


def everything_in(installed):
    files = installed.parents[1].rglob("*")
    return {
        path: path.stat().st_mtime for path in files if path.suffix != ".pyc" and path.is_file()
    }
