"""The library: 25 exercises and 10 practices, one file each, and a clinic's own beside them.

``exercises/<slug>.toml`` moves or loads the body; ``practices/<slug>.toml`` is rest, breath,
attention or writing. The safety check's bans name the codes, and plans and records hold the slugs.
"""

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from psoas.content.exercise import Exercise
from psoas.content.overlay import names_in
from psoas.content.reader import ContentError, brought_toml, read_toml, record_of

# The folder says what kind of thing its files are.
FOLDERS: Final = {"exercises": "exercise", "practices": "practice"}

if TYPE_CHECKING:
    EXERCISES: tuple[Exercise, ...]


def __getattr__(name: str) -> Any:
    # Nearly every page is loaded without one exercise being shown.
    if name == "EXERCISES":
        return exercises()
    raise AttributeError(name)


@cache
def exercises() -> tuple[Exercise, ...]:
    """Return every exercise and practice by its code.

    Raises:
        ContentError: a file is not as it must be, or two have one code; says which and what to do.
    """
    found: dict[str, tuple[str, Exercise]] = {}
    for name in _names().values():
        each = read(name)
        twin = found.get(each.code)
        if twin is not None:
            problem = f"is {each.code}, as in {twin[0]}"
            raise ContentError(name, "", "code", problem, "Give each file a code of its own")
        found[each.code] = name, each
    return tuple(each for _name, each in sorted(found.values(), key=lambda one: one[1].code))


def exercise(name: str) -> Exercise:
    """Return the exercise or practice with this slug or this code.

    Raises:
        KeyError: there is none.
        ContentError: its file is not as it must be.
    """
    if name in _names():
        return read(_names()[name])
    return _by_code()[name]


def file_of(slug: str) -> str:
    """Return the name of the file an exercise is read from.

    Raises:
        KeyError: there is none.
    """
    return _names()[slug]


def as_brought(name: str) -> Exercise:
    """Return what a file that travels with psoas describes, whatever the clinic has instead.

    Raises:
        ContentError: psoas brings no such file.
    """
    return from_document(brought_toml(name), name)


def groups() -> tuple[str, ...]:
    """Return what exercises count as in a routine, in the order of their codes."""
    return tuple(dict.fromkeys(each.group for each in exercises()))


@cache
def _names() -> dict[str, str]:
    """Return the name of each file by its slug."""
    found: dict[str, str] = {}
    for name in (name for folder in FOLDERS for name in names_in(folder)):
        slug = name.rpartition("/")[2].removesuffix(".toml")
        if slug in found:
            problem = f"{found[slug]} is called the same"
            raise ContentError(name, "", "", problem, "Give the file and its slug another name")
        found[slug] = name
    return found


@cache
def _by_code() -> dict[str, Exercise]:
    return {each.code: each for each in exercises()}


@cache
def read(name: str) -> Exercise:
    """Return what one file describes.

    Args:
        name: such as ``"exercises/bridge.toml"``.

    Raises:
        ContentError: a key is unknown, missing or of the wrong kind, an angle is impossible, or
            the slug is not what the file is called.
    """
    return from_document(read_toml(name), name)


def from_document(document: dict[str, Any], name: str) -> Exercise:
    """Do the work of `read` on a document that is already read (``name`` is for errors).

    Raises:
        ContentError: as `read`.
    """
    folder, _slash, file = name.rpartition("/")
    if "kind" in document:
        problem = "is not a known key"
        raise ContentError(name, "", "kind", problem, f"The folder {folder} says it; take it out")
    found = record_of({**document, "kind": FOLDERS[folder]}, name, Exercise)
    slug = file.removesuffix(".toml")
    if found.slug != slug:
        problem = f"is “{found.slug}”"
        raise ContentError(name, "", "slug", problem, f"Write “{slug}”, as the file is called")
    return found
