"""The plan for bad days: written while one is well, opened by one tap when pain is high."""

import logging
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.assessment.reply_rows import open_all as replies_of
from psoas.care.people import trail
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.care.people.refusal import Refusal
from psoas.care.people.vault import Sealer, Unreadable
from psoas.care.programme.looking import own
from psoas.care.programme.models import FlarePlan
from psoas.care.programme.sealing import open_row, programme_sealer, seal
from psoas.care.programme.usual import usual_of
from psoas.content.flare import PARTS, Part

VERSION: Final = 1
LONGEST: Final = 1000
# From here on an entry offers it: three above usual, or seven whatever is usual.
ABOVE, HIGH = 3.0, 7.0


@dataclass(frozen=True)
class Written:
    """One part, and what the person wrote for it; empty: what stands in the library holds."""

    part: Part
    words: str


@dataclass(frozen=True)
class FlareWritten:
    """A person's plan for bad days; ``written_at`` is None before they wrote anything."""

    written_at: datetime | None
    parts: tuple[Written, ...]

    @property
    def own_words(self) -> bool:
        return any(each.words for each in self.parts)


def of(viewer: Viewer) -> FlareWritten:
    """The viewer's own; before they wrote one, what stands in the library."""
    return of_person(own(viewer))


def of_person(person: Person) -> FlareWritten:
    row = FlarePlan.objects.filter(person=person).first()
    words = _words(programme_sealer(person), row) if row else {}
    parts = tuple(Written(each, words.get(each.slug, "")) for each in PARTS)
    return FlareWritten(row.written_at if row else None, parts)


def write(viewer: Viewer, raw: Mapping[str, Any], now: datetime) -> FlareWritten:
    """Take the words for each part that is given, and keep the others."""
    person = own(viewer)
    known = {each.slug for each in PARTS}
    wrong: dict[str, list[str]] = {}
    given: dict[str, str] = {}
    for name, value in raw.items():
        if name not in known:
            wrong[str(name)[:40]] = [_("There is no such part.")]
        elif not isinstance(value, str) or len(value) > LONGEST:
            wrong[name] = [_("Keep it to %(most)s letters.") % {"most": LONGEST}]
        else:
            given[name] = _tidy(value)
    if wrong:
        raise Refusal(wrong)
    with transaction.atomic():
        row = FlarePlan.objects.select_for_update().filter(person=person).first()
        with_ = programme_sealer(person)
        before = _words(with_, row) if row else {}
        fresh = row is None
        row = row or FlarePlan(person=person, revision=0)
        row.revision, row.written_at = row.revision + 1, now
        row.sealed = seal(with_, row, {"v": VERSION, "words": {**before, **given}})
        row.save(force_insert=fresh)
        trail.record("flare plan written", actor=person, subject=person, now=now)
    return of_person(person)


def offered(pain: float | None, viewer: Viewer, now: datetime) -> bool:
    """Whether an entry with this pain offers the plan for bad days."""
    return pain is not None and (pain >= HIGH or pain >= offered_from(viewer, now))


def offered_from(viewer: Viewer, now: datetime) -> float:
    """The pain from which on an entry offers it."""
    person = own(viewer)
    usual = usual_of(person, now, replies_of(person).replies)
    return HIGH if usual is None else min(HIGH, usual + ABOVE)


def _words(with_: Sealer, row: FlarePlan) -> dict[str, str]:
    """What was written; on a bad day a damaged row leaves what stands in the library."""
    try:
        words: dict[str, str] = open_row(with_, row)["words"]
    except Unreadable:
        logging.getLogger(__name__).warning("A plan for bad days does not open.")
        return {}
    return words


def _tidy(words: str) -> str:
    """Lines stay lines; what cannot be seen goes."""
    plain = unicodedata.normalize("NFC", words.replace("\r\n", "\n"))
    kept = "".join(each for each in plain if unicodedata.category(each)[0] != "C" or each == "\n")
    return kept.strip()
