"""What the pain got in the way of, in the words of the day entry."""

from dataclasses import dataclass

from psoas.content.language import gettext
from psoas.content.reader import read_entries


@dataclass(frozen=True)
class Hindered:
    """One offered answer to "what did it get in the way of?"."""

    slug: str
    name: str

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)


HINDERED: tuple[Hindered, ...] = read_entries("hindered.toml", "hindered", Hindered)
_BY_SLUG = {found.slug: found for found in HINDERED}


def hindered(slug: str) -> Hindered:
    """Return the entry with this slug.

    Raises:
        KeyError: nothing offered has it.
    """
    return _BY_SLUG[slug]
