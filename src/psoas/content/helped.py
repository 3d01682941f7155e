"""What the person says helped. A reply to pain, so never analysed against the same day."""

from dataclasses import dataclass

from psoas.content.language import gettext
from psoas.content.reader import read_entries


@dataclass(frozen=True)
class Helped:
    """One offered answer to "what helped?"."""

    slug: str
    name: str

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)


HELPED: tuple[Helped, ...] = read_entries("helped.toml", "helped", Helped)
_BY_SLUG = {found.slug: found for found in HELPED}


def helped(slug: str) -> Helped:
    """Return the entry with this slug.

    Raises:
        KeyError: nothing offered has it.
    """
    return _BY_SLUG[slug]
