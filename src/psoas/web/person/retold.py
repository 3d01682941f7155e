"""An entry told back in words: what the timeline shows of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from psoas.care.journal.drafts import SCALES
from psoas.care.journal.models import BACKFILL, DAY, MOMENT
from psoas.care.journal.notebook import Notebook, trigger_label
from psoas.care.journal.sealing import Document, OpenEntry
from psoas.content.body import REGIONS, Region
from psoas.content.emotions import EMOTIONS, Emotion
from psoas.content.helped import HELPED, Helped
from psoas.content.hindered import HINDERED, Hindered
from psoas.diary.table import Number

_PLACES = {each.slug: each for each in REGIONS}
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

    address: str
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


class Teller:
    """Tells entries back. Each word is looked up once a page: that costs more than unsealing."""

    def __init__(self, notebook: Notebook) -> None:
        self._place = cache(lambda slug: _label(_PLACES.get(slug), slug))
        self._feeling = cache(lambda slug: _label(_FEELINGS.get(slug), slug))
        self._helped = cache(lambda slug: _label(_HELPED.get(slug), slug))
        self._hindered = cache(lambda slug: _label(_HINDERED.get(slug), slug))
        self._trigger = cache(lambda key: trigger_label(key, notebook))
        self._counted = {own.key for own in notebook.own if own.number}
        self._scales = {slug: str(label).lower() for slug, label in SCALES.items()}
        self._what = {MOMENT: _("When it hurt"), DAY: _("Day"), BACKFILL: _("Added afterwards")}
        self._worst = _("worst %(worst)s")
        self._tense = _("tense: %(what)s")
        self._helping = _("helped: %(what)s")
        self._in_the_way = _("in the way of: %(what)s")
        self._mood = _("pleasant %(pleasant)+d, energy %(energy)+d")
        self._cycle = _("cycle day %(day)s")

    def retell(self, entry: OpenEntry) -> Retold:
        document, what = entry.document, self._what[entry.kind]
        places = _listed(document.get("places", ()), self._place)
        return Retold(
            reverse("entry", args=[entry.id]),
            _capital(places) or what,
            " · ".join(part for part in self._when(entry, what if places else "") if part),
            level_of(document.get("pain")),
            tuple(_capital(line) for line in self._lines(document) if line),
            document.get("words", ""),
        )

    def _when(self, entry: OpenEntry, what: str) -> Iterable[str]:
        # A day added afterwards was given no hour; the noon it is filed under is not one.
        yield "" if entry.kind == BACKFILL else entry.document["at"][11:16]
        yield what
        if "worst" in entry.document:
            yield self._worst % {"worst": number(entry.document["worst"])}

    def _lines(self, document: Document) -> Iterable[str]:
        if tense := _listed(document.get("tension", ()), self._place):
            yield self._tense % {"what": tense}
        yield ", ".join(self._feelings(document))
        yield ", ".join(self._triggers(document))
        if helped := _listed(document.get("helped", ()), self._helped):
            yield self._helping % {"what": helped}
        if hindered := _listed(document.get("hindered", ()), self._hindered):
            yield self._in_the_way % {"what": hindered}
        yield ", ".join(self._numbers(document))

    def _feelings(self, document: Document) -> Iterable[str]:
        strengths = document.get("feelings", {})
        for slug in sorted(strengths, key=lambda each: -strengths[each]):
            yield f"{self._feeling(slug)} {strengths[slug]}"
        if mood := document.get("mood"):
            yield (self._mood % mood).replace("-", "−")

    def _triggers(self, document: Document) -> Iterable[str]:
        for key, value in document.get("triggers", {}).items():
            if value and (label := self._trigger(key)):
                bare = value == 1 and key not in self._counted
                yield label if bare else f"{label} {number(value)}"

    def _numbers(self, document: Document) -> Iterable[str]:
        scales = document.get("scales", {})
        for slug, label in self._scales.items():
            if slug in scales:
                yield f"{label} {number(scales[slug])}"
        if minutes := document.get("stiffness_min"):
            stiff = ngettext("stiff for %(n)s minute", "stiff for %(n)s minutes", minutes)
            yield stiff % {"n": minutes}
        if day := document.get("cycle_day"):
            yield self._cycle % {"day": day}


def _label(found: Region | Emotion | Helped | Hindered | None, slug: str) -> str:
    # A clinic may have taken a word of its own out again; the entry still says it.
    return slug if found is None else found.label


def _listed(slugs: Iterable[str], label: Callable[[str], str]) -> str:
    return ", ".join(label(slug) for slug in slugs)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
