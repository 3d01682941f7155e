"""The register of exercises and practices: what the safety check's bans and later plans refer to.

It carries names only. What to do, how much and for whom comes with the library; a register entry
is no exercise yet, and nothing here may be offered to a person.
"""

from dataclasses import dataclass
from typing import Literal

from psoas.content.language import gettext
from psoas.content.reader import read_entries


@dataclass(frozen=True)
class Exercise:
    """One entry of the register.

    Attributes:
        slug: Its fixed name in plans and records.
        code: Its fixed short name in rules: "E01".
        name: As it stands inside a sentence.
        kind: An exercise moves or loads the body; a practice is rest, breath or attention.
        default_off: Nobody is offered it unless a clinic turns it on.
    """

    slug: str
    code: str
    name: str
    kind: Literal["exercise", "practice"]
    default_off: bool = False

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)


EXERCISES: tuple[Exercise, ...] = read_entries("exercises.toml", "exercise", Exercise)
_BY_CODE = {found.code: found for found in EXERCISES}
_BY_SLUG = {found.slug: found for found in EXERCISES}


def exercise(name: str) -> Exercise:
    """Return the entry with this slug or this code.

    Raises:
        KeyError: the register has neither.
    """
    return _BY_CODE[name] if name in _BY_CODE else _BY_SLUG[name]
