"""How triggers are named, alone or with those they cannot be told apart from."""

from collections.abc import Sequence

from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.answers.design import Twins

# More names than this are counted: two hundred equal columns must not make a sentence of a page.
_NAMED = 3


def group_name(group: Twins) -> str:
    """Return one name for columns that share an answer.

    Example:
        >>> group_name(Twins(("rain", "dry"), (False, True)))
        'rain and no dry'
    """
    return joined(
        [
            _("no {name}").format(name=name) if opposite else name
            for name, opposite in zip(group.names, group.opposite, strict=True)
        ]
    )


def joined(names: Sequence[str]) -> str:
    """Return ``a, b and c``, or ``a, b and 4 others``.

    Example:
        >>> joined(["a", "b", "c"])
        'a, b and c'
    """
    if len(names) == 1:
        return names[0]
    if len(names) <= _NAMED:
        return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
    rest = len(names) - _NAMED + 1
    return ngettext("{names} and {n} other", "{names} and {n} others", rest).format(
        names=", ".join(names[: _NAMED - 1]), n=rest
    )


def quoted(names: Sequence[str]) -> list[str]:
    """Return names between quotation marks, as a sentence holds a column's name."""
    return [_("\u201c{name}\u201d").format(name=name) for name in names]
