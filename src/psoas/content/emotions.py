"""The 24 feeling words of the journal, each placed on the pleasant × energy pad."""

from dataclasses import dataclass
from typing import Literal

from psoas.content.language import gettext
from psoas.content.reader import read_entries

REACH = 4
"""The pad runs from −REACH to +REACH on both of its axes."""


@dataclass(frozen=True)
class Emotion:
    """One feeling word.

    Attributes:
        slug: what an entry keeps.
        name: the word, as said after "I feel".
        pleasant: −4 very unpleasant … 4 very pleasant.
        energy: −4 very low … 4 very high.
    """

    slug: str
    name: str
    pleasant: int
    energy: int

    def __post_init__(self) -> None:
        """Refuse a place outside the pad."""
        for key, value in (("pleasant", self.pleasant), ("energy", self.energy)):
            if not -REACH <= value <= REACH:
                raise ValueError(f"{key} is {value}, outside −{REACH} to {REACH}")

    @property
    def label(self) -> str:
        """The word in the reader's language."""
        return gettext(self.name)

    @property
    def family(self) -> Literal["pleasant", "low", "stirred"]:
        """Its list: pleasant, or unpleasant with low or with high energy."""
        if self.pleasant > 0:
            return "pleasant"
        return "stirred" if self.energy > 0 else "low"


EMOTIONS: tuple[Emotion, ...] = read_entries("emotions.toml", "emotion", Emotion)
_BY_SLUG = {found.slug: found for found in EMOTIONS}


def emotion(slug: str) -> Emotion:
    """Return the feeling with this slug.

    Raises:
        KeyError: it is not one of the words.
    """
    return _BY_SLUG[slug]
