"""A table cut into stretches of rows that can be answered apart, each person whole in one."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from psoas.cohort.columns import PERSON
from psoas.cohort.persons import Codes, Keys, encode, keys_of
from psoas.cohort.source import Reader, Source

# Cells (rows times triggers) of one stretch: about 100 MB of working memory a worker.
CELLS = 12_000_000
_MOST_ROWS = 1 << 21
# A small table is still worth several workers, until loading them takes longer than the work.
_LEAST_PARTS, _LEAST_ROWS = 8, 1 << 18
# Rows looked at once.
_FIRST_LOOK = 1 << 20


@dataclass(frozen=True)
class Stretch:
    """Rows ``first`` to before ``last``, and how many persons begin in them."""

    first: int
    last: int
    people: int


@dataclass
class _Runs:
    """Where each unbroken run of one person's rows begins, and whose it is."""

    starts: list[Codes] = field(default_factory=list)
    keys: list[Keys] = field(default_factory=list)
    count: int = 0
    looked_at: int = _FIRST_LOOK
    last: pa.Scalar | None = None

    def add(self, persons: pa.Array, at: int) -> None:
        codes, names = encode(persons)
        begins = np.flatnonzero(np.diff(codes, prepend=-1))
        if self.last is not None and names[codes[0]].as_py() == self.last.as_py():
            begins = begins[1:]
        self.last = names[codes[-1]]
        known = ~names.is_null().to_numpy(zero_copy_only=False)
        self.starts.append(at + begins)
        # Rows without a person stand anywhere; they are nobody's second run.
        self.keys.append(keys_of(names)[codes[begins]][known[codes[begins]]])
        self.count += len(begins)

    def scattered(self) -> bool:
        """Return whether somebody's rows stand in more than one place."""
        keys = np.concatenate(self.keys)
        # Sorted in place of np.unique: half the memory where there are many.
        keys.sort()
        return bool((keys[1:] == keys[:-1]).any())


def cut(source: Source) -> tuple[Stretch, ...] | None:
    """Cut a table where one person's rows end and another's begin.

    Only the column of persons is read. Two persons whose keys agree by chance look like one whose
    rows are scattered, which costs time and changes no answer.

    Returns:
        Stretches in the table's order; None where somebody's rows do not stand together.

    Raises:
        CohortRefused: The file is damaged.
    """
    reader = Reader(source, [PERSON])
    runs, at = _Runs(), 0
    for batch in reader.read(0, source.rows):
        runs.add(batch.column(0), at)
        at += batch.num_rows
        # Looked at each time there are twice as many, so that a table sorted by day is noticed
        # before the runs fill the memory.
        if runs.count > runs.looked_at:
            if runs.scattered():
                return None
            runs.looked_at *= 2
    if runs.scattered():
        return None
    return _stretches(np.concatenate(runs.starts), np.array(reader.groups), rows_at_once(source))


def rows_at_once(source: Source) -> int:
    """Return how many rows a worker takes at once."""
    enough = max(source.rows // _LEAST_PARTS, _LEAST_ROWS)
    return min(CELLS // len(source.columns.triggers), _MOST_ROWS, enough) or 1


def _stretches(starts: Codes, edges: Codes, most: int) -> tuple[Stretch, ...]:
    cuts = [0]
    while cuts[-1] < len(starts):
        begin = int(starts[cuts[-1]])
        # The end of a row group where one is near: its pages are then decoded by one worker.
        end = int(edges[np.searchsorted(edges, begin + most, side="right") - 1])
        if end < begin + most // 2:
            end = begin + most
        cuts.append(max(int(np.searchsorted(starts, end)), cuts[-1] + 1))
    ends = np.append(starts, edges[-1])
    return tuple(
        Stretch(int(ends[a]), int(ends[b]), b - a) for a, b in zip(cuts, cuts[1:], strict=False)
    )
