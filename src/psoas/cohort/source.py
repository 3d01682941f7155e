"""The table that is read: opened, checked and known again."""

import os
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from psoas.cohort.columns import DAY, PERSON, Columns, columns_of, is_text
from psoas.cohort.refusal import CohortRefused
from psoas.content.language import gettext as _

# Rows decoded at once: a column of them stays in the processor's cache.
_AT_ONCE = 1 << 15
# Bytes of each column that are in memory at once, however large a row group is.
_BUFFER = 1 << 19


@dataclass(frozen=True)
class Source:
    """A table that can be read.

    Attributes:
        path: Where it is.
        columns: Its columns.
        rows: How many rows it has.
        fingerprint: What must be the same for it to count as the same table.
    """

    path: Path
    columns: Columns
    rows: int
    fingerprint: dict[str, object]

    def changed(self) -> bool:
        """Return whether another file is there than the one that was opened."""
        try:
            there = self.path.stat()
        except FileNotFoundError:
            # Taken away whole: what is open can still be read.
            return False
        return [there.st_size, there.st_mtime_ns] != [
            self.fingerprint["size"],
            self.fingerprint["changed"],
        ]


def open_source(path: Path) -> Source:
    """Open a Parquet file and check that it can be answered.

    Raises:
        CohortRefused: With one sentence.
    """
    if path.is_dir():
        raise CohortRefused(_("{path} is a folder. Name one Parquet file.").format(path=path))
    file = _opened(path)
    columns = columns_of(file.schema_arrow, path.name)
    if file.metadata.num_rows == 0:
        raise CohortRefused(_("{path} has no rows.").format(path=path))
    return Source(path, columns, file.metadata.num_rows, stamp(path, file.schema_arrow))


def stamp(path: Path, schema: pa.Schema) -> dict[str, object]:
    """Return what a file is known again by: a changed table has another size, time or column."""
    there = path.stat()
    return {
        "size": there.st_size,
        "changed": there.st_mtime_ns,
        "columns": [f"{field.name} {field.type}" for field in schema],
    }


def _opened(path: Path) -> pq.ParquetFile:
    try:
        with path.open("rb") as file:
            marks = file.read(4)
            file.seek(-min(4, os.fstat(file.fileno()).st_size), os.SEEK_END)
            ends = file.read(4)
        if marks != b"PAR1" or ends != b"PAR1":
            raise CohortRefused(
                _("{path} is not a Parquet file, or only a part of one.").format(path=path)
            )
        schema = pq.read_schema(path)
        return pq.ParquetFile(
            path,
            # Text comes as codes: each person's name and each day is looked at once.
            read_dictionary=[
                name
                for name in (PERSON, DAY)
                if name in schema.names and is_text(schema.field(name).type)
            ],
            buffer_size=_BUFFER,
            pre_buffer=False,
        )
    except FileNotFoundError:
        raise CohortRefused(_("{path}: there is no such file.").format(path=path)) from None
    except PermissionError:
        raise CohortRefused(_("{path}: you may not read this file.").format(path=path)) from None
    except (OSError, pa.ArrowException) as error:
        raise damaged(path, error) from None


def damaged(path: Path, error: Exception) -> CohortRefused:
    """Return the refusal for a file whose bytes make no sense."""
    if getattr(error, "errno", None) or isinstance(error, pa.ArrowNotImplementedError):
        return unreadable(path, error)
    return CohortRefused(
        _("{path} is damaged or was cut short. Copy or write it again.").format(path=path)
    )


def was_changed(path: Path) -> CohortRefused:
    """Return the refusal for a file that is not the one that was opened."""
    return CohortRefused(_("{path} was changed while it was read. Run it again.").format(path=path))


def unreadable(path: Path, error: Exception) -> CohortRefused:
    """Return the refusal for a file that its own library cannot read."""
    reason = (getattr(error, "strerror", None) or str(error)).strip().splitlines()
    return CohortRefused(
        _("{path} cannot be read: {reason}").format(path=path, reason=reason[0] if reason else "?")
    )


class Reader:
    """Reads stretches of rows, going on where the last one ended where it can.

    Row groups may be of any size: a stretch may begin inside one, and then what lies before it is
    decoded and dropped once, not again for each stretch.
    """

    def __init__(self, source: Source, columns: list[str]) -> None:
        self.source = source
        self._columns = columns
        if source.changed():
            raise was_changed(source.path)
        self._file = _opened(source.path)
        # Where each row group begins, then the number of rows.
        self.groups = [0]
        for number in range(self._file.metadata.num_row_groups):
            rows = self._file.metadata.row_group(number).num_rows
            self.groups.append(self.groups[-1] + rows)
        self._at = -1
        self._batches: Iterator[pa.RecordBatch] = iter(())
        self._rest: pa.RecordBatch | None = None

    def read(self, first: int, last: int) -> Iterator[pa.RecordBatch]:
        """Yield rows ``first`` to before ``last`` in batches.

        Raises:
            CohortRefused: The file is damaged there, or was changed meanwhile.
        """
        self._go_to(first)
        while self._at < last:
            batch = self._next()
            skipped = max(first - self._at, 0)
            if skipped >= batch.num_rows:
                self._at += batch.num_rows
                continue
            taken = min(batch.num_rows, last - self._at) - skipped
            if skipped + taken < batch.num_rows:
                self._rest = batch.slice(skipped + taken)
            self._at += skipped + taken
            yield batch.slice(skipped, taken)
        # Bytes may have been written over without a fault to show for it.
        if self.source.changed():
            raise was_changed(self.source.path)

    def _go_to(self, row: int) -> None:
        groups = self.groups
        group = bisect_right(groups, row) - 1
        if 0 <= self._at <= row and groups[group] <= self._at:
            return
        self._at, self._rest = groups[group], None
        self._batches = self._file.iter_batches(
            batch_size=_AT_ONCE,
            row_groups=range(group, len(groups) - 1),
            columns=self._columns,
            use_threads=False,
        )

    def _next(self) -> pa.RecordBatch:
        if self._rest is not None:
            batch, self._rest = self._rest, None
            return batch
        try:
            return next(self._batches)
        except (OSError, pa.ArrowException) as error:
            self._at = -1
            raise self._broken(error) from None
        except StopIteration as error:
            raise self._broken(error) from None

    def _broken(self, error: Exception) -> CohortRefused:
        path = self.source.path
        return was_changed(path) if self.source.changed() else damaged(path, error)
