"""People become rows of answers: one a person, lag and trigger, as a file of answers holds them."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from psoas.cohort.people import People
from psoas.diary.answers.answer import Lag
from psoas.diary.answers.levels import LEVELS
from psoas.diary.answers.many import ManyAnswers, any_day_many
from psoas.diary.answers.many_sentences import sentences_of

# Answers worked on at once: each takes some hundred bytes until it is written.
_AT_ONCE = 120_000
_WORD = pa.dictionary(pa.int32(), pa.string())


def schema_of(person: pa.DataType) -> pa.Schema:
    """Return the columns of a part; words are codes there and plain text in the end.

    Args:
        person: Type of the persons' names.
    """
    number, days = pa.float32(), pa.int32()
    return pa.schema(
        [
            ("person", person),
            ("trigger", _WORD),
            ("lag", _WORD),
            ("level", _WORD),
            ("estimate", number),
            ("low", number),
            ("high", number),
            ("e_value", number),
            ("posterior", number),
            ("days_with", days),
            ("days_without", days),
            ("more_days", pa.list_(days)),
            ("sentence", _WORD),
        ]
    )


def answer(
    people: People, triggers: tuple[str, ...], person: pa.DataType
) -> Iterator[pa.RecordBatch]:
    """Answer for people of whom nothing stands in the way.

    Args:
        people: P of them, at least one day of pain each, no day twice.
        triggers: Names of the K columns of ``people.values``.
        person: Type that the persons' names shall have.

    Yields:
        Batches of together P x 2 x K rows: persons in their order, each one's same-day answers
        and then the next-day ones, triggers in theirs.
    """
    for block in people.blocks(max(_AT_ONCE // (2 * len(triggers)), 1)):
        yield _answered(block, triggers, person)


def _answered(people: People, triggers: tuple[str, ...], person: pa.DataType) -> pa.RecordBatch:
    found = any_day_many(people.day, people.pain, people.values, people.starts, triggers)
    said, sentences = sentences_of(found, triggers)
    count, _lags, width = found.level.shape
    each = 2 * width
    columns = [
        people.names.cast(person).take(pa.array(np.repeat(np.arange(count, dtype=np.int32), each))),
        _words(np.tile(np.arange(width), 2 * count), list(triggers)),
        _words(np.tile(np.repeat([0, 1], width), count), [str(lag) for lag in Lag]),
        _words(found.level, [str(level) for level in LEVELS]),
        *(_numbers(part) for part in (found.estimate, found.low, found.high)),
        *(_numbers(part) for part in (found.e_value, found.posterior)),
        *(pa.array(part.ravel()) for part in (found.days_with, found.days_without)),
        _ranges(found),
        _words(said, sentences),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema_of(person))


def _words(codes: NDArray[np.integer], words: list[str]) -> pa.Array:
    whole = pa.array(codes.ravel().astype(np.int32, copy=False))
    return pa.DictionaryArray.from_arrays(whole, pa.array(words, pa.string()))


def _numbers(values: NDArray[np.float64]) -> pa.Array:
    # NaN becomes null: there is no such number, rather than one that is not a number.
    return pa.array(values.ravel().astype(np.float32), from_pandas=True)


def _ranges(found: ManyAnswers) -> pa.Array:
    least, most = found.least.ravel(), found.most.ravel()
    there = ~np.isnan(least)
    ends = np.column_stack([least[there], most[there]]).astype(np.int32).ravel()
    offsets = np.concatenate([[0], 2 * np.cumsum(there)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(ends), mask=pa.array(~there))
