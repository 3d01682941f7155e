"""Finished parts become one file of answers, and one of the persons that were left out."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from psoas.cohort.answering import schema_of
from psoas.cohort.faults import Fault
from psoas.cohort.keeping import Folder

# Columns whose values come again and again: written once each, with codes beside them.
_REPEATED = [
    "person",
    "trigger",
    "lag",
    "level",
    "days_with",
    "days_without",
    "more_days.list.element",
    "sentence",
]
# Room for the different sentences of one part; with less, each would be written out again.
_DICTIONARY = 1 << 27
# Rows of a row group: what a reader has in memory at once.
_GROUP = 1 << 20


def errors_path(out: Path) -> Path:
    """Return where the persons that were left out of ``out`` are listed."""
    stem = out.with_suffix("") if out.suffix == ".parquet" else out
    return stem.with_name(f"{stem.name}.errors.csv")


def join(
    folder: Folder, parts: int, person: pa.DataType, out: Path, tell: Callable[[int], None]
) -> tuple[int, int]:
    """Write all parts as one Parquet file, put in place whole or, without a row, not at all.

    Args:
        folder: The parts, all finished.
        parts: How many there are.
        person: Type of the persons' names.
        out: Where to.
        tell: Called with the number of parts done.

    Returns:
        Rows written, and persons left out.

    Raises:
        OSError: There is no room, or it may not be written.
    """
    # In the folder: what a kill leaves behind goes away with it.
    temporary = folder.path / "answers.tmp"
    rows = 0
    try:
        with pq.ParquetWriter(
            temporary,
            schema_of(person),
            compression="zstd",
            compression_level=1,
            use_dictionary=_REPEATED,
            dictionary_pagesize_limit=_DICTIONARY,
            # Plain words for whoever reads it, not the codes they had in the parts.
            store_schema=False,
        ) as writer:
            for number in range(parts):
                for batch in folder.answers_of(number):
                    writer.write_batch(batch, row_group_size=_GROUP)
                    rows += batch.num_rows
                tell(number + 1)
        _settle(temporary)
        left_out = _list_faults(folder, parts, errors_path(out))
        # A table without a row looks like answers; the list of who was left out says it better.
        if rows:
            os.replace(temporary, out)
    finally:
        temporary.unlink(missing_ok=True)
    return rows, left_out


def _settle(path: Path) -> None:
    """Wait until a file is on the disk: the parts it was made from are taken away next."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _list_faults(folder: Folder, parts: int, path: Path) -> int:
    """Write the list of those left out; where there is nobody, an earlier list goes away."""
    count = 0
    temporary = folder.path / "errors.tmp"
    try:
        with temporary.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["person", "row", "sentence"])
            for number in range(parts):
                faults = folder.faults_of(number)
                writer.writerows(_cells(fault) for fault in faults)
                count += len(faults)
        if count:
            os.replace(temporary, path)
        else:
            path.unlink(missing_ok=True)
    finally:
        temporary.unlink(missing_ok=True)
    return count


def _cells(fault: Fault) -> tuple[int | str, int, str]:
    return ("" if fault.person is None else fault.person, fault.row, fault.sentence)
