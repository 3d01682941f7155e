"""The erasure ledger: which data keys were destroyed, so that no backup brings them back.

It lies beside the keys, not in the database: a restored database knows nothing of it. Erasing
writes twice: *asked* before the database lets go of the key, *gone* after it has. Only what is
gone is destroyed again after a restore; an erasure that was rolled back never is.
"""

import os
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

_NAME = "erased.ledger"
_ASKED, _GONE, _KEPT = "asked", "gone", "kept"


def intend(folder: Path, key: UUID, now: datetime) -> None:
    _append(folder, key, now, _ASKED)


def confirm(folder: Path, key: UUID, now: datetime) -> None:
    _append(folder, key, now, _GONE)


def confirmed(folder: Path) -> set[UUID]:
    """The keys that were destroyed."""
    return {key for key, state in _lines(folder) if state == _GONE}


def unsettled(folder: Path) -> set[UUID]:
    """The keys whose erasure began and was not seen to end: rolled back, or cut off by a crash."""
    last = dict(_lines(folder))
    return {key for key, state in last.items() if state == _ASKED}


def settle(folder: Path, there: Collection[UUID], now: datetime) -> None:
    """Finish what a crash left open: a key that is still there was kept, any other is gone."""
    for key in sorted(unsettled(folder)):
        _append(folder, key, now, _KEPT if key in there else _GONE)


def _append(folder: Path, key: UUID, now: datetime, state: str) -> None:
    # A line break before as well as after: a line torn by a power cut spoils no other.
    line = f"\n{key.hex} {now.date().isoformat()} {state}\n"
    handle = os.open(folder / _NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line.encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)


def _lines(folder: Path) -> Iterator[tuple[UUID, str]]:
    ledger = folder / _NAME
    if not ledger.exists():
        return
    for line in ledger.read_text(encoding="ascii", errors="replace").splitlines():
        key, _space, rest = line.partition(" ")
        state = rest.partition(" ")[2]
        if len(key) == 32 and state in {_ASKED, _GONE, _KEPT}:
            yield UUID(key), state
