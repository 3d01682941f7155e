"""Numbers as spreadsheets write them, kept as integers where they were integers."""

import math
import re
from functools import lru_cache

from psoas.content.language import gettext as _

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_LONGEST = 40


class NotANumber(ValueError):
    """A cell that does not hold a number; its text is the sentence to show."""


class NotDigits(NotANumber):
    """A cell of something else than digits, as opposed to a number that cannot be taken."""

    def __init__(self, cell: str) -> None:
        super().__init__(
            _("\u201c{cell}\u201d is not a number. Leave the cell empty if it is unknown.").format(
                cell=cell
            )
        )
        self.cell = cell


def decimal_sign(cells: list[str], commas_allowed: bool) -> str:
    """Return the decimal sign a file uses: the first one met, a point if none is."""
    if commas_allowed:
        for cell in cells:
            if _NUMBER.fullmatch(cell) and ("," in cell or "." in cell):
                return "," if "," in cell else "."
    return "."


@lru_cache(maxsize=4096)  # a diary says the same few numbers thousands of times
def read_number(cell: str, decimal: str) -> int | float:
    """Read one number; ``2`` is an integer and ``2.0`` is not, so both can be written back.

    Args:
        cell: Not empty.
        decimal: The file's decimal sign. One file keeps to one: in a file of decimal commas a
            point may mean thousands, and a guess would be wrong by a factor of a thousand.

    Raises:
        NotANumber: With a sentence; a NotDigits where the cell holds something else than digits.
    """
    if len(cell) > _LONGEST or not _NUMBER.fullmatch(cell):
        raise NotDigits(cell[:_LONGEST])
    other = "." if decimal == "," else ","
    if other in cell:
        raise NotANumber(
            _(
                "{cell} uses \u201c{other}\u201d for decimals where \u201c{sign}\u201d is expected."
            ).format(cell=cell, other=other, sign=decimal)
        )
    plain = cell.replace(",", ".")
    if "." not in plain and "e" not in plain.casefold():
        return int(plain)
    number = float(plain)
    if not math.isfinite(number):
        raise NotANumber(_("{cell} is too large.").format(cell=cell))
    return number
