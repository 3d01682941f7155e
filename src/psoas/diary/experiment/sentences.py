"""What may be said of an experiment, in words."""

from math import isfinite

from psoas.content.language import gettext as _
from psoas.diary.experiment.analysis import Verdict
from psoas.diary.experiment.early import Early

_MOST_DECIMALS = 6


def verdict_sentence(
    verdict: Verdict | Early,
    *,
    outcome: str | None = None,
    practice: str | None = None,
    against: str | None = None,
) -> str:
    """Say what an experiment showed.

    Args:
        verdict: At the planned end, or from an early look.
        outcome: What was measured, as it is said in a sentence; None for pain.
        practice: What was done on the days with it, such as "Evening stretch"; None: "It".
        against: The other practice, where two were compared.
    """
    if not verdict.found:
        return _nothing(verdict, outcome, practice, against)
    size, least, most = spoken(
        abs(verdict.estimate),
        *sorted((abs(verdict.low), abs(verdict.high))),
    )
    if outcome is None:
        line = _pain(verdict.estimate < 0, practice, against)
    else:
        line = _other(verdict.estimate < 0, practice, against)
    found = line.format(
        outcome=outcome, practice=practice, against=against, size=size, least=least, most=most
    )
    found = found[:1].upper() + found[1:]
    return found + " " + _("You knew which days were which, so hope may be part of it.")


def _pain(lower: bool, practice: str | None, against: str | None) -> str:
    if practice is None:
        return (
            _("It lowered your pain by {size} ({least} to {most}).")
            if lower
            else _("It raised your pain by {size} ({least} to {most}).")
        )
    if against is None:
        return (
            _("{practice} lowered your pain by {size} ({least} to {most}).")
            if lower
            else _("{practice} raised your pain by {size} ({least} to {most}).")
        )
    return (
        _("{practice} lowered your pain by {size} ({least} to {most}) compared with {against}.")
        if lower
        else _("{practice} raised your pain by {size} ({least} to {most}) compared with {against}.")
    )


def _other(lower: bool, practice: str | None, against: str | None) -> str:
    if practice is None:
        return (
            _("On the days with it, {outcome} was {size} lower ({least} to {most}).")
            if lower
            else _("On the days with it, {outcome} was {size} higher ({least} to {most}).")
        )
    if against is None:
        return (
            _("On days with {practice}, {outcome} was {size} lower ({least} to {most}).")
            if lower
            else _("On days with {practice}, {outcome} was {size} higher ({least} to {most}).")
        )
    return (
        _(
            "On days with {practice}, {outcome} was {size} lower ({least} to {most}) "
            "than on days with {against}."
        )
        if lower
        else _(
            "On days with {practice}, {outcome} was {size} higher ({least} to {most}) "
            "than on days with {against}."
        )
    )


def _nothing(
    verdict: Verdict | Early, outcome: str | None, practice: str | None, against: str | None
) -> str:
    if not (isfinite(verdict.low) and isfinite(verdict.high)):
        return _("No effect was found, and the days are too few to say how large one could be.")
    below, above = max(-verdict.low, 0.0), max(verdict.high, 0.0)
    lower, higher, hidden = spoken(below, above, max(below, above))
    if practice is None:
        line = _(
            "No effect was found: on the days with it, {outcome} was between {lower} lower and "
            "{higher} higher."
        )
    elif against is None:
        line = _(
            "No effect was found: on days with {practice}, {outcome} was between {lower} lower "
            "and {higher} higher."
        )
    else:
        line = _(
            "No effect was found: on days with {practice}, {outcome} was between {lower} lower "
            "and {higher} higher than on days with {against}."
        )
    said = line.format(
        outcome=_("your pain") if outcome is None else outcome,
        practice=practice,
        against=against,
        lower=lower,
        higher=higher,
    )
    return said + " " + _("An effect of up to {size} could still hide.").format(size=hidden)


def spoken(*values: float) -> tuple[str, ...]:
    """Say numbers of one sentence with the same decimals: one, or more where one would say 0.

    Example:
        >>> spoken(0.84, 0.2, 1.4), spoken(0.04, 0.01, 0.07)
        (('0.8', '0.2', '1.4'), ('0.04', '0.01', '0.07'))
    """
    needed = [value for value in values if value != 0]
    decimals = 1
    while decimals < _MOST_DECIMALS and any(
        float(f"{value:.{decimals}f}") == 0 for value in needed
    ):
        decimals += 1
    return tuple(f"{value:.{decimals}f}" for value in values)
