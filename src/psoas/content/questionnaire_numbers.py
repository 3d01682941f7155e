"""What the numbers of a questionnaire mean: bands, sub-scales, changes, errors and norms."""

from dataclasses import dataclass
from typing import Literal

from psoas.content.language import gettext

Meaning = Literal["important", "much better", "perhaps important", "real beyond error", "note"]


@dataclass(frozen=True)
class Band:
    """A stretch of scores that has a name.

    Attributes:
        low: its lowest score; the band above begins at its own `low`.
        high: its highest score, as it is written about.
        slug: its key.
        label: its name.
        meaning: one plain sentence for whoever answered.
        sources: where its edges were found.
        ck: common clinical knowledge or one secondary page.
    """

    low: float
    high: float
    slug: str
    label: str
    meaning: str = ""
    sources: tuple[str, ...] = ()
    ck: bool = False

    @property
    def said(self) -> str:
        """The name in the reader's language."""
        return gettext(self.label)

    @property
    def meaning_label(self) -> str:
        """The sentence in the reader's language."""
        return gettext(self.meaning) if self.meaning else ""


@dataclass(frozen=True)
class Part:
    """A sub-scale: some of the items, with a score of their own.

    Attributes:
        slug: its key.
        name: its name.
        items: numbers of its items.
        needs: so many of them must be answered for a score.
    """

    slug: str
    name: str
    items: tuple[int, ...]
    needs: int

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)


@dataclass(frozen=True)
class Change:
    """A change that was found to mean something.

    Attributes:
        kind: "absolute" points, "percent" of the score before, "both" or "either" of them.
        meaning: what a change of that size means; "note" is told and decides nothing.
        amount: points, without sign.
        percent: percent of the score before, without sign.
        way: for the better, for the worse, or both.
        part: the sub-scale it is about; empty for the score.
        low: only from this score before on.
        high: only up to this score before; 0 for no upper limit.
        condition: in whom, or how, it was found, as a sentence.
        sources: where.
        ck: common clinical knowledge or one secondary page.
    """

    kind: Literal["absolute", "percent", "both", "either"]
    meaning: Meaning
    amount: float = 0.0
    percent: float = 0.0
    way: Literal["better", "worse", "both"] = "both"
    part: str = ""
    low: float = 0.0
    high: float = 0.0
    condition: str = ""
    sources: tuple[str, ...] = ()
    ck: bool = False

    def __post_init__(self) -> None:
        """Refuse a change without the size its kind speaks of.

        Raises:
            ValueError: `amount` or `percent` is missing, or is there and not used.
        """
        if (self.kind != "percent") != (self.amount > 0):
            raise ValueError("amount belongs to every kind but percent")
        if (self.kind != "absolute") != (self.percent > 0):
            raise ValueError("percent belongs to every kind but absolute")

    @property
    def condition_label(self) -> str:
        """The condition in the reader's language."""
        return gettext(self.condition) if self.condition else ""


@dataclass(frozen=True)
class MeasurementError:
    """How far two scores lie apart though nothing changed.

    Attributes:
        kind: how it was worked out, as it is called: "MDC90", "SDC", "reliable change".
        low: smallest value found, in points.
        high: largest value found; the same as `low` where there is one.
        applies: a sub-scale's slug, "single" or "average"; empty for the score.
        condition: in whom, or how, it was found, as a sentence.
        sources: where.
        ck: common clinical knowledge or one secondary page.
    """

    kind: str
    low: float
    high: float
    applies: str = ""
    condition: str = ""
    sources: tuple[str, ...] = ()
    ck: bool = False

    @property
    def condition_label(self) -> str:
        """The condition in the reader's language."""
        return gettext(self.condition) if self.condition else ""


@dataclass(frozen=True)
class Norm:
    """What others of an age reach, or a value from a textbook.

    Attributes:
        kind: "more than" and "fewer than" are limits beyond which it is below average; "typical"
            is a mean.
        value: the limit or the mean.
        item: ending of the slug of the items it is about, such as "flexion"; empty for the score.
        who: in whom, where age and sex do not say it.
        low_age: in years, from.
        high_age: in years, up to and including; 0 where no age is given.
        sex: "female", "male" or empty for both.
        spread: standard deviation; 0 where none was given.
        sources: where.
        ck: common clinical knowledge or one secondary page.
    """

    kind: Literal["more than", "fewer than", "typical"]
    value: float
    item: str = ""
    who: str = ""
    low_age: int = 0
    high_age: int = 0
    sex: Literal["", "female", "male"] = ""
    spread: float = 0.0
    sources: tuple[str, ...] = ()
    ck: bool = False

    @property
    def who_label(self) -> str:
        """In whom, in the reader's language."""
        return gettext(self.who) if self.who else ""
