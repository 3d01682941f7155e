"""What may set the pain off: the words offered in the day entry.

A trigger with ``exposure`` false ("no idea", "flare after exercise") is a remark about the day, not
something that happened to the person before the pain, so no answer ever analyses it.
"""

from dataclasses import dataclass

from psoas.content.language import gettext
from psoas.content.reader import read_entries


@dataclass(frozen=True)
class Trigger:
    """One offered trigger; ``name`` reads naturally inside a sentence."""

    slug: str
    name: str
    group: str
    exposure: bool = True

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)

    @property
    def group_label(self) -> str:
        """The heading it stands under, in the reader's language."""
        return gettext(self.group)


TRIGGERS: tuple[Trigger, ...] = read_entries("triggers.toml", "trigger", Trigger)
_BY_SLUG = {found.slug: found for found in TRIGGERS}


def trigger(slug: str) -> Trigger:
    """Return the trigger with this slug.

    Raises:
        KeyError: no offered trigger has it (a person's own triggers are not content).
    """
    return _BY_SLUG[slug]
