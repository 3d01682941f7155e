"""Where compiled arithmetic is kept, so that it is compiled once and not at every start."""

import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Any, TypeVar, cast

import numba

_HERE = Path(__file__).parent
_NAME = "psoas-arithmetic-"
_STAMP = "prepared"
# The files that hold compiled functions; a test holds this list to the code.
_COMPILED = (
    "compiled",
    "kernel",
    "unshrinking",
    "exact",
    "gathering",
    "carrying",
    "fast",
    "likely_twins",
)

F = TypeVar("F", bound=Callable[..., Any])


def _digest() -> str:
    # numba notices a changed file, but not that a file it calls into has changed: one folder for
    # every state of all of them.
    sources = b"".join((_HERE / f"{name}.py").read_bytes() for name in _COMPILED)
    return sha256(sources + numba.__version__.encode()).hexdigest()[:16]


def _parents() -> Iterator[Path]:
    """Where it may be kept: as told, beside the code, in the user's cache, aside."""
    told = os.environ.get("NUMBA_CACHE_DIR")
    if told:
        yield Path(told)
    yield _HERE / "__pycache__"
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    yield Path(home)


def _folder() -> Path:
    """Return the first folder that can be written to; numba will use no other."""
    name = _NAME + _digest()
    for parent in _parents():
        folder = parent / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    # Nobody else can have put anything into a folder of this process alone.
    return Path(tempfile.mkdtemp(prefix=_NAME))


FOLDER = _folder()
setattr(numba.config, "CACHE_DIR", str(FOLDER))  # noqa: B010  numba does not declare it

# Sums may be reordered, so that they run several at a time; NaN keeps its meaning.
_compile = partial(
    numba.njit, cache=True, nogil=True, fastmath={"reassoc", "contract", "arcp", "nsz"}
)


def compiled(function: F) -> F:
    """Compile a function of arrays and numbers, keeping the result on disk."""
    return cast(F, _compile(function))


def is_prepared() -> bool:
    """Return whether this version's compiled code lies on disk."""
    return (FOLDER / _STAMP).exists()


def note_prepared() -> None:
    """Note that everything lies on disk, and drop what earlier versions left beside it."""
    if is_prepared():
        return
    (FOLDER / _STAMP).touch()
    for other in FOLDER.parent.glob(_NAME + "*"):
        if other != FOLDER:
            rmtree(other, ignore_errors=True)
