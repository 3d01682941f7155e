"""A table whose persons are scattered, brought together by writing it anew in pieces."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa

from psoas.cohort.columns import PERSON
from psoas.cohort.cutting import Stretch, rows_at_once
from psoas.cohort.persons import bucket_of, encode, keys_of
from psoas.cohort.source import Reader, Source

# As many files are open at once; common limits are 1,024.
_MOST_PIECES = 400
# Rows handed out at once: enough that each piece gets a good many of them.
_HANDED_OUT = 1 << 19
_SQUEEZED = pa.ipc.IpcWriteOptions(compression="lz4")


def spill(
    source: Source, path: Callable[[int], Path], tell: Callable[[int], None]
) -> tuple[Stretch, ...]:
    """Write the rows of a table to pieces, all rows of a person in the same one.

    Args:
        source: The table.
        path: From a piece's number to its file.
        tell: Called with the number of rows done, now and then.

    Returns:
        For each piece how many rows it has (``first`` is 0), and about how many persons.

    Raises:
        OSError: There is no room.
    """
    # Half as many rows as else: sorting them takes as much memory again.
    buckets = int(np.clip(-(-2 * source.rows // rows_at_once(source)), 1, _MOST_PIECES))
    rows = np.zeros(buckets, np.int64)
    keys = np.empty(0, np.uint64)
    with ExitStack() as stack:
        pieces: dict[int, pa.ipc.RecordBatchStreamWriter] = {}
        for batch in _large_batches(source):
            codes, names = encode(batch.column(PERSON))
            whose = keys_of(names)
            keys = np.union1d(keys, whose)
            bucket = bucket_of(whose, buckets)[codes]
            order = np.argsort(bucket, kind="stable")
            batch = batch.take(pa.array(order))
            edges = np.searchsorted(bucket[order], np.arange(buckets + 1))
            for number in range(buckets):
                here = slice(int(edges[number]), int(edges[number + 1]))
                if here.stop == here.start:
                    continue
                if number not in pieces:
                    file = stack.enter_context(pa.OSFile(str(path(number)), "wb"))
                    pieces[number] = stack.enter_context(
                        pa.ipc.new_stream(file, batch.schema, options=_SQUEEZED)
                    )
                pieces[number].write_batch(batch.slice(here.start, here.stop - here.start))
                rows[number] += here.stop - here.start
            tell(int(rows.sum()))
    pa.default_memory_pool().release_unused()
    people = np.bincount(bucket_of(keys, buckets), minlength=buckets)
    used = np.flatnonzero(rows).tolist()
    for number, old in enumerate(used):
        path(old).rename(path(number))
    return tuple(Stretch(0, int(rows[old]), int(people[old])) for old in used)


def _large_batches(source: Source) -> Iterator[pa.RecordBatch]:
    waiting: list[pa.RecordBatch] = []
    held = at = 0
    most = min(_HANDED_OUT, rows_at_once(source))
    # Whatever the triggers are called, none is called this.
    name = max(source.columns.read, key=len) + "+"
    for batch in Reader(source, source.columns.read).read(0, source.rows):
        place = pa.array(np.arange(at + 1, at + 1 + batch.num_rows))
        waiting.append(_plain(batch).append_column(name, place))
        held, at = held + batch.num_rows, at + batch.num_rows
        if held >= most:
            yield _one(waiting)
            waiting, held = [], 0
    if waiting:
        yield _one(waiting)


def _plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Decode categories: a stream of batches cannot change its dictionary freely."""
    return pa.record_batch(
        [
            column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
            for column in batch.columns
        ],
        names=batch.schema.names,
    )


def _one(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    return pa.Table.from_batches(batches).combine_chunks().to_batches()[0]
