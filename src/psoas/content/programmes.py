"""Templates a clinician begins a plan from, one file each.

A template is a start and nothing more: the bans of the person it is for are applied to it as to
any other plan.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from psoas.content.exercise import Category
from psoas.content.exercises import exercise
from psoas.content.language import gettext
from psoas.content.overlay import names_in
from psoas.content.reader import ContentError, read_record

FOLDER: Final = "programmes"
# The order of lists; a clinic's own come last.
_ORDER: Final = (
    *("osteoarthritis", "outer-hip", "groin-pinch", "tight-front"),
    *("from-the-back", "calm-first", "replaced-hip", "pregnancy"),
)

if TYPE_CHECKING:
    PROGRAMMES: tuple["Programme", ...]


@dataclass(frozen=True)
class Item:
    """One exercise of a template.

    Attributes:
        slug: The exercise.
        sets: Of one side; None: as its own file says.
        amount: Seconds, repetitions, breaths or minutes, by the kind of its dose; None: as its own
            file says.
        note: Words to the person.
    """

    slug: str
    sets: int | None = None
    amount: float | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse an exercise that is not there, and an amount of nothing.

        Raises:
            ValueError: no exercise is called so, it is only for reading, or sets or amount are
                not above 0.
        """
        try:
            found = exercise(self.slug)
        except KeyError:
            raise ValueError(f"no exercise is called “{self.slug}”") from None
        if found.information:
            raise ValueError(f"“{self.slug}” is for reading only")
        for name, value in (("sets", self.sets), ("amount", self.amount)):
            if value is not None and value <= 0:
                raise ValueError(f"{name} of “{self.slug}” is {value:g}; leave it out or raise it")

    @property
    def note_label(self) -> str:
        """The words to the person, in the reader's language."""
        return gettext(self.note) if self.note else ""


@dataclass(frozen=True)
class Programme:
    """A template.

    Attributes:
        slug: Its name in plans and records.
        name: Its heading.
        about: Whom it is for, and what it does.
        suits: Working categories; for the plan, no diagnosis.
        items: Its exercises, in order.
        note: Words to the person above all of it.
        sources: Readable citations.
        ck: All or part of it is common clinical knowledge, no source found.
    """

    slug: str
    name: str
    about: str
    suits: tuple[Category, ...]
    items: tuple[Item, ...]
    note: str = ""
    sources: tuple[str, ...] = ()
    ck: bool = False

    def __post_init__(self) -> None:
        """Refuse a template that holds nothing, or one thing twice.

        Raises:
            ValueError: no item, or an exercise that comes twice.
        """
        slugs = [item.slug for item in self.items]
        if not slugs or len(set(slugs)) < len(slugs):
            raise ValueError("it holds no exercise, or one of them twice")

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)

    @property
    def about_label(self) -> str:
        """Whom it is for, in the reader's language."""
        return gettext(self.about)

    @property
    def note_label(self) -> str:
        """The words to the person, in the reader's language."""
        return gettext(self.note) if self.note else ""


def __getattr__(name: str) -> Any:
    # Only a clinician's page of a plan needs them.
    if name == "PROGRAMMES":
        return programmes()
    raise AttributeError(name)


@cache
def programmes() -> tuple[Programme, ...]:
    """Return every template, in the order of lists.

    Raises:
        ContentError: a file is not as it must be; says which and what to do.
    """
    slugs = {name.rpartition("/")[2].removesuffix(".toml") for name in names_in(FOLDER)}
    known = [slug for slug in _ORDER if slug in slugs]
    return tuple(read(f"{FOLDER}/{slug}.toml") for slug in (*known, *sorted(slugs - {*known})))


def programme(slug: str) -> Programme:
    """Return the template with this slug.

    Raises:
        KeyError: there is none.
    """
    return {each.slug: each for each in programmes()}[slug]


@cache
def read(name: str) -> Programme:
    """Return what one file describes.

    Raises:
        ContentError: a key or an exercise in it is unknown, or the slug is not what it is called.
    """
    found = read_record(name, Programme)
    slug = name.rpartition("/")[2].removesuffix(".toml")
    if found.slug != slug:
        problem = f"is “{found.slug}”"
        raise ContentError(name, "", "slug", problem, f"Write “{slug}”, as the file is called")
    return found
