"""Two tellings of one session become one: the later says how it was, and nothing is lost.

A device tells the same session again and again while it goes on, and what it told may arrive in
any order, or twice. What only the earlier one said stays; a sign that somebody stopped for, that
something hurt, and how much, are never taken back by a telling that does not know of it.
"""

from collections.abc import Mapping
from typing import Any, Final

from psoas.care.programme.sealing import Document
from psoas.care.programme.session_rows import signs_of
from psoas.care.programme.stopping import gravest

_NUMBERS: Final = ("before", "effort", "minutes", "plan", "stopped_at")
# How much it hurt, at the most. Two devices tell of one session, and so does a form: the one that
# knows less makes no red session green.
PAINS: Final = ("during", "after")
HURTS: Final = "hurts"


def merged(kept: Document, told: Document, *, later: bool) -> Document:
    """Return what is kept of a session after another telling of it.

    Args:
        kept: As it stands.
        told: What was told now.
        later: Whether what was told is newer than what stands.
    """
    newer, older = (told, kept) if later else (kept, told)
    whole = {**kept}
    for name in _NUMBERS:
        whole[name] = older.get(name) if newer.get(name) is None else newer[name]
    whole["kind"] = newer["kind"]
    whole |= {name: highest(kept.get(name), told.get(name)) for name in PAINS}
    whole["items"] = items_of(newer["items"], older["items"])
    return with_signs(whole, [*signs_of(kept), *signs_of(told)])


def with_signs(document: Document, signs: list[tuple[str, str]]) -> Document:
    """The document with these signs: the gravest leads, and none is lost beside it."""
    placed = {sign for sign, at in signs if at}
    signs = [each for each in dict.fromkeys(signs) if each[1] or each[0] not in placed]
    if not signs:
        return document
    first = gravest(sign for sign, _at in signs)
    at = next(at for sign, at in signs if sign == first)
    several = {"signs": [list(each) for each in signs]} if len(signs) > 1 else {}
    return {**document, "stop": first, "stopped_at": at or None, **several}


def highest(one: float | None, other: float | None) -> float | None:
    """The higher of two pains; None is none that was told."""
    known = [each for each in (one, other) if each is not None]
    return max(known, default=None)


def items_of(newer: list[Document], older: list[Document]) -> list[Document]:
    """Every item of both, each as the newer one has it."""
    known = _keyed(newer)
    before = _keyed(older)
    joined = [_item(item, before.get(key, {})) for key, item in known.items()]
    return joined + [item for key, item in before.items() if key not in known]


def _item(newer: Document, older: Mapping[str, Any]) -> Document:
    item = {**older, **newer}
    pain = highest(newer.get("pain"), older.get("pain"))
    if pain is not None:
        item["pain"] = pain
    if older.get("reason") == HURTS:
        item["reason"] = HURTS
    return item


def done_since(kept: Document, told: Document) -> list[Document]:
    """The items a telling has that the session did not have, or had otherwise."""
    before = _keyed(kept["items"])
    return [item for key, item in _keyed(told["items"]).items() if before.get(key) != item]


def _keyed(items: list[Document]) -> dict[Any, Document]:
    """Each item under exercise, side, and its turn: one may be done twice."""
    found: dict[Any, Document] = {}
    for item in items:
        turn = 0
        while (item["slug"], item["side"], turn) in found:
            turn += 1
        found[item["slug"], item["side"], turn] = item
    return found
