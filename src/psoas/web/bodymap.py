"""The body map as templates draw it: four pictures, and the list that stands in for them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from psoas.content.body import (
    SILHOUETTES,
    Frame,
    Region,
    Silhouette,
    View,
    grouped,
    region,
    regions,
)


@dataclass(frozen=True)
class Picture:
    """One view of the body with the places that can be tapped in it."""

    silhouette: Silhouette
    regions: tuple[Region, ...]
    label: str

    @property
    def is_close(self) -> bool:
        return self.silhouette.frame == "pelvis"

    @property
    def sides(self) -> tuple[str, str]:
        """What stands at the picture's left and right edge, as the person sees themselves."""
        sides = (_("Your right"), _("Your left"))
        return sides if self.silhouette.view == "front" else (sides[1], sides[0])


def views_of_the_body() -> tuple[Picture, ...]:
    labels: dict[tuple[View, Frame], str] = {
        ("front", "pelvis"): _("Hips and pelvis from the front"),
        ("back", "pelvis"): _("Hips and pelvis from behind"),
        ("front", "body"): _("Whole body from the front"),
        ("back", "body"): _("Whole body from behind"),
    }
    return tuple(
        Picture(each, regions(each.view, each.frame), labels[each.view, each.frame])
        for each in SILHOUETTES
    )


def list_of_places() -> tuple[tuple[str, tuple[Region, ...]], ...]:
    return grouped()


def place_name(slug: str) -> str | None:
    """A place inside a sentence; tension says so itself. None where the map has no such place."""
    try:
        found = region(slug)
    except KeyError:
        return None
    return (
        _("tension in the %(place)s") % {"place": found.label} if is_tension(found) else found.label
    )


def is_tension(found: Region) -> bool:
    return found.kind == "tension"


def view_of(slugs: list[str]) -> View:
    """The side of the body to open with: where it was last time."""
    for slug in slugs:
        try:
            return region(slug).view
        except KeyError:
            continue
    return "front"
