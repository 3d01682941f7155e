"""Which columns a cohort's table must have, and which of them are triggers."""

import re
from collections import Counter
from dataclasses import dataclass

import pyarrow as pa
from pyarrow import types

from psoas.cohort.refusal import CohortRefused
from psoas.content.language import gettext as _
from psoas.content.language import ngettext

PERSON, DAY, PAIN = "person", "day", "pain"
_NAMED = 6
# What pandas leaves behind when it writes a table whose rows were picked or sorted.
_INDEX = re.compile(r"__index_level_\d+__")


@dataclass(frozen=True)
class Columns:
    """The columns of a table, checked.

    Attributes:
        person: Arrow type of the persons' names, as it goes into the answers.
        triggers: Names of the trigger columns, in the table's order.
        ignored: Columns that are an index of a data frame, not a trigger.
    """

    person: pa.DataType
    triggers: tuple[str, ...]
    ignored: tuple[str, ...] = ()

    @property
    def read(self) -> list[str]:
        """Return every column that is read."""
        return [PERSON, DAY, PAIN, *self.triggers]


def columns_of(schema: pa.Schema, name: str) -> Columns:
    """Check a table's columns.

    Args:
        schema: Its Arrow schema.
        name: The file's name, for the sentences.

    Raises:
        CohortRefused: A column is missing, nameless, twice there, or of a kind that cannot be
            used; the sentence names it.
    """
    nameless = [n for n, column in enumerate(schema.names, start=1) if not column.strip()]
    if nameless:
        raise CohortRefused(
            _("{file}: column number {n} has no name. Give it one, or leave it out.").format(
                file=name, n=nameless[0]
            )
        )
    twice = [column for column, n in Counter(schema.names).items() if n > 1]
    if twice:
        raise CohortRefused(
            _("{file}: there are two columns named {column}.").format(file=name, column=twice[0])
        )
    missing = [column for column in (PERSON, DAY, PAIN) if column not in schema.names]
    if missing:
        raise CohortRefused(
            ngettext(
                "{file} has no column {missing}. It needs person, day and pain, then one column "
                "a trigger.",
                "{file} has no columns {missing}. It needs person, day and pain, then one column "
                "a trigger.",
                len(missing),
            ).format(file=name, missing=_(" and ").join(missing))
        )
    rest = [column for column in schema.names if column not in (PERSON, DAY, PAIN)]
    triggers = tuple(column for column in rest if not _INDEX.fullmatch(column))
    if not triggers:
        raise CohortRefused(
            _(
                "{file} has no trigger columns. Beside person, day and pain it needs one column a "
                "trigger."
            ).format(file=name)
        )
    _check_kinds(schema, triggers, name)
    person = schema.field(PERSON).type
    person = _kept_as(person)
    ignored = tuple(column for column in rest if column not in triggers)
    return Columns(person, triggers, ignored)


def _check_kinds(schema: pa.Schema, triggers: tuple[str, ...], name: str) -> None:
    person, day, pain = (schema.field(column).type for column in (PERSON, DAY, PAIN))
    if not (types.is_integer(person) or types.is_floating(person) or is_text(person)):
        raise CohortRefused(
            _("{file}: person must be whole numbers or text, not {kind}.").format(
                file=name, kind=person
            )
        )
    if not (types.is_date(day) or types.is_timestamp(day) or is_text(day) or counts_days(day)):
        raise CohortRefused(
            _(
                "{file}: day must be dates, times, text such as 2026-04-14 or whole numbers, not "
                "{kind}."
            ).format(file=name, kind=day)
        )
    if types.is_boolean(pain) or not is_number(pain):
        raise CohortRefused(
            _("{file}: pain must be numbers from 0 to 10, not {kind}.").format(file=name, kind=pain)
        )
    wrong = [column for column in triggers if not is_number(schema.field(column).type)]
    if wrong:
        shown = ", ".join(wrong[:_NAMED]) + (", …" if len(wrong) > _NAMED else "")
        raise CohortRefused(
            ngettext(
                "{file}: the column {columns} holds {kind}, not numbers. A trigger is 0, 1 or "
                "empty, or a number; leave other columns out.",
                "{file}: the columns {columns} do not hold numbers. A trigger is 0, 1 or empty, "
                "or a number; leave other columns out.",
                len(wrong),
            ).format(file=name, columns=shown, kind=schema.field(wrong[0]).type)
        )


def _kept_as(person: pa.DataType) -> pa.DataType:
    if is_text(person):
        return pa.string()
    # Whole numbers that a data frame turned into decimals because one was missing.
    return pa.int64() if types.is_floating(person) else person


def counts_days(kind: pa.DataType) -> bool:
    """Return whether a column of days holds numbers counted from some day, not dates."""
    return bool(types.is_integer(kind) or types.is_floating(kind))


def is_text(kind: pa.DataType) -> bool:
    """Return whether a column holds text, plain or as a category."""
    if types.is_dictionary(kind):
        kind = kind.value_type
    return bool(types.is_string(kind) or types.is_large_string(kind))


def is_number(kind: pa.DataType) -> bool:
    """Return whether a column holds numbers; yes and no are 1 and 0, and nothing is unknown."""
    return bool(
        types.is_integer(kind)
        or types.is_floating(kind)
        or types.is_boolean(kind)
        or types.is_decimal(kind)
        or types.is_null(kind)
    )
