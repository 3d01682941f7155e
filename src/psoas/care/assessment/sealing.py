"""Between a document of the clinical record and its sealed row."""

import json
from typing import Any, Final
from uuid import UUID

from psoas.care.people.models import Person
from psoas.care.people.vault import CLINICAL, Place, Sealer, Unreadable, sealer

Document = dict[str, Any]
# The length alone would tell one questionnaire from another, and how much was said yes to; of a
# round of the check, which can be long, that an emergency ended it early.
_BLOCK: Final = 1024
_LONG: Final = {"screening": 4 * _BLOCK}


def clinical_sealer(person: Person) -> Sealer:
    return sealer(person, CLINICAL)


def seal(with_: Sealer, table: str, row: UUID, document: Document, *, revision: int = 1) -> bytes:
    """Seal one document for one row; it opens nowhere else and at no other revision."""
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    block = _LONG.get(table, _BLOCK)
    filled = text.ljust(-(-len(text) // block) * block)
    return with_.seal(Place(table, "document", row, revision), filled)


def open_sealed(
    with_: Sealer, table: str, row: UUID, sealed: object, *, revision: int = 1
) -> Document:
    """Open what `seal` sealed.

    Raises:
        Unreadable: Damaged, moved, or written over by something that was never sealed.
    """
    if not isinstance(sealed, bytes | memoryview):
        raise Unreadable("This document was written over by something that is not sealed.")
    text = with_.open(Place(table, "document", row, revision), bytes(sealed))
    document: Document = json.loads(text.decode())
    return document
