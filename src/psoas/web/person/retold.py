"""An entry told back in words: what the timeline shows of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from psoas.care.journal.drafts import SCALES
from psoas.care.journal.models import BACKFILL, MOMENT
from psoas.care.journal.notebook import Notebook, trigger_label
from psoas.care.journal.sealing import Document, OpenEntry
from psoas.content.body import region
from psoas.content.emotions import EMOTIONS
from psoas.content.helped import HELPED
from psoas.content.hindered import HINDERED
from psoas.diary.table import Number

_FEELINGS = {each.slug: each for each in EMOTIONS}
_HELPED = {each.slug: each for each in HELPED}
_HINDERED = {each.slug: each for each in HINDERED}


@dataclass(frozen=True)
class Level:
    """A pain number as a chip: its step of the colours, and the number itself."""

    step: int
    text: str


@dataclass(frozen=True)
class Retold:
    """One entry as the timeline shows it."""

    id: UUID
    title: str
    when: str
    level: Level | None
    lines: tuple[str, ...]
    words: str


def level_of(pain: Number | None) -> Level | None:
    return None if pain is None else Level(int(pain + 0.5), number(pain))


def number(value: Number) -> str:
    """At most one decimal, and none where it is whole."""
    return f"{round(float(value), 1):g}"


def retell(entry: OpenEntry, notebook: Notebook) -> Retold:
    document = entry.document
    what = {MOMENT: _("When it hurt"), BACKFILL: _("Added afterwards")}.get(entry.kind, _("Day"))
    places = _listed(document.get("places", []), _place)
    return Retold(
        entry.id,
        capfirst(places) or what,
        " · ".join(part for part in _when(entry, what if places else "") if part),
        level_of(document.get("pain")),
        tuple(capfirst(line) for line in _lines(document, notebook) if line),
        document.get("words", ""),
    )


def _when(entry: OpenEntry, what: str) -> Iterable[str]:
    # A day added afterwards was given no hour; the noon it is filed under is not one.
    yield "" if entry.kind == BACKFILL else entry.at.strftime("%H:%M")
    yield what
    if "worst" in entry.document:
        yield _("worst %(worst)s") % {"worst": number(entry.document["worst"])}


def _lines(document: Document, notebook: Notebook) -> Iterable[str]:
    if tense := _listed(document.get("tension", []), _place):
        yield _("tense: %(places)s") % {"places": tense}
    yield ", ".join(_feelings(document))
    yield ", ".join(_triggers(document, notebook))
    if helped := _listed(document.get("helped", []), lambda slug: _HELPED[slug].label):
        yield _("helped: %(what)s") % {"what": helped}
    if hindered := _listed(document.get("hindered", []), lambda slug: _HINDERED[slug].label):
        yield _("in the way of: %(what)s") % {"what": hindered}
    yield ", ".join(_scales(document))


def _feelings(document: Document) -> Iterable[str]:
    strengths = document.get("feelings", {})
    for slug in sorted(strengths, key=lambda each: -strengths[each]):
        yield f"{_FEELINGS[slug].label} {strengths[slug]}"
    if mood := document.get("mood"):
        yield _("pleasant %(pleasant)+d, energy %(energy)+d") % mood


def _triggers(document: Document, notebook: Notebook) -> Iterable[str]:
    for key, value in document.get("triggers", {}).items():
        label = trigger_label(key, notebook)
        if label and value:
            yield label if value == 1 else f"{label} {number(value)}"


def _scales(document: Document) -> Iterable[str]:
    scales = document.get("scales", {})
    for slug, label in SCALES.items():
        if slug in scales:
            yield f"{str(label).lower()} {number(scales[slug])}"
    if minutes := document.get("stiffness_min"):
        yield ngettext("stiff for %(n)s minute", "stiff for %(n)s minutes", minutes) % {
            "n": minutes
        }
    if day := document.get("cycle_day"):
        yield _("cycle day %(day)s") % {"day": day}


def _place(slug: str) -> str:
    return region(slug).label


def _listed(slugs: Iterable[str], label: Callable[[str], str]) -> str:
    return ", ".join(label(slug) for slug in slugs)
