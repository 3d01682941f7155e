"""What was accepted although it is unusual, said so that nobody is surprised later."""

from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.dates import Days
from psoas.diary.dialect import Sheet
from psoas.diary.table import Number, Row


def format_notes(sheet: Sheet, marked: bool, days: Days, decimal: str, in_order: bool) -> list[str]:
    """Return how the file is written, where that is not the plainest way."""
    notes = []
    if marked:
        notes.append(_("The file begins with a byte-order mark, as some spreadsheets write it."))
    if sheet.separator == ";":
        notes.append(_("Cells are separated by semicolons."))
    if sheet.separator == "\t":
        notes.append(_("Cells are separated by tabs."))
    if decimal == ",":
        notes.append(_("Numbers are written with decimal commas."))
    if days.day_first:
        notes.append(_("Dates were read with the day first."))
    if not in_order:
        notes.append(_("The rows were not in order of days; they were sorted."))
    if sheet.blank:
        notes.append(
            ngettext(
                "{n} empty line was left out.", "{n} empty lines were left out.", sheet.blank
            ).format(n=sheet.blank)
        )
    if sheet.hollow:
        notes.append(
            ngettext(
                "{n} empty column without a name was left out.",
                "{n} empty columns without a name were left out.",
                sheet.hollow,
            ).format(n=sheet.hollow)
        )
    if sheet.columns[sheet.day].casefold() != "day":
        notes.append(
            _("\u201c{column}\u201d was read as the day.").format(column=sheet.columns[sheet.day])
        )
    return notes


def words_note(columns: list[str]) -> list[str]:
    """Return the note on columns that answer yes or no, none where there are no such columns."""
    if not columns:
        return []
    names = ", ".join(f"\u201c{column}\u201d" for column in columns)
    return [_("Yes was read as 1 and no as 0 in {names}.").format(names=names)]


def content_notes(rows: list[Row], triggers: tuple[str, ...]) -> list[str]:
    """Return what is unusual about the days themselves."""
    notes = []
    silent = sum(1 for row in rows if row.pain is None and row.values)
    if silent:
        notes.append(
            ngettext(
                "{n} day has other values and no pain; they are kept.",
                "{n} days have other values and no pain; they are kept.",
                silent,
            ).format(n=f"{silent:,}")
        )
    if len(rows) < 2:
        return notes
    for name in triggers:
        found = {row.values[name] for row in rows if name in row.values}
        if not found:
            notes.append(empty_note(name))
        elif len(found) == 1:
            notes.append(constant_note(name, found.pop()))
    return notes


def empty_note(name: str) -> str:
    """Return the note on a column without a single value."""
    return _("\u201c{name}\u201d is empty on every day.").format(name=name)


def constant_note(name: str, value: Number) -> str:
    """Return the note on a column that never changes."""
    return _("\u201c{name}\u201d is {value} on every day it is known, so it tells nothing.").format(
        name=name, value=value
    )
