"""Who stands in which row: persons as numbers that can be compared quickly."""

from hashlib import blake2b

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from psoas.cohort.columns import is_text
from psoas.cohort.refusal import CohortRefused
from psoas.content.language import gettext as _

Codes = NDArray[np.int64]
Keys = NDArray[np.uint64]

# Above it not every whole number has a decimal of its own, and two persons may have become one.
_MOST_EXACT = 2.0**53
# Spreads neighbouring numbers over all buckets (2**64 divided by the golden ratio).
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def encode(persons: pa.Array | pa.ChunkedArray) -> tuple[Codes, pa.Array]:
    """Return each row's person as a number from 0 in order of first appearance, and who they are.

    A row without a person counts as a person of its own, null in the second.

    Raises:
        CohortRefused: Persons are decimals, and not all of them whole.
    """
    if isinstance(persons, pa.ChunkedArray):
        persons = persons.combine_chunks()
    if pa.types.is_floating(persons.type):
        persons = _whole(persons)
    if pa.types.is_dictionary(persons.type):
        # Decoded first: a dictionary may hold a name twice, or in another order.
        codes = _compact(persons)
        if codes is not None:
            return codes
        persons = persons.dictionary_decode()
    encoded = persons.dictionary_encode(null_encoding="encode")
    return encoded.indices.to_numpy().astype(np.int64), encoded.dictionary


def _whole(persons: pa.Array) -> pa.Array:
    numbers = persons.cast(pa.float64()).to_numpy(zero_copy_only=False)
    missing = np.isnan(numbers)
    wrong = ~missing & ((numbers != np.floor(numbers)) | (np.abs(numbers) > _MOST_EXACT))
    if wrong.any():
        raise CohortRefused(
            _(
                "The person {value} is not a whole number, or too large for one with decimals. "
                "Write persons as whole numbers or as text."
            ).format(value=f"{numbers[wrong][0]:.17g}")
        )
    return pa.array(np.where(missing, 0, numbers).astype(np.int64), mask=missing)


def _compact(persons: pa.DictionaryArray) -> tuple[Codes, pa.Array] | None:
    """Do the same on the codes of a column that already has some, without touching a name."""
    if persons.null_count or len(persons.dictionary.unique()) != len(persons.dictionary):
        return None
    encoded = persons.indices.dictionary_encode()
    names = persons.dictionary.take(encoded.dictionary)
    return encoded.indices.to_numpy().astype(np.int64), names


def keys_of(names: pa.Array) -> Keys:
    """Return one 64-bit key for each person, the same in every batch and on every machine."""
    if is_text(names.type):
        keys = [
            int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")
            if name is not None
            else 0
            for name in names.to_pylist()
        ]
        return np.array(keys, np.uint64)
    numbers = names.fill_null(0).to_numpy()
    whole = numbers.astype(np.uint64 if names.type == pa.uint64() else np.int64)
    return np.asarray(whole.view(np.uint64))


def bucket_of(keys: Keys, buckets: int) -> Codes:
    """Return which of ``buckets`` buckets each key belongs to."""
    return ((keys * _SPREAD) >> np.uint64(32)).astype(np.int64) % buckets
