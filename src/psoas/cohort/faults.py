"""Persons whose rows cannot be answered: who, where, and why, one sentence each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psoas.cohort.days import MONTH_FIRST, NO_DAY, NONE, TWO_WAYS, as_date
from psoas.cohort.people import People
from psoas.content.language import gettext as _
from psoas.diary.answers.levels import LEAST_RECORDED
from psoas.diary.reading import LONGEST_SPAN, MOST_PAIN
from psoas.diary.spoken import spoken_number

Mask = NDArray[np.bool_]
_LONGEST_CELL = 40


@dataclass(frozen=True)
class Fault:
    """Why a person is left out.

    Attributes:
        person: Who; None for rows that name nobody.
        row: The table's row where it shows, from 1.
        sentence: Why.
    """

    person: int | str | None
    row: int
    sentence: str


def examine(people: People, triggers: tuple[str, ...]) -> tuple[Mask, list[Fault]]:
    """Find the persons that cannot be answered.

    Args:
        people: As gathered: sorted, nothing checked.
        triggers: Names of the columns of ``people.values``.

    Returns:
        A flag a person, set where all is well, and the first fault of each of the others.
    """
    fine = np.ones(len(people.names), bool)
    faults: list[Fault] = []
    for kind in (_nameless, _dayless, _doubled, _endless, _painful, _infinite, _empty, _still):
        for person, row, sentence in kind(people, triggers):
            if fine[person]:
                fine[person] = False
                place = int(people.place[row])
                faults.append(Fault(people.names[person].as_py(), place, sentence))
    return fine, sorted(faults, key=lambda fault: fault.row)


Found = list[tuple[int, int, str]]


def _firsts(people: People, rows: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return person and row of the first of ``rows`` of each person."""
    who = np.searchsorted(people.starts, rows, side="right") - 1
    persons, first = np.unique(who, return_index=True)
    return [(int(p), int(rows[f])) for p, f in zip(persons, first, strict=True)]


def _nameless(people: People, _triggers: tuple[str, ...]) -> Found:
    if not people.names.null_count:
        return []
    person = int(np.flatnonzero(people.names.is_null().to_numpy(zero_copy_only=False))[0])
    row = int(people.starts[person])
    return [(person, row, _("These rows name no person."))]


def _dayless(people: People, _triggers: tuple[str, ...]) -> Found:
    wrong = np.flatnonzero(people.day <= NO_DAY)
    return [(p, row, _no_day(people, row)) for p, row in _firsts(people, wrong)]


def _no_day(people: People, row: int) -> str:
    kind, written = people.day[row], people.written_day(row)
    if kind == NONE:
        return _("A row has no day.")
    if written is None:
        return _("A row's day lies outside the years 1 to 9999.")
    if kind == MONTH_FIRST:
        line = _("{cell} has the month first. Write days as 2025-12-31.")
    elif kind == TWO_WAYS:
        line = _(
            "{cell} can be read in two ways, and no other day of this person settles it. Write "
            "days as 2025-12-31."
        )
    elif people.numbered:
        line = _("{cell} is not the number of a day. Write days as dates or whole numbers.")
    else:
        line = _("\u201c{cell}\u201d is not a date. Write days as 2025-12-31.")
    return line.format(cell=written.strip()[:_LONGEST_CELL])


def _doubled(people: People, _triggers: tuple[str, ...]) -> Found:
    same = (np.diff(people.day, prepend=NONE) == 0) & (people.day > NO_DAY)
    same[people.starts[:-1]] = False
    return [
        (p, row, _("{day} is there more than once.").format(day=_day(people, row)))
        for p, row in _firsts(people, np.flatnonzero(same))
    ]


def _day(people: People, row: int) -> str:
    number = int(people.day[row])
    return _("Day {n}").format(n=number) if people.numbered else as_date(number).isoformat()


def _endless(people: People, _triggers: tuple[str, ...]) -> Found:
    last = people.starts[1:] - 1
    span = people.day[last].astype(np.int64) - people.day[people.starts[:-1]]
    sentence = _("The first and the last day are more than {years} years apart.").format(
        years=LONGEST_SPAN // 365
    )
    return [(int(p), int(last[p]), sentence) for p in np.flatnonzero(span >= LONGEST_SPAN)]


def _painful(people: People, _triggers: tuple[str, ...]) -> Found:
    wrong = np.flatnonzero((people.pain < 0) | (people.pain > MOST_PAIN))
    return [
        (p, row, _("Pain is {pain}, outside 0 to 10.").format(pain=f"{people.pain[row]:g}"))
        for p, row in _firsts(people, wrong)
    ]


def _infinite(people: People, triggers: tuple[str, ...]) -> Found:
    wrong = np.flatnonzero(np.isinf(people.values).any(axis=1))
    found = []
    sentence = _("{trigger} is infinite or too large. Numbers may go up to 3e38.")
    for p, row in _firsts(people, wrong):
        trigger = triggers[int(np.flatnonzero(np.isinf(people.values[row]))[0])]
        found.append((p, row, sentence.format(trigger=trigger)))
    return found


def _empty(people: People, _triggers: tuple[str, ...]) -> Found:
    written = np.add.reduceat(~np.isnan(people.pain), people.starts[:-1], dtype=np.int64)
    sentence = _("No day has pain recorded.")
    return [(int(p), int(people.starts[p]), sentence) for p in np.flatnonzero(written == 0)]


def _still(people: People, _triggers: tuple[str, ...]) -> Found:
    # As for one diary: before there are days enough it is too early, which is an answer.
    starts = people.starts[:-1]
    written = np.add.reduceat(~np.isnan(people.pain), starts, dtype=np.int64)
    least = np.fmin.reduceat(people.pain, starts)
    wrong = (least == np.fmax.reduceat(people.pain, starts)) & (written >= LEAST_RECORDED)
    return [
        (
            int(p),
            int(people.starts[p]),
            _(
                "Pain is {pain} on every recorded day: what does not move cannot go with anything."
            ).format(pain=spoken_number(float(least[p]))),
        )
        for p in np.flatnonzero(wrong)
    ]
