"""What was left out of the answers, or limits them, in sentences."""

import numpy as np

from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.answers.design import Design, Twins
from psoas.diary.answers.levels import LEAST_EACH, LEAST_RECORDED
from psoas.diary.answers.measuring import Measured
from psoas.diary.answers.naming import joined, quoted
from psoas.diary.noting import constant_note, empty_note
from psoas.diary.spoken import spoken_amount, spoken_number
from psoas.diary.table import DayTable

# From these shares of the days on, it is said that a trigger is rarely known, or that pain
# hardly moves.
_MOSTLY_UNKNOWN = 0.5
_MOSTLY_ALIKE = 0.8


def notes_of(table: DayTable, measured: Measured) -> tuple[str, ...]:
    """Return the notes of a measured table; none where there is nothing to say."""
    design = measured.design
    notes = _pain_notes(table)
    notes += [empty_note(name) for name in design.unknown]
    notes += [
        constant_note(name, _number(float(np.nanmax(table.values[:, table.triggers.index(name)]))))
        for name in design.constant
    ]
    notes += [_twins_note(group) for group in design.groups if len(group.names) > 1]
    if len(design.outcome) >= LEAST_RECORDED:
        notes += _few_notes(design)
    notes += _unknown_notes(design)
    return tuple(notes + _scale_notes(design))


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def _pain_notes(table: DayTable) -> list[str]:
    pain = table.pain[~np.isnan(table.pain)]
    notes = []
    if len(pain) < LEAST_RECORDED:
        notes.append(
            ngettext(
                "{n} of at least {least} days with pain so far.",
                "{n} of at least {least} days with pain so far.",
                len(pain),
            ).format(n=len(pain), least=LEAST_RECORDED)
        )
    if len(pain) < 2:
        return notes
    levels, days = np.unique(pain, return_counts=True)
    often = int(days.argmax())
    if len(levels) == 1:
        notes.append(
            _(
                "Pain is {pain} on every recorded day: what does not move cannot go with anything."
            ).format(pain=spoken_number(float(levels[0])))
        )
    elif days[often] >= _MOSTLY_ALIKE * len(pain):
        notes.append(
            _("Pain is {pain} on {n} of {all} days: what hardly moves can tell little.").format(
                pain=spoken_number(float(levels[often])),
                n=f"{days[often]:,}",
                all=f"{len(pain):,}",
            )
        )
    return notes


def _twins_note(group: Twins) -> str:
    names = joined(quoted(group.names))
    if any(group.opposite):
        return _(
            "{names} cannot be told apart, being there and not there on the same or on opposite "
            "days: they share one answer."
        ).format(names=names)
    return _(
        "{names} cannot be told apart, being there on the same days: they share one answer."
    ).format(names=names)


def _few_notes(design: Design) -> list[str]:
    notes = []
    for k, group in enumerate(design.groups):
        for days, text in (
            (
                int(design.days_with[0, k]),
                _("\u201c{name}\u201d is there on {n} days with pain; it takes {least}."),
            ),
            (
                int(design.days_without[0, k]),
                _("\u201c{name}\u201d is absent on {n} days with pain; it takes {least}."),
            ),
        ):
            if days < LEAST_EACH:
                notes.append(text.format(name=group.names[0], n=days, least=LEAST_EACH))
    return notes


def _unknown_notes(design: Design) -> list[str]:
    known = (design.days_with + design.days_without)[0]
    rarely = [
        group.names[0]
        for group, days in zip(design.groups, known, strict=True)
        if days < (1 - _MOSTLY_UNKNOWN) * len(design.outcome)
    ]
    if not rarely:
        return []
    return [
        _("Unknown on more than half of the days with pain: {names}.").format(
            names=joined(quoted(rarely))
        )
    ]


def _scale_notes(design: Design) -> list[str]:
    scales: dict[tuple[float, float], list[str]] = {}
    for group, *scale in zip(design.groups, design.bases, design.tops, strict=True):
        base, top = scale
        if (base, top) != (0, 1):
            scales.setdefault((base, top), []).append(group.names[0])
    return [
        ngettext(
            "{names} is a number: the answers compare {top} with {base}.",
            "{names} are numbers: the answers compare {top} with {base}.",
            len(names),
        ).format(names=joined(quoted(names)), top=spoken_amount(top), base=spoken_amount(base))
        for (base, top), names in sorted(scales.items())
    ]
