"""A change of a score in plain words, with what it rests on."""

from dataclasses import dataclass

from psoas.content.language import gettext as _
from psoas.scales.answers import shown
from psoas.scales.rounding import half_up


@dataclass(frozen=True)
class Weighed:
    """What a sentence about a change needs to know.

    Attributes:
        old: the score before.
        new: the score after.
        way: "better" or "worse".
        words: as in `psoas.scales.change.Change`.
        meanings: likewise.
        beyond: likewise, `beyond_error`.
        known: whether any size or error is known to hold it against.
        ck: whether what it means is common clinical knowledge alone.
        band: the band it lies in now, in the reader's language, if it is another one.
    """

    old: float
    new: float
    way: str
    words: str
    meanings: tuple[str, ...]
    beyond: bool | None
    known: bool
    ck: bool
    band: str


def sentence(weighed: Weighed | None) -> str:
    """Return the change in plain words; for None, that there is nothing to compare."""
    if weighed is None:
        return _("There are not two numbers to compare.")
    said = [_from_to(weighed)]
    if weighed.old != weighed.new:
        said += [_meaning(weighed), _error(weighed)]
    if weighed.band:
        said.append(_("It is now in the range “{band}”.").format(band=weighed.band))
    # Each remark stands on numbers of many people: for one of them a single number is one sign.
    said.append(_("It is one number, to be read with others."))
    return " ".join(part for part in said if part)


def _from_to(weighed: Weighed) -> str:
    old, new = shown(half_up(weighed.old)), shown(half_up(weighed.new))
    if weighed.old == weighed.new:
        return _("It stayed at {new}.").format(new=new)
    if old == new:
        return _("It hardly moved and stayed near {new}.").format(new=new)
    better = weighed.way == "better"
    said = (
        _("It went from {old} to {new}, for the better.")
        if better
        else _("It went from {old} to {new}, for the worse.")
    )
    return said.format(old=old, new=new)


def _meaning(weighed: Weighed) -> str:
    if not weighed.known:
        return _("How much of a change would mean something is not known here.")
    if "much better" in weighed.meanings:
        return _("People who changed as much called it much better.")
    if "important" in weighed.meanings and weighed.ck:
        return _("That is commonly taken as a change that matters; no source was found for it.")
    if "important" in weighed.meanings:
        return _("People who changed as much called it a change that matters.")
    if "perhaps important" in weighed.meanings:
        return _("It reaches the lower of the values that were found to matter, and not the upper.")
    if weighed.words == "worse":
        return _("That is enough to take notice.")
    if weighed.words == "no change that means something":
        return _("That is less than was found to mean something.")
    return ""


def _error(weighed: Weighed) -> str:
    if weighed.beyond is True:
        return _("It is more than measuring alone can make.")
    if weighed.beyond is False:
        return _("Measuring twice can differ by as much though nothing changed.")
    return ""
