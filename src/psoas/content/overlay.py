"""Where a content file is found: in the clinic's own folder first, else in psoas itself.

``PSOAS_CONTENT`` names that folder. A file in it stands in for the one of the same name, whole; in
a folder of which each file is one thing, a new file adds a thing. What psoas would not read there
is refused: a misspelt name would else leave the file of psoas in force, and nobody would know.
"""

import os
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

SETTING = "PSOAS_CONTENT"
# Each file in these is one thing, so that a new one adds to what psoas brings. The words of the
# restricted questionnaires never travel with psoas: a clinic that may use them brings its own.
GROWING = ("questionnaires", "questionnaires/texts", "exercises", "practices", "programmes")
_NEW = re.compile(rf"({'|'.join(GROWING)})/[a-z0-9][a-z0-9-]*\.toml")


class ContentError(Exception):
    """A content file cannot be used: says which file, entry and key, and what to do.

    Attributes:
        others: Further problems of the same file, where they could be told as well.
    """

    def __init__(self, file: str, entry: str, key: str, problem: str, remedy: str) -> None:
        """Compose the sentence; ``entry`` and ``key`` may be empty when the file itself is bad."""
        self.file, self.entry, self.key = file, entry, key
        self.problem, self.remedy = problem, remedy
        self.others: tuple[ContentError, ...] = ()
        where = ", ".join(part for part in (_shown(file), entry, key and f"key “{key}”") if part)
        super().__init__(f"{where}: {problem}. {remedy}.")


def chosen(values: Mapping[str, str] = os.environ) -> Path | None:
    """Return the clinic's own folder, or nothing where none is named."""
    text = values.get(SETTING, "").strip()
    return Path(os.path.expanduser(text)).absolute() if text else None


def content_of(name: str) -> bytes:
    """Return what is in a content file.

    Args:
        name: path below ``psoas/content``, such as ``"triggers.toml"``.

    Raises:
        ContentError: there is no such file, it cannot be read, or the clinic's own folder is not
            there or holds what psoas does not know.
    """
    own = own_files().get(name)
    if own is None:
        return brought(name)
    try:
        return own.read_bytes()
    except OSError as problem:
        raise _unreadable(name, problem) from problem


def brought(name: str) -> bytes:
    """Return what is in a content file as it travels with psoas, whatever the clinic has.

    Raises:
        ContentError: there is no such file.
    """
    try:
        return files("psoas.content").joinpath(name).read_bytes()
    except OSError as problem:
        raise ContentError(
            name, "", "", "the file is missing", "Install psoas again, or put the file back"
        ) from problem


def names_in(folder: str) -> tuple[str, ...]:
    """Return the names of all files of a folder whose files are one thing each, in order.

    Args:
        folder: one of ``GROWING``.

    Returns:
        Names as `content_of` takes them, those of psoas and the clinic's own together.

    Raises:
        ContentError: the clinic's own folder cannot be used.
    """
    return tuple(
        sorted(name for name in {*names_of_psoas(), *own_files()} if name.startswith(f"{folder}/"))
    )


def own_files() -> dict[str, Path]:
    """Return the clinic's own files by name; empty where no folder is named.

    Raises:
        ContentError: the folder is not there, cannot be read, or holds a file that psoas would
            never read.
    """
    folder = chosen()
    if folder is None:
        return {}
    if not folder.is_dir():
        raise ContentError(
            str(folder), "", "", "there is no such folder", f"Correct {SETTING} or make the folder"
        )
    try:
        found = dict(_listed(folder))
    except OSError as problem:
        raise _unreadable(str(folder), problem) from problem
    known = names_of_psoas()
    for name in found:
        if name not in known and not _NEW.fullmatch(name):
            raise _unknown(name, known)
    return found


def _listed(folder: Path, before: str = "") -> Iterator[tuple[str, Path]]:
    """Walk the folder and those in it that psoas knows."""
    inner = {name.rpartition("/")[0] for name in names_of_psoas()} | set(GROWING)
    for path in sorted(folder.iterdir()):
        # What editors and version control put there is no content.
        if path.name.startswith("."):
            continue
        name = before + path.name
        if name in inner and path.is_dir():
            yield from _listed(path, f"{name}/")
        else:
            yield name, path


def names_of_psoas() -> frozenset[str]:
    """Return the name of every content file that travels with psoas."""
    return frozenset(_below(files("psoas.content")))


def _below(folder: Traversable, before: str = "") -> Iterator[str]:
    for each in folder.iterdir():
        if each.name.endswith(".toml"):
            yield before + each.name
        elif each.is_dir() and not each.name.startswith(("_", ".")):
            yield from _below(each, f"{before}{each.name}/")


def _unknown(name: str, known: frozenset[str]) -> ContentError:
    near = get_close_matches(name, known, n=1)
    single = sorted(each for each in known if not each.startswith(tuple(f"{g}/" for g in GROWING)))
    names = ", ".join([*single, *(f"{folder}/NAME.toml" for folder in GROWING)])
    return ContentError(
        name,
        "",
        "",
        "psoas knows no content file of this name",
        f"Call it {near[0]}, or take it out" if near else f"Take it out, or use one of {names}",
    )


def _unreadable(name: str, problem: OSError) -> ContentError:
    return ContentError(
        name,
        "",
        "",
        f"it cannot be read ({problem.strerror})",
        "Let the account that runs psoas read it, or take it out",
    )


def _shown(file: str) -> str:
    """Show the whole path of a clinic's own file: there is another of the same name."""
    folder = chosen()
    return str(folder / file) if folder is not None and (folder / file).exists() else file
