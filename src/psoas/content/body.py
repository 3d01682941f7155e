"""The body map: the places that can be tapped, and the outline they lie on.

The whole body and the close-up of the pelvis share one set of units, so whatever is tapped in the
close-up can be shown on the whole body as it is. Only the picture's right half is kept in the file;
the other half is its mirror, so the two sides of a person are always drawn alike.
"""

import re
from dataclasses import dataclass
from itertools import count
from typing import Literal, get_args

from psoas.content.language import gettext
from psoas.content.reader import read_entries

View = Literal["front", "back"]
Frame = Literal["pelvis", "body"]
Side = Literal["left", "right", "middle"]
Kind = Literal["pain", "tension"]
Group = Literal[
    "Groin and front of hip",
    "Side of hip",
    "Buttock and back of pelvis",
    "Low back",
    "Thigh",
    "Knee and below",
    "Elsewhere",
    "Tension",
]

GROUPS: tuple[Group, ...] = get_args(Group)
"""The headings of the list that stands in for the picture, in its order."""


@dataclass(frozen=True)
class Region:
    """One place that can be tapped.

    Attributes:
        slug: what an entry keeps, such as "front-left-groin".
        name: reads naturally inside a sentence, such as "left groin".
        view: seen from the front or from behind.
        frame: drawn in the close-up of the pelvis, or on the whole body.
        side: the person's own side, whichever way the picture faces.
        kind: a place of pain, or a place of tension.
        group: its heading in the list alternative, one of `GROUPS`.
        path: SVG path data (M, c and z alone), in the frame's units.
        anchor: (x, y) inside the path, where the line to its name begins.
    """

    slug: str
    name: str
    view: View
    frame: Frame
    side: Side
    kind: Kind
    group: Group
    path: str
    anchor: tuple[float, float]

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)

    @property
    def group_label(self) -> str:
        """The list heading in the reader's language."""
        return gettext(self.group)


@dataclass(frozen=True)
class Silhouette:
    """The outline behind the regions of one view and frame.

    Attributes:
        view: seen from the front or from behind.
        frame: the close-up of the pelvis, or the whole body.
        view_box: x, y, width, height for the SVG. The close-up is cut off at its upper and lower
            edge and wants to fade there; its outline runs a little past them.
        outline: the body as one closed path.
        details: thin open lines over it (navel, fingers, toes), decoration only.
        door: on the whole body, the area that opens the close-up; empty in the close-up.
    """

    view: View
    frame: Frame
    view_box: tuple[int, int, int, int]
    outline: str
    details: tuple[str, ...] = ()
    door: str = ""

    @property
    def view_box_text(self) -> str:
        """The view box as the SVG attribute wants it."""
        return " ".join(str(number) for number in self.view_box)

    @property
    def door_label(self) -> str:
        """The name of the door in the reader's language."""
        return gettext("hip and pelvis")


@dataclass(frozen=True)
class _Place:
    """One entry of places.toml: a middle place, or a left and a right one."""

    slug: str
    names: tuple[str, ...]
    view: View
    frame: Frame
    kind: Kind
    group: Group
    anchor: tuple[float, float]
    path: str

    def __post_init__(self) -> None:
        if len(self.names) not in (1, 2):
            raise ValueError("names holds one name, or the left and the right one")
        if not self.slug.startswith(f"{self.view}-"):
            raise ValueError(f"the slug begins with {self.view}-")
        if re.search(r"[^Mcz0-9 .-]", self.path):
            raise ValueError("path may hold M, c and z alone")


def mirrored(path: str) -> str:
    """Return path data reflected in the vertical axis x = 0.

    Args:
        path: SVG path data of M, c and z, so that its numbers come in pairs of x and y.
    """
    place = count()

    def turn(found: re.Match[str]) -> str:
        number = found.group()
        if next(place) % 2 or number == "0":
            return number
        return number.removeprefix("-") if number.startswith("-") else f"-{number}"

    return re.sub(r"-?[0-9.]+", turn, path)


def _regions_of(place: _Place) -> tuple[Region, ...]:
    """Turn one entry into the regions it stands for: left first, as the names are."""
    if len(place.names) == 1:
        return (_region(place, place.names[0], "middle", place.slug, mirror=False),)
    # From the front the person faces you: the picture's right is their left.
    drawn: Side = "left" if place.view == "front" else "right"
    sides: tuple[Side, Side] = ("left", "right")
    rest = place.slug.removeprefix(f"{place.view}-")
    return tuple(
        _region(place, name, side, f"{place.view}-{side}-{rest}", mirror=side != drawn)
        for side, name in zip(sides, place.names, strict=True)
    )


def _region(place: _Place, name: str, side: Side, slug: str, *, mirror: bool) -> Region:
    x, y = place.anchor
    return Region(
        slug=slug,
        name=name,
        view=place.view,
        frame=place.frame,
        side=side,
        kind=place.kind,
        group=place.group,
        path=mirrored(place.path) if mirror else place.path,
        anchor=(-x, y) if mirror else (x, y),
    )


REGIONS: tuple[Region, ...] = tuple(
    region
    for place in read_entries("places.toml", "place", _Place)
    for region in _regions_of(place)
)
SILHOUETTES: tuple[Silhouette, ...] = read_entries("silhouettes.toml", "silhouette", Silhouette)
_BY_SLUG = {found.slug: found for found in REGIONS}


def region(slug: str) -> Region:
    """Return the region with this slug.

    Raises:
        KeyError: the body map has no such place.
    """
    return _BY_SLUG[slug]


def regions(view: View, frame: Frame) -> tuple[Region, ...]:
    """Return what is drawn in one picture, in the order of the keyboard."""
    return tuple(found for found in REGIONS if (found.view, found.frame) == (view, frame))


def silhouette(view: View, frame: Frame) -> Silhouette:
    """Return the outline of one picture."""
    return next(found for found in SILHOUETTES if (found.view, found.frame) == (view, frame))


def grouped() -> tuple[tuple[str, tuple[Region, ...]], ...]:
    """Return the list that stands in for the picture: (heading in the reader's language, regions).

    Every region is in exactly one group; both views of a group stand together.
    """
    return tuple(
        (gettext(group), tuple(found for found in REGIONS if found.group == group))
        for group in GROUPS
    )
