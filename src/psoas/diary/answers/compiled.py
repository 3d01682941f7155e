"""Where compiled arithmetic is kept, so that it is compiled once and not at every start."""

import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

# numba looks for a folder it may write to when a kernel is first defined, and refuses to go on
# without one. A read-only site folder and no home is a supported way to run psoas.
_HERE = Path(__file__).parent
KEPT_IN = "NUMBA_CACHE_DIR"

F = TypeVar("F", bound=Callable[..., Any])


def _choose_folder() -> None:
    if os.environ.get(KEPT_IN):
        return
    for folder in (_HERE / "__pycache__", Path(os.environ.get("XDG_CACHE_HOME", "~/.cache"))):
        if _writable(folder.expanduser()):
            return
    own = Path(tempfile.gettempdir()) / f"psoas-arithmetic-{os.getuid()}"
    own.mkdir(mode=0o700, exist_ok=True)
    # Only a folder of our own: another's compiled code would run with our rights.
    if own.stat().st_uid == os.getuid() and not own.is_symlink():
        os.environ[KEPT_IN] = str(own)


def _writable(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK)


_choose_folder()

import numba  # noqa: E402

# Sums may be reordered, so that they run several at a time; NaN keeps its meaning.
_compile = partial(
    numba.njit, cache=True, nogil=True, fastmath={"reassoc", "contract", "arcp", "nsz"}
)


def compiled(function: F) -> F:
    """Compile a function of arrays and numbers, keeping the result on disk."""
    return cast(F, _compile(function))
