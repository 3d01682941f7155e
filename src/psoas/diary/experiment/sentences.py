"""What may be said of an experiment, in words."""

from math import ceil, isfinite, log10

from psoas.content.language import gettext as _
from psoas.diary.experiment.analysis import Verdict
from psoas.diary.experiment.early import Early

_MOST_DECIMALS = 12
# What is this much smaller than its neighbours is rounding, and no difference.
_ROUNDING = 1e-9
# Half a step of the one decimal that pain is said with: less is rounded away.
_NO_TENTH = 0.05


def verdict_sentence(
    verdict: Verdict | Early,
    *,
    outcome: str | None = None,
    practice: str | None = None,
    against: str | None = None,
    after_colon: bool = False,
) -> str:
    """Say what an experiment showed.

    Args:
        verdict: At the planned end, or from an early look.
        outcome: What was measured, as it is said in a sentence; None for pain.
        practice: What was done on the days with it, such as "Evening stretch"; None: "It".
        against: The other practice, where two were compared.
        after_colon: It goes on from other words, and so begins with no capital of its own.
    """
    if not verdict.found:
        said = _nothing(verdict, outcome, practice, against)
        return said[:1].lower() + said[1:] if after_colon else said
    if outcome is None:
        line = _pain(verdict.estimate < 0, practice, against)
    else:
        line = _other(verdict.estimate < 0, practice, against)
    size, between = _amount(verdict) if outcome is not None else _points(verdict)
    found = line.format(
        outcome=outcome, practice=practice, against=against, size=size, range=between
    )
    if not after_colon:
        found = found[:1].upper() + found[1:]
    elif not line.startswith("{practice}"):
        found = found[:1].lower() + found[1:]
    # Nobody hopes for more pain; of other numbers only their owner knows which way is better.
    if outcome is None and verdict.estimate < 0:
        return found + " " + _("You knew which days were which, so hope may be part of it.")
    return found + " " + _("You knew which days were which, so expectation may be part of it.")


def _amount(verdict: Verdict | Early) -> tuple[str, str]:
    """Return the size, and the range to put after it; none where every day agrees."""
    size, (least, most) = abs(verdict.estimate), sorted((abs(verdict.low), abs(verdict.high)))
    if most - least <= _ROUNDING * most:
        return _("exactly {size}").format(size=f"{size:.6g}"), ""
    said = spoken(size, least, most, width=most - least)
    return said[0], " " + _("({least} to {most})").format(least=said[1], most=said[2])


def _points(verdict: Verdict | Early) -> tuple[str, str]:
    """Return the size and the range of a difference in pain, which is said with one decimal."""
    size, (least, most) = abs(verdict.estimate), sorted((abs(verdict.low), abs(verdict.high)))
    if most - least <= _ROUNDING * most:
        same = abs(size - round(size, 1)) <= _ROUNDING * size
        return (_("exactly {size}").format(size=f"{size:.6g}") if same else _tenths(size)), ""
    return _tenths(size), " " + _("({least} to {most})").format(
        least=_tenths(least), most=_tenths(most)
    )


def _tenths(value: float) -> str:
    # A small number is never said as zero.
    if value < _NO_TENTH:
        return _("less than {tenth}").format(tenth="0.1")
    return f"{value:.1f}"


def _pain(lower: bool, practice: str | None, against: str | None) -> str:
    if practice is None:
        return (
            _("It lowered your pain by {size}{range}.")
            if lower
            else _("It raised your pain by {size}{range}.")
        )
    if against is None:
        return (
            _("{practice} lowered your pain by {size}{range}.")
            if lower
            else _("{practice} raised your pain by {size}{range}.")
        )
    return (
        _("{practice} lowered your pain by {size}{range} compared with {against}.")
        if lower
        else _("{practice} raised your pain by {size}{range} compared with {against}.")
    )


def _other(lower: bool, practice: str | None, against: str | None) -> str:
    if practice is None:
        return (
            _("On the days with it, {outcome} was {size} lower{range}.")
            if lower
            else _("On the days with it, {outcome} was {size} higher{range}.")
        )
    if against is None:
        return (
            _("On days with {practice}, {outcome} was {size} lower{range}.")
            if lower
            else _("On days with {practice}, {outcome} was {size} higher{range}.")
        )
    return (
        _("On days with {practice}, {outcome} was {size} lower{range} than on days with {against}.")
        if lower
        else _(
            "On days with {practice}, {outcome} was {size} higher{range} "
            "than on days with {against}."
        )
    )


def _nothing(
    verdict: Verdict | Early, outcome: str | None, practice: str | None, against: str | None
) -> str:
    if not (isfinite(verdict.low) and isfinite(verdict.high)):
        return _("No effect was found, and the days are too few to say how large one could be.")
    below, above = max(-verdict.low, 0.0), max(verdict.high, 0.0)
    most = max(below, above)
    if outcome is None:
        lower, higher, hidden = _tenths(below), _tenths(above), f"{max(most, 0.1):.1f}"
        size = f"{abs(verdict.estimate):.1f}"
    else:
        lower, higher, hidden = spoken(below, above, most)
        size = f"{abs(verdict.estimate):.{decimals(below, above, most)}f}"
    if practice is None:
        line = _(
            "No effect was found: on the days with it, {outcome} was {estimate} (between {lower} "
            "lower and {higher} higher)."
        )
    elif against is None:
        line = _(
            "No effect was found: on days with {practice}, {outcome} was {estimate} (between "
            "{lower} lower and {higher} higher)."
        )
    else:
        line = _(
            "No effect was found: on days with {practice}, compared with days with {against}, "
            "{outcome} was {estimate} (between {lower} lower and {higher} higher)."
        )
    said = line.format(
        outcome=_("your pain") if outcome is None else outcome,
        practice=practice,
        against=against,
        estimate=_middle(size, lower=verdict.estimate < 0),
        lower=lower,
        higher=higher,
    )
    return said + " " + _("An effect of up to {size} could still hide.").format(size=hidden)


def _middle(size: str, *, lower: bool) -> str:
    """Say an estimate whose digits are ``size``; what they round to nothing is about the same."""
    if not float(size):
        return _("about the same")
    line = _("{size} lower") if lower else _("{size} higher")
    return line.format(size=size)


def spoken(*values: float, width: float = 0.0) -> tuple[str, ...]:
    """Say numbers of one sentence with the same decimals (see :func:`decimals`).

    Args:
        values: Not below 0.
        width: As for :func:`decimals`.

    Example:
        >>> spoken(0.84, 0.2, 1.4), spoken(0.04, 0.01, 0.07)
        (('0.8', '0.2', '1.4'), ('0.04', '0.01', '0.07'))
    """
    shown = decimals(*values, width=width)
    return tuple(f"{value:.{shown}f}" for value in values)


def decimals(*values: float, width: float = 0.0, usual: int = 1) -> int:
    """Return how many decimals numbers need that are read together.

    Args:
        values: Not below 0.
        width: What lies between the ends of an interval; at least three steps of the last digit
            are kept in it. 0 where there is none.
        usual: Decimals that are shown without a reason for more, or for none.
    """
    largest = max(values)
    needed = [value for value in values if value > _ROUNDING * largest]
    if not needed:
        return usual
    step = 2 * min(needed)
    if width > _ROUNDING * largest:
        step = min(step, width / 3)
    shown = ceil(-log10(step) - _ROUNDING)
    return min(max(shown, 0 if min(needed) >= 100 else usual), _MOST_DECIMALS)
