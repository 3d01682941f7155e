"""The two words of an arm column: which of them means "with the practice"."""

from collections import Counter
from dataclasses import dataclass

from psoas.content.language import gettext as _
from psoas.diary.refusal import DiaryRefused, Problem

_WITHOUT = frozenset(
    ("0", "no", "n", "off", "false", "without", "none", "nothing", "control", "placebo")
    + ("baseline", "usual")
)
_WITH = frozenset(("1", "yes", "y", "on", "true", "with", "active", "treatment", "practice"))
# Names that say that there is an arm and not which practice it is.
_PLAIN_COLUMNS = frozenset(
    ("arm", "arms", "group", "condition", "phase", "treatment", "practice", "intervention")
)


@dataclass(frozen=True)
class Words:
    """What the arms are called in the file, and how a sentence names them.

    Attributes:
        cells: The cell of arm 0 and of arm 1, in small letters.
        practice: What the days of arm 1 had, or None where neither word nor column says it.
        against: What the days of arm 0 had, or None where they were simply without it.
    """

    cells: tuple[str, str]
    practice: str | None
    against: str | None


def read_words(cells: list[tuple[int, str]], header: int, column: str, name: str) -> Words:
    """Tell the arms of a column apart.

    A cell of 1, yes, on, with and their like is the arm with the practice; so is the other word
    where one is 0, no, off, control and their like. Of two words that say neither, the first in
    the alphabet is arm 0.

    Args:
        cells: (line, cell) of every row that has one.
        header: The line of the column names.
        column: The column's name.
        name: The file's name.

    Raises:
        DiaryRefused: There are not exactly two words.
    """
    seen: dict[str, tuple[int, str]] = {}
    for line, cell in cells:
        seen.setdefault(plain(cell), (line, cell))
    if len(seen) != 2:
        # The rarest last: of three kinds of day it is the one that was not meant.
        often = Counter(plain(cell) for _line, cell in cells)
        seen = {word: seen[word] for word, _count in often.most_common()}
        raise DiaryRefused((_not_two(seen, header, column, name),))
    zero, one = sorted(seen)
    if zero in _WITH and one not in _WITH or one in _WITHOUT and zero not in _WITHOUT:
        zero, one = one, zero
    practice: str | None = seen[one][1]
    if one in _WITH or one.replace(".", "").isdigit():
        practice = None if column.casefold() in _PLAIN_COLUMNS else column
    bare = zero in _WITHOUT or one in _WITH
    return Words((zero, one), practice, None if bare else seen[zero][1])


def plain(cell: str) -> str:
    """Return a cell as it is compared: small letters, and 1.0 the same as 1."""
    folded = cell.casefold()
    return folded[:-2] if folded in {"0.0", "1.0"} else folded


def _not_two(seen: dict[str, tuple[int, str]], header: int, column: str, name: str) -> Problem:
    if not seen:
        message = _("no day has an arm. Write 1 for days with the practice and 0 for days without.")
        return Problem(name, header, column, message)
    if len(seen) == 1:
        message = _(
            "every day is \u201c{word}\u201d. An experiment needs days of both kinds to compare."
        ).format(word=next(iter(seen.values()))[1][:40])
        return Problem(name, next(iter(seen.values()))[0], column, message)
    one, two, *_others, rarest = list(seen.values())
    message = _(
        "\u201c{third}\u201d is a third kind of day beside \u201c{one}\u201d and "
        "\u201c{two}\u201d. Two can be compared: leave this cell empty, or split the file."
    ).format(third=rarest[1][:40], one=one[1][:40], two=two[1][:40])
    return Problem(name, rarest[0], column, message)
