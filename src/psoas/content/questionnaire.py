"""What a questionnaire, or a test with a number as its result, is made of."""

from dataclasses import dataclass
from typing import Literal

from psoas.content.language import gettext
from psoas.content.questionnaire_numbers import Band as Band
from psoas.content.questionnaire_numbers import Change as Change
from psoas.content.questionnaire_numbers import Meaning as Meaning
from psoas.content.questionnaire_numbers import MeasurementError as MeasurementError
from psoas.content.questionnaire_numbers import Norm as Norm
from psoas.content.questionnaire_numbers import Part as Part

LicenceKind = Literal["free", "public domain", "own wording", "restricted"]
ItemKind = Literal["choice", "number", "yes-no", "text", "degrees", "seconds", "count"]
Scorer = Literal[
    "single",
    "sum",
    "mean",
    "mean-of-answered",
    "sub-scales",
    "sub-scales-with-summary",
    "phq-2",
    "phq-9",
    "gad-2",
    "gad-7",
    "pc-ptsd-5",
    "pcl-5",
    "asq",
    "hoos-ps",
    "five-sit-to-stand",
    "chair-stand-30",
    "hip-range",
]
Direction = Literal["higher is better", "higher is worse", "none"]

MISSING = "-"
"""What stands for an answer or a score that is not there, in examples and on the command line."""


@dataclass(frozen=True)
class Licence:
    """Whose words these are, and what may be done with them.

    Attributes:
        kind: "restricted" ones come without words, and off until the owner states a licence.
        notice: the sentence to show wherever it is answered.
        source: where that was found.
        ck: common clinical knowledge or one secondary page; the owner confirms it.
    """

    kind: LicenceKind
    notice: str
    source: str
    ck: bool = False

    @property
    def notice_label(self) -> str:
        """The notice in the reader's language."""
        return gettext(self.notice)


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen, and the number it counts as."""

    value: float
    label: str = ""

    @property
    def said(self) -> str:
        """The label in the reader's language."""
        return gettext(self.label) if self.label else ""


@dataclass(frozen=True)
class Item:
    """One thing that is asked, or measured.

    Attributes:
        number: its place, from 1.
        slug: its key inside the questionnaire.
        kind: how it is answered. "yes-no" counts 1 and 0, "text" counts nothing.
        ask: the words, empty where no words may travel with psoas.
        hint: a line under the words.
        options: of a "choice".
        low: smallest number that is taken.
        high: largest number that is taken.
        step: 1 for whole numbers, 0.1 for tenths, 0 for any.
        unit: what the number is in, as it stands behind it.
        required: without it there may be no score; the rule of the scorer decides.
        scored: False where it is asked and told, and not counted.
        reverse: counted from the other end (`low` + `high` − answer).
        ends: what the lowest and the highest number mean.
        side: the side of the body it is measured on; empty where it has none.
        named_by: the number of the "text" item whose answer this one is about; 0 where none.
    """

    number: int
    slug: str
    kind: ItemKind
    ask: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    low: float = 0.0
    high: float = 0.0
    step: float = 1.0
    unit: str = ""
    required: bool = True
    scored: bool = True
    reverse: bool = False
    ends: tuple[str, ...] = ()
    side: Literal["", "left", "right"] = ""
    named_by: int = 0

    def __post_init__(self) -> None:
        """Refuse an item that nobody could answer.

        Raises:
            ValueError: options, limits or ends do not fit the kind.
        """
        if (self.kind == "choice") != bool(self.options):
            raise ValueError("options belong to a choice, and a choice has options")
        if self.kind in ("number", "degrees", "seconds", "count") and self.low >= self.high:
            raise ValueError("low must be below high")
        if len(self.ends) not in (0, 2):
            raise ValueError("ends holds what the lowest and what the highest number mean")

    @property
    def label(self) -> str:
        """The words in the reader's language; a number where there are none."""
        return gettext(self.ask) if self.ask else gettext("Item {n}").format(n=self.number)

    @property
    def hint_label(self) -> str:
        """The line under the words in the reader's language."""
        return gettext(self.hint) if self.hint else ""

    @property
    def unit_label(self) -> str:
        """The unit in the reader's language."""
        return gettext(self.unit) if self.unit else ""

    @property
    def end_labels(self) -> tuple[str, ...]:
        """What the ends mean, in the reader's language."""
        return tuple(gettext(end) for end in self.ends)

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are taken."""
        return self.step == 1.0 or self.kind in ("choice", "yes-no")

    @property
    def range(self) -> tuple[float, float]:
        """The smallest and the largest number that is taken."""
        if self.kind == "choice":
            values = [option.value for option in self.options]
            return min(values), max(values)
        return (0.0, 1.0) if self.kind == "yes-no" else (self.low, self.high)


@dataclass(frozen=True)
class Example:
    """Worked out by hand; a test works every one of them out again.

    Attributes:
        answers: as they are typed after ``psoas score``, a dash for a missing one.
        score: with one decimal at most, or a dash.
        band: slug of the band; empty for none.
        steps: what follows.
        missing: places of the missing answers, from 1.
        parts: sub-scales as "pain 55.0" or "pain -".
        note: words that the note holds.
    """

    answers: str
    score: str
    band: str = ""
    steps: tuple[str, ...] = ()
    missing: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Questionnaire:
    """One questionnaire, or one test with a number as its result.

    Attributes:
        slug: its key, and the name of its file.
        version: goes up with every change of words or rules.
        name: as it is known.
        short: a neutral name for lists that others may see.
        about: what it asks, in one sentence.
        why: why it is asked here.
        language: of the words of the items.
        licence: whose words.
        items: in their order.
        scorer: the rule in ``psoas.scales.scoring``, by its name.
        scored_by: who gives the answers.
        direction: whether more is better.
        sources: readable citations.
        recall: the words in front of the items.
        note: said wherever it is answered or told, such as what was abridged.
        bands: from the lowest up.
        parts: sub-scales.
        changes: what change means something.
        errors: how exact it is.
        norms: what others reach.
        ck: some of it has no source but common clinical knowledge.
        examples: worked out by hand.
        history: one line a version.
    """

    slug: str
    version: int
    name: str
    short: str
    about: str
    why: str
    language: str
    licence: Licence
    items: tuple[Item, ...]
    scorer: Scorer
    scored_by: Literal["person", "clinician"]
    direction: Direction
    sources: tuple[str, ...]
    recall: str = ""
    note: str = ""
    bands: tuple[Band, ...] = ()
    parts: tuple[Part, ...] = ()
    changes: tuple[Change, ...] = ()
    errors: tuple[MeasurementError, ...] = ()
    norms: tuple[Norm, ...] = ()
    ck: bool = False
    examples: tuple[Example, ...] = ()
    history: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what its own items cannot carry.

        Raises:
            ValueError: no item, a slug twice, words missing, a part of items that are not there,
                bands not in their order, or a change of a part that is not there.
        """
        if not self.items:
            raise ValueError("items holds nothing")
        if len({item.slug for item in self.items}) < len(self.items):
            raise ValueError("two items have the same slug")
        self._refuse_without_words()
        if self.version < 1:
            raise ValueError("version must be 1 or more")
        for part in self.parts:
            if not set(part.items) <= {item.number for item in self.items}:
                raise ValueError(f"part {part.slug} counts an item that is not there")
            if not 0 < part.needs <= len(part.items):
                raise ValueError(f"part {part.slug} needs more items than it has, or none")
        if any(one.low > two.low for one, two in zip(self.bands, self.bands[1:], strict=False)):
            raise ValueError("bands go from the lowest up")
        known = {"", *(part.slug for part in self.parts)}
        if unknown := {change.part for change in self.changes} - known:
            raise ValueError(f"no part is called {min(unknown)}")

    def _refuse_without_words(self) -> None:
        if self.restricted:
            return
        if not self.has_words:
            raise ValueError("only a restricted questionnaire comes without words")
        if not all(option.label for item in self.items for option in item.options):
            raise ValueError("an option has no label")

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)

    @property
    def short_label(self) -> str:
        """The neutral name in the reader's language."""
        return gettext(self.short)

    @property
    def about_label(self) -> str:
        """What it asks, in the reader's language."""
        return gettext(self.about)

    @property
    def why_label(self) -> str:
        """Why it is asked, in the reader's language."""
        return gettext(self.why)

    @property
    def recall_label(self) -> str:
        """The words in front of the items, in the reader's language."""
        return gettext(self.recall) if self.recall else ""

    @property
    def note_label(self) -> str:
        """The note in the reader's language."""
        return gettext(self.note) if self.note else ""

    @property
    def restricted(self) -> bool:
        """Whether it stays off until the owner states that the clinic holds a licence."""
        return self.licence.kind == "restricted"

    @property
    def has_words(self) -> bool:
        """Whether its items can be read, so that a person can answer it by themselves."""
        return all(item.ask for item in self.items)

    @property
    def counted(self) -> tuple[Item, ...]:
        """The items whose answers make the score."""
        return tuple(item for item in self.items if item.scored and item.kind != "text")

    @property
    def graded(self) -> bool:
        """Whether the score alone says which band it lies in; else the rule of the scorer does."""
        pairs = zip(self.bands, self.bands[1:], strict=False)
        return bool(self.bands) and all(one.low < two.low for one, two in pairs)

    def band(self, score: float) -> Band | None:
        """Return the band a score lies in; none where there are no bands."""
        below = [band for band in self.bands if band.low <= score]
        return below[-1] if below else None
