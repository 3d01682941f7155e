"""Starred suspects: a few triggers named beforehand, which are a family of their own."""

from collections.abc import Sequence
from datetime import date, timedelta

from psoas.content.language import gettext as _
from psoas.diary.answers.answer import Star

MOST_STARS = 5
# A star of the first week was set before any picture could have suggested it.
FIRST_WEEK = 7
_NAMED = 20


class StarsRefused(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """Stars that cannot be taken; its text is the sentence to show."""


def check_stars(stars: Sequence[Star], triggers: Sequence[str]) -> tuple[Star, ...]:
    """Return the stars, each trigger once (the earliest star of a trigger counts).

    Args:
        stars: As they were set.
        triggers: The triggers there are.

    Raises:
        StarsRefused: A trigger is not there, or there are more than five.
    """
    earliest: dict[str, Star] = {}
    for star in stars:
        if star.trigger not in triggers:
            raise StarsRefused(_unknown(star.trigger, triggers))
        known = earliest.get(star.trigger)
        if known is None or (star.since or date.min) < (known.since or date.min):
            earliest[star.trigger] = star
    if len(earliest) > MOST_STARS:
        raise StarsRefused(
            _(
                "{n} starred triggers are too many: choose at most {most}, so that each counts."
            ).format(n=len(earliest), most=MOST_STARS)
        )
    return tuple(earliest.values())


def counts_after(star: Star, first_entry: date) -> date | None:
    """Return the day after which days count for a star; None where all of them do."""
    if star.since is None or star.since < first_entry + timedelta(days=FIRST_WEEK):
        return None
    return star.since


def _unknown(name: str, triggers: Sequence[str]) -> str:
    if not triggers:
        return _("There is no trigger called \u201c{name}\u201d: this diary has none.").format(
            name=name
        )
    named = ", ".join(triggers[:_NAMED])
    if len(triggers) > _NAMED:
        named = _("{names} and {n} more").format(names=named, n=len(triggers) - _NAMED)
    return _("There is no trigger called \u201c{name}\u201d. The triggers are: {names}.").format(
        name=name, names=named
    )
