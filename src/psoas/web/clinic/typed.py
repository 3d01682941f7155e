"""A questionnaire as a form to type into: one field an item, left and right side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from psoas.content.questionnaire import Item, Questionnaire
from psoas.web.clinic.norm_words import Compared, compared
from psoas.web.clinic.printed import Place, ending, printed, without_side

# Up to so many answers there are buttons; beyond them a field to type into is quicker.
MOST_BUTTONS = 7


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """One item on the page: where it stands on paper, what was typed, and what is wrong with it."""

    at: Place
    of: int
    name: str
    typed: str
    wrong: str
    choices: tuple[Choice, ...]

    @property
    def item(self) -> Item:
        return self.at.item

    @property
    def called(self) -> str:
        """What stands above it: its words where there are any, and its name on the form."""
        if self.at.part is None:
            return f"{self.item.number}. {self.item.label}" if self.item.ask else self.item.label
        return f"{self.at.name}: {self.item.label}" if self.item.ask else self.at.name

    @property
    def place(self) -> str:
        """Which of all it is, where the fields are numbered anew in each part."""
        if self.at.part is None:
            return ""
        return _("%(place)s of %(all)s") % {"place": self.at.place, "all": self.of}

    @property
    def most(self) -> str:
        """The range that is taken, for the line under the field."""
        low, high = self.item.range
        return f"{low:g}–{high:g}"


@dataclass(frozen=True)
class Pair:
    """The same thing measured on both sides, and what it is compared with."""

    label: str
    left: Field
    right: Field
    norms: list[Compared]

    @property
    def both(self) -> tuple[Field, Field]:
        return self.left, self.right


def name_of(item: Item) -> str:
    return f"item-{item.number}"


def fields(
    questionnaire: Questionnaire, typed: Mapping[str, str], wrong: Mapping[str, str]
) -> list[Field]:
    """The items in the order of the printed form, each under its own number whatever the order."""
    places = printed(questionnaire)
    return [
        Field(at, len(places), name, text, wrong.get(name, ""), _choices(at.item, text))
        for at in places
        for name in [name_of(at.item)]
        for text in [typed.get(name, "")]
    ]


def _choices(item: Item, typed: str) -> tuple[Choice, ...]:
    if item.kind == "yes-no":
        offered = [("1", _("Yes")), ("0", _("No"))]
    elif item.kind == "choice":
        offered = [(_plain(each.value), _said(each.value, each.said)) for each in item.options]
    elif item.kind == "number" and item.whole and item.high - item.low < MOST_BUTTONS:
        offered = [(str(n), str(n)) for n in range(int(item.low), int(item.high) + 1)]
    else:
        return ()
    return tuple(Choice(value, label, value == typed) for value, label in offered)


def _said(value: float, label: str) -> str:
    return f"{_plain(value)} {label}" if label else _plain(value)


def _plain(value: float) -> str:
    return f"{value:g}"


def pairs(questionnaire: Questionnaire, typed: list[Field]) -> list[Pair]:
    """Left and right of each thing measured, in the order of the items."""
    by_ending: dict[str, dict[str, Field]] = {}
    for field in typed:
        if field.item.side:
            by_ending.setdefault(ending(field.item), {})[field.item.side] = field
    return [
        Pair(
            without_side(both["left"].item),
            both["left"],
            both["right"],
            norms_of(questionnaire, name),
        )
        for name, both in by_ending.items()
    ]


def norms_of(questionnaire: Questionnaire, name: str = "") -> list[Compared]:
    return compared(tuple(each for each in questionnaire.norms if each.item == name))
