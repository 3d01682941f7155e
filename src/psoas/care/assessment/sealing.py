"""Between a document of the clinical record and its sealed row."""

import json
from typing import Any, Final
from uuid import UUID

from psoas.care.people.models import Person
from psoas.care.people.vault import CLINICAL, Place, Sealer, Unreadable, sealer

Document = dict[str, Any]
# The length alone would tell one questionnaire from another, and how much was said yes to.
_BLOCK: Final = 1024


def clinical_sealer(person: Person) -> Sealer:
    return sealer(person, CLINICAL)


def seal(with_: Sealer, table: str, row: UUID, document: Document, *, revision: int = 1) -> bytes:
    """Seal one document for one row; it opens nowhere else and at no other revision."""
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    filled = text.ljust(-(-len(text) // _BLOCK) * _BLOCK)
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
