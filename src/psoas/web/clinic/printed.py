"""A form as it stands on paper: in which order, and what each field is called there.

Who types forty numbers in from paper must not have to know that psoas keeps them in another order.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from psoas.content.questionnaire import Item, Part, Questionnaire

# Printed forms whose parts stand in another order than the items here, and how they begin.
_PARTS = {"hoos": ("symptoms", "pain", "adl", "sport", "qol")}
_BEGINS = {"hoos": gettext_lazy("The printed HOOS begins with symptoms, and so do the fields.")}
_MOVEMENTS = {
    "flexion": gettext_lazy("Flexion"),
    "extension": gettext_lazy("Extension"),
    "abduction": gettext_lazy("Abduction"),
    "adduction": gettext_lazy("Adduction"),
    "internal-rotation": gettext_lazy("Internal rotation"),
    "external-rotation": gettext_lazy("External rotation"),
}
_SIDES = {"left": gettext_lazy("left"), "right": gettext_lazy("right")}


@dataclass(frozen=True)
class Place:
    """Where an item stands on paper: its part, its number in that part, its place in the form."""

    item: Item
    part: Part | None
    number: int
    place: int

    @property
    def code(self) -> str:
        """As forms with parts print it in front of the item."""
        return self.item.slug.upper()

    @property
    def opens(self) -> bool:
        """Whether a part begins here."""
        return self.part is not None and self.number == 1

    @property
    def name(self) -> str:
        """What it is called on the form, and in a sentence about it."""
        if self.part is not None:
            named = {"part": self.part.label, "number": self.number, "code": self.code}
            return _("%(part)s %(number)s (%(code)s)") % named
        if self.item.side:
            return _("%(movement)s, %(side)s") % {
                "movement": without_side(self.item),
                "side": _SIDES[self.item.side],
            }
        return self.item.label if not self.item.ask else ""


def printed(questionnaire: Questionnaire) -> tuple[Place, ...]:
    """The items in the order of the printed form, each with its place there."""
    parts = _parts(questionnaire)
    if not parts:
        return tuple(
            Place(item, None, item.number, place)
            for place, item in enumerate(questionnaire.items, 1)
        )
    items = {item.number: item for item in questionnaire.items}
    inside = [(part, n, number) for part in parts for n, number in enumerate(part.items, 1)]
    return tuple(
        Place(items[number], part, n, place) for place, (part, n, number) in enumerate(inside, 1)
    )


def names(questionnaire: Questionnaire) -> dict[int, str]:
    """By the number of the item: what it is called, where it is called anything of its own."""
    return {each.item.number: each.name for each in printed(questionnaire) if each.name}


def order_said(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Sentences on the order of the fields, for whoever holds the paper."""
    if not questionnaire.restricted:
        return ()
    places = printed(questionnaire)
    if not any(each.part for each in places):
        last = {"last": len(places)}
        return (_("The fields are in the order of the items, 1 to %(last)s.") % last,)
    order = ", ".join(
        _("%(part)s (%(first)s to %(last)s)") % _ends(part, places)
        for part in _parts(questionnaire)
    )
    said = [_("The fields are in this order: %(order)s.") % {"order": order}]
    if questionnaire.slug in _BEGINS:
        said.append(str(_BEGINS[questionnaire.slug]))
    said.append(
        _("Go by part and number, not by place: an answer in the wrong part gives a wrong score.")
    )
    return tuple(said)


def _ends(part: Part, places: tuple[Place, ...]) -> dict[str, str]:
    codes = [each.code for each in places if each.part == part]
    return {"part": part.label, "first": codes[0], "last": codes[-1]}


def _parts(questionnaire: Questionnaire) -> tuple[Part, ...]:
    """The parts in their printed order; none where they do not hold each item once."""
    inside = sorted(number for part in questionnaire.parts for number in part.items)
    if not questionnaire.restricted or inside != [item.number for item in questionnaire.items]:
        return ()
    by_slug = {part.slug: part for part in questionnaire.parts}
    order = _PARTS.get(questionnaire.slug, ())
    # A clinic's own file may part it otherwise.
    return (
        tuple(by_slug[slug] for slug in order)
        if set(order) == set(by_slug)
        else questionnaire.parts
    )


def without_side(item: Item) -> str:
    """The name of what is measured: “Left hip: flexion” stands in the row of flexion."""
    return str(_MOVEMENTS.get(ending(item), item.label))


def ending(item: Item) -> str:
    """What is measured, without the side: “flexion” of “left-flexion”."""
    return item.slug.removeprefix(f"{item.side}-")
