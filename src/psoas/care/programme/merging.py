"""Two tellings of one session become one: the later says how it was, and nothing is lost.

A device tells the same session again and again while it goes on, and what it told may arrive in
any order, or twice. What only the earlier one said stays; a sign that somebody stopped for is
never taken back by a telling that does not know of it.
"""

from typing import Any, Final

from psoas.care.programme.sealing import Document

_NUMBERS: Final = ("before", "during", "after", "effort", "minutes", "plan", "stopped_at")


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
    whole["stop"] = kept.get("stop") or told.get("stop")
    whole["items"] = items_of(newer["items"], older["items"])
    return whole


def items_of(newer: list[Document], older: list[Document]) -> list[Document]:
    """Every item of both, each as the newer one has it."""
    known = _keyed(newer)
    before = _keyed(older)
    joined = [{**before.get(key, {}), **item} for key, item in known.items()]
    return joined + [item for key, item in before.items() if key not in known]


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
