"""The parts of a plan for days on which it flares up, written while one is well."""

from dataclasses import dataclass

from psoas.content.language import gettext
from psoas.content.reader import read_entries


@dataclass(frozen=True)
class Part:
    """One part of the plan.

    Attributes:
        slug: Its key in written plans.
        name: Its heading.
        text: What it is about.
        lines: What stands there until somebody writes their own.
        prompt: What they are asked for.
        check: The warning signs of the safety check come first.
        first_day, last_day: From which day to which; None: from the start, or to no end.
        low, high: Which share of the usual amount is done; 0 where nothing is counted.
        sources: Readable citations.
        ck: All or part of it is common clinical knowledge, no source found.
    """

    slug: str
    name: str
    text: str
    lines: tuple[str, ...]
    prompt: str
    check: bool = False
    first_day: int | None = None
    last_day: int | None = None
    low: float = 0.0
    high: float = 0.0
    sources: tuple[str, ...] = ()
    ck: bool = False

    def __post_init__(self) -> None:
        """Refuse a share or days that cannot be.

        Raises:
            ValueError: the share is not between 0 and 1, or the last day is before the first.
        """
        if not 0 <= self.low <= self.high <= 1:
            raise ValueError(f"the share goes from {self.low:g} to {self.high:g}; 1 is all of it")
        if self.last_day is not None and self.last_day < (self.first_day or 0):
            raise ValueError("the last day is before the first")

    @property
    def label(self) -> str:
        """The heading in the reader's language."""
        return gettext(self.name)

    @property
    def text_label(self) -> str:
        """What it is about, in the reader's language."""
        return gettext(self.text)

    @property
    def line_labels(self) -> tuple[str, ...]:
        """What stands there, in the reader's language."""
        return tuple(map(gettext, self.lines))

    @property
    def prompt_label(self) -> str:
        """What is asked for, in the reader's language."""
        return gettext(self.prompt)


PARTS: tuple[Part, ...] = read_entries("flare.toml", "part", Part)
_BY_SLUG = {found.slug: found for found in PARTS}


def part(slug: str) -> Part:
    """Return the part with this slug.

    Raises:
        KeyError: the plan has no such part.
    """
    return _BY_SLUG[slug]


def part_on(day: int) -> Part:
    """Return the part that holds on a day of a flare.

    Args:
        day: 0 on the day it began.

    Raises:
        ValueError: the day is before it began.
    """
    for found in PARTS:
        last = day if found.last_day is None else found.last_day
        if found.first_day is not None and found.first_day <= day <= last:
            return found
    raise ValueError(f"no part of the plan is for day {day}")
