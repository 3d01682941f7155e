"""The everyday half of a plan: small things of the day, offered one or two at a time."""

from dataclasses import dataclass

from psoas.content.exercise import Category
from psoas.content.language import gettext
from psoas.content.reader import read_entries


@dataclass(frozen=True)
class Everyday:
    """One thing somebody may want to do otherwise.

    Attributes:
        slug: Its key in plans.
        name: As it stands inside a sentence.
        text: What to do.
        reason: Why somebody may want it.
        question: Asks whether they do.
        suits: Whom it is offered first; empty: everybody.
        exercise: Slug of the exercise or practice it goes with; empty where there is none.
        claims: Slugs of the claims that stand behind it.
        sources: Readable citations.
        ck: All or part of it is common clinical knowledge, no source found.
        only_if_asked: Nobody is offered it who has not asked for it.
    """

    slug: str
    name: str
    text: str
    reason: str
    question: str
    suits: tuple[Category, ...] = ()
    exercise: str = ""
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    ck: bool = False
    only_if_asked: bool = False

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)

    @property
    def text_label(self) -> str:
        """What to do, in the reader's language."""
        return gettext(self.text)

    @property
    def reason_label(self) -> str:
        """Why, in the reader's language."""
        return gettext(self.reason)

    @property
    def question_label(self) -> str:
        """The question, in the reader's language."""
        return gettext(self.question)


EVERYDAY: tuple[Everyday, ...] = read_entries("everyday.toml", "everyday", Everyday)
_BY_SLUG = {found.slug: found for found in EVERYDAY}


def everyday(slug: str) -> Everyday:
    """Return the entry with this slug.

    Raises:
        KeyError: nothing offered has it.
    """
    return _BY_SLUG[slug]
