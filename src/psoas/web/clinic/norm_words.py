"""What a measurement is compared with, in words, each with where it is from."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from psoas.content.questionnaire import Norm
from psoas.web.clinic.numbers import shown

# Those found for adults are of 20 to 60; all others are of children or of older people.
_OLDER = 60
_SEXES = {"female": gettext_lazy("female"), "male": gettext_lazy("male")}


@dataclass(frozen=True)
class Compared:
    """One line to compare with. ``ck``: from textbooks, without a source."""

    said: str
    sources: tuple[str, ...]
    ck: bool


def compared(norms: tuple[Norm, ...]) -> list[Compared]:
    """What is not there, what has a source, and last what stands in textbooks alone."""
    lines = [Compared(_said(each), each.sources, each.ck) for each in norms]
    found = sorted(lines, key=lambda each: each.ck)
    if norms and not any(_of_ordinary_adults(each) for each in norms):
        said = _("psoas has no values of ordinary adults under 60 to compare with here.")
        return [Compared(said, (), ck=False), *found]
    return found


def _of_ordinary_adults(norm: Norm) -> bool:
    return not norm.ck and norm.low_age < _OLDER <= norm.high_age


def _said(norm: Norm) -> str:
    value = shown(norm.value)
    if norm.kind == "more than":
        told = _("below average above %(value)s") % {"value": value}
    elif norm.kind == "fewer than":
        told = _("below average under %(value)s") % {"value": value}
    elif norm.spread:
        told = _("%(value)s, give or take %(spread)s") % {
            "value": value,
            "spread": shown(norm.spread),
        }
    else:
        told = value
    whom = _whom(norm)
    return f"{whom}: {told}" if whom else told


def _whom(norm: Norm) -> str:
    parts = [norm.who_label] if norm.who else []
    if norm.sex and norm.high_age:
        parts.append(str(_SEXES[norm.sex]))
    if norm.high_age and not norm.who:
        ages = {"low": norm.low_age, "high": norm.high_age}
        parts.append(_("%(low)s to %(high)s years") % ages)
    return ", ".join(parts)
