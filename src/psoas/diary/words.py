"""Words that spreadsheets put where a number belongs, and what becomes of each."""

from collections.abc import Iterable

from psoas.content.language import gettext as _
from psoas.diary.numbers import NotANumber, NotDigits, decimal_sign, read_number

ANSWERS = {"yes": 1, "true": 1, "no": 0, "false": 0}
# What people write for "nothing known": the remedy is an empty cell, not a 1 or a 0.
_NOTHING = frozenset({"n/a", "na", "n.a.", "nan", "#n/a", "-", "\u2013", "\u2014", "?", "none"})


def answered(cells: Iterable[str]) -> bool:
    """Say whether a column answers with words, so that they can be read as 1 and 0.

    Args:
        cells: All cells of the column, empty where unknown.

    Returns:
        True where there is a yes, a no, a true or a false, and no number but 0 and 1: among other
        numbers nobody can know what a yes is worth.
    """
    filled = {cell.casefold() for cell in cells if cell}
    if filled.isdisjoint(ANSWERS):
        return False
    return all(_number(cell) in (None, 0, 1) for cell in filled - ANSWERS.keys())


def _number(cell: str) -> int | float | None:
    try:
        return read_number(cell, decimal_sign([cell], commas_allowed=True))
    except NotANumber:
        return None


def no_trigger(error: NotDigits) -> str:
    """Return the sentence on a word in a column of triggers."""
    if error.cell.casefold() in _NOTHING:
        return str(error)
    return _(
        "\u201c{cell}\u201d is not a number. Write 1 for yes and 0 for no, or remove the column."
    ).format(cell=error.cell)
