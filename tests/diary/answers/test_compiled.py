"""Compiled arithmetic is kept where psoas may write, and works where it may write nowhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psoas
from psoas.diary.answers import compiled

SOURCE = Path(psoas.__path__[0])
ASK = "from psoas.diary.answers import compiled, kernel; {0}; print(compiled.FOLDER)"


def ask(site, **environment):
    """Use a copy of psoas in a new process and return where it keeps what it compiled."""
    answer = subprocess.run(
        [sys.executable, "-c", ASK.format("assert kernel.padded(49, 8) == 56")],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(site), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(answer.stdout.strip())


def copied(folder):
    (folder / "psoas").mkdir(parents=True)
    (folder / "psoas/__init__.py").touch()
    for floor in ("content", "diary"):
        shutil.copytree(
            SOURCE / floor,
            folder / "psoas" / floor,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    return folder


def test_every_file_with_compiled_functions_counts_for_the_folders_name():
    here = Path(compiled.__file__).parent
    using = {path.stem for path in here.glob("*.py") if "@compiled" in path.read_text()}

    assert using | {"compiled"} == set(compiled._COMPILED)


def test_it_is_kept_beside_the_code_where_that_can_be_written(tmp_path):
    site = copied(tmp_path / "site")

    assert ask(site, HOME=str(tmp_path)).is_relative_to(site)


def test_a_site_folder_that_cannot_be_written_leaves_it_in_the_users_cache(tmp_path):
    site = copied(tmp_path / "site")
    # A file in the folder's place: nobody, not even root, can write into it.
    (site / "psoas/diary/answers/__pycache__").write_text("")
    kept = ask(site, HOME=str(tmp_path), PYTHONDONTWRITEBYTECODE="1")

    assert kept.is_relative_to(tmp_path / ".cache")
    assert list(kept.rglob("*.nbi"))


def test_where_nothing_can_be_written_it_still_runs(tmp_path):
    site = copied(tmp_path / "site")
    (site / "psoas/diary/answers/__pycache__").write_text("")
    (tmp_path / "taken").write_text("")
    kept = ask(
        site, HOME=str(tmp_path / "taken"), TMPDIR=str(tmp_path), PYTHONDONTWRITEBYTECODE="1"
    )

    assert kept.parent == tmp_path
