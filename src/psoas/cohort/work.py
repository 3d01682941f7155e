"""One stretch of a table from rows to a finished part: what each worker does, on any machine."""

import errno
import os
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from psoas.cohort.faults import examine
from psoas.cohort.keeping import Folder
from psoas.cohort.people import People, gather
from psoas.cohort.refusal import CohortRefused
from psoas.cohort.source import Reader, Source, unreadable, was_changed
from psoas.content.language import gettext as _


@dataclass(frozen=True)
class Job:
    """What a worker is given: small, and with everything it takes.

    Attributes:
        number: Of the part.
        source: The table.
        folder: Where parts are kept.
        first: First row; None where the rows were moved to a piece of this number.
        last: Row after the last one.
        people: How many persons begin in it.
        room: Bytes that the whole of the work takes where the parts are kept.
    """

    number: int
    source: Source
    folder: Path
    first: int | None
    last: int
    people: int
    room: int


@dataclass(frozen=True)
class Done:
    """A finished part: its number, how many persons it began with, how many were left out."""

    number: int
    people: int
    left_out: int


_FULL = (errno.ENOSPC, errno.EDQUOT)
# A worker keeps the table open: the next stretch often begins where the last one ended. Workers
# of a cluster may be threads of one process.
_kept = threading.local()


def do(job: Job) -> Done:
    """Answer for one stretch and keep the part; a part that is there already is left as it is.

    Raises:
        CohortRefused: The table was changed or is damaged, or there is no room.
    """
    folder = Folder(job.folder)
    if folder.finished(job.number):
        return Done(job.number, job.people, len(folder.faults_of(job.number)))
    # Compiled arithmetic takes its time to load; whoever only hands out work does without.
    from psoas.cohort.answering import answer, schema_of

    columns = job.source.columns
    people = _people(job, folder)
    fine, faults = examine(people, columns.triggers)
    answers = answer(people.only(fine), columns.triggers, columns.person)
    try:
        folder.keep(job.number, schema_of(columns.person), answers, faults)
    except OSError as error:
        raise no_room(folder.path, error, job.room) from None
    return Done(job.number, job.people, len(faults))


def _people(job: Job, folder: Folder) -> People:
    triggers = job.source.columns.triggers
    try:
        if job.first is not None:
            batches = _reader(job.source).read(job.first, job.last)
            return gather(batches, triggers, job.last - job.first, job.first)
        with pa.memory_map(str(folder.piece(job.number))) as file:
            return gather(pa.ipc.open_stream(file), triggers, job.last, None)
    except pa.ArrowException as error:
        # Such as a time zone that this machine does not know.
        raise unreadable(job.source.path, error) from None


def _reader(source: Source) -> Reader:
    if source.changed():
        raise was_changed(source.path)
    reader: Reader | None = getattr(_kept, "reader", None)
    if reader is None or reader.source != source:
        reader = _kept.reader = Reader(source, source.columns.read)
    return reader


def no_room(path: Path, error: OSError, needed: int) -> CohortRefused:
    """Return the refusal for a file that cannot be written.

    Args:
        path: The file, or the folder it was to be in.
        error: Why.
        needed: Bytes that the whole of the work takes.
    """
    if error.errno in _FULL:
        return CohortRefused(
            _(
                "There is no room left for {path}. All of it takes about {needed}; {free} are "
                "free. Make room and run it again."
            ).format(path=path, needed=size(needed), free=size(free_at(path)))
        )
    reason = error.strerror or (os.strerror(error.errno) if error.errno else str(error))
    return CohortRefused(_("{path} cannot be written: {reason}.").format(path=path, reason=reason))


def free_at(path: Path) -> int:
    """Return the bytes that are free where a file is, or is to be."""
    return shutil.disk_usage(path if path.is_dir() else path.parent).free


def size(count: int) -> str:
    """Return a number of bytes as it is said.

    Example:
        >>> size(3_200), size(2_345_678), size(12_000_000_000)
        ('3 KB', '2 MB', '12.0 GB')
    """
    if count < 1_000_000:
        return _("{n} KB").format(n=round(count / 1e3))
    if count < 1_000_000_000:
        return _("{n} MB").format(n=round(count / 1e6))
    return _("{n} GB").format(n=f"{count / 1e9:.1f}")


def prepare() -> None:
    """Load, and where it must be compile, the arithmetic."""
    import numpy as np

    from psoas.diary.answers.many import any_day_many

    days = 40
    values = (np.arange(2 * days) % 3 == 0).astype(np.float32).reshape(days, 2)
    pain = (np.arange(days) % 5).astype(np.float32)
    starts = np.array([0, days], np.int64)
    any_day_many(np.arange(days, dtype=np.int32), pain, values, starts, ("a", "b"))
