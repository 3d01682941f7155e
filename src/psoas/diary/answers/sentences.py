"""What may be said at each level, in whole sentences.

A sentence depends on nothing but the level, the lag, the trigger's name, whether it is several
columns, its ``top``, and numbers that are rounded first: estimate and interval to tenths
(``tenths``), days to know to the weeks, months or years they are said in; the counts of days
where it is too early; ``found_on`` and ``less_sure`` where a claim stands. So a table of many
answers needs one sentence for each combination that is in it, and the name can be put in last:
it stands in the sentence exactly as it was given.
"""

from psoas.content.language import gettext as _
from psoas.diary.answers.answer import Answer, Lag, Level
from psoas.diary.answers.waiting import spoken_wait
from psoas.diary.spoken import full_day, gettext_noop, spoken_amount, spoken_number, spoken_range

# Pain has ten points: an interval wider than all of them to both sides says nothing.
_POINTS = 10.0
_SMALL = 5

_YES_NO, _NUMBER = False, True
# By level, lag, and whether the trigger is a number. "Causes" is in none of them: what a diary
# shows goes together, or follows, and that is all.
_SAYS: dict[tuple[Level, Lag, bool], str] = {
    (Level.FOUND, Lag.SAME, _YES_NO): gettext_noop(
        "On days with \u201c{name}\u201d, pain was {by}: they go together; we cannot tell which "
        "came first."
    ),
    (Level.FOUND, Lag.SAME, _NUMBER): gettext_noop(
        "On days with \u201c{name}\u201d at {top} rather than {base}, pain was {by}: they go "
        "together; we cannot tell which came first."
    ),
    (Level.FOUND, Lag.NEXT, _YES_NO): gettext_noop(
        "The day after \u201c{name}\u201d, pain was {by}, beyond trend, weekday and carried-over "
        "pain."
    ),
    (Level.FOUND, Lag.NEXT, _NUMBER): gettext_noop(
        "The day after \u201c{name}\u201d at {top} rather than {base}, pain was {by}, beyond "
        "trend, weekday and carried-over pain."
    ),
    (Level.POSSIBLE, Lag.SAME, _YES_NO): gettext_noop(
        "Possible pattern; may be chance. On days with \u201c{name}\u201d, pain was {by}; we "
        "cannot tell which came first. Test it?"
    ),
    (Level.POSSIBLE, Lag.SAME, _NUMBER): gettext_noop(
        "Possible pattern; may be chance. On days with \u201c{name}\u201d at {top} rather than "
        "{base}, pain was {by}; we cannot tell which came first. Test it?"
    ),
    (Level.POSSIBLE, Lag.NEXT, _YES_NO): gettext_noop(
        "Possible pattern; may be chance. The day after \u201c{name}\u201d, pain was {by}. Test it?"
    ),
    (Level.POSSIBLE, Lag.NEXT, _NUMBER): gettext_noop(
        "Possible pattern; may be chance. The day after \u201c{name}\u201d at {top} rather than "
        "{base}, pain was {by}. Test it?"
    ),
    (Level.NO_LARGE_EFFECT, Lag.SAME, _YES_NO): gettext_noop(
        "Probably no large effect: {between} on days with \u201c{name}\u201d."
    ),
    (Level.NO_LARGE_EFFECT, Lag.SAME, _NUMBER): gettext_noop(
        "Probably no large effect: {between} on days with \u201c{name}\u201d at {top} rather "
        "than {base}."
    ),
    (Level.NO_LARGE_EFFECT, Lag.NEXT, _YES_NO): gettext_noop(
        "Probably no large effect: {between} the day after \u201c{name}\u201d."
    ),
    (Level.NO_LARGE_EFFECT, Lag.NEXT, _NUMBER): gettext_noop(
        "Probably no large effect: {between} the day after \u201c{name}\u201d at {top} rather "
        "than {base}."
    ),
    (Level.NOT_SURE, Lag.SAME, _YES_NO): gettext_noop(
        "Not sure yet: {between} on days with \u201c{name}\u201d."
    ),
    (Level.NOT_SURE, Lag.SAME, _NUMBER): gettext_noop(
        "Not sure yet: {between} on days with \u201c{name}\u201d at {top} rather than {base}."
    ),
    (Level.NOT_SURE, Lag.NEXT, _YES_NO): gettext_noop(
        "Not sure yet: {between} the day after \u201c{name}\u201d."
    ),
    (Level.NOT_SURE, Lag.NEXT, _NUMBER): gettext_noop(
        "Not sure yet: {between} the day after \u201c{name}\u201d at {top} rather than {base}."
    ),
}
_NO_RANGE = {
    Lag.SAME: gettext_noop("Not sure yet: no range can be given for days with \u201c{name}\u201d."),
    Lag.NEXT: gettext_noop(
        "Not sure yet: no range can be given for the day after \u201c{name}\u201d."
    ),
}
# A claim of an earlier answer day that the latest did not make again.
_LESS_SURE: dict[tuple[Lag, bool], str] = {
    (Lag.SAME, _YES_NO): gettext_noop("Less sure now: {between} on days with \u201c{name}\u201d."),
    (Lag.SAME, _NUMBER): gettext_noop(
        "Less sure now: {between} on days with \u201c{name}\u201d at {top} rather than {base}."
    ),
    (Lag.NEXT, _YES_NO): gettext_noop("Less sure now: {between} the day after \u201c{name}\u201d."),
    (Lag.NEXT, _NUMBER): gettext_noop(
        "Less sure now: {between} the day after \u201c{name}\u201d at {top} rather than {base}."
    ),
}
_NO_RANGE_NOW = {
    Lag.SAME: gettext_noop(
        "Less sure now: no range can be given for days with \u201c{name}\u201d."
    ),
    Lag.NEXT: gettext_noop(
        "Less sure now: no range can be given for the day after \u201c{name}\u201d."
    ),
}
_EARLY = {
    Lag.SAME: gettext_noop(
        "Too early. Nothing to read here yet. Days with \u201c{name}\u201d so far: {with_it}; "
        "without: {without}."
    ),
    Lag.NEXT: gettext_noop(
        "Too early. Nothing to read here yet. Days after \u201c{name}\u201d so far: {with_it}; "
        "after days without: {without}."
    ),
}


def sentence(answer: Answer, name: str | None = None) -> str:
    """Return what may be said of an answer: one line, plain, never more than its level allows.

    Args:
        answer: The answer.
        name: What to call its trigger; its own name by default.

    Example:
        >>> sentence(Answer("rain", Lag.NEXT, Level.NOT_SURE, 0.2, -0.6, 1.1, 1.0, 0.15, 20, 70,
        ...                 (64, 146), ("rain",)))
        'Not sure yet: between 0.6 lower and 1.1 higher the day after “rain”. About 3 more months (2 to 5).'
    """  # noqa: E501
    said = [_main(answer, answer.trigger if name is None else name)]
    if answer.level is Level.FOUND and not answer.less_sure and _small(answer):
        said.insert(0, _("Found, but small."))
    if len(answer.members) > 1:
        said.append(_("These cannot be told apart."))
    if answer.more_days is not None and answer.level is Level.NOT_SURE:
        said.append(spoken_wait(answer.more_days))
    if answer.found_on is not None:
        said.append(_("Found on {day}.").format(day=full_day(answer.found_on)))
    return " ".join(said)


def tenths(value: float) -> int:
    """Return a number in tenths, as sentences say it; ``numpy.rint(10 * value)`` is the same."""
    return round(value * 10)


def _main(answer: Answer, name: str) -> str:
    if answer.level is Level.TOO_EARLY:
        return _(_EARLY[answer.lag]).format(
            name=name, with_it=f"{answer.days_with:,}", without=f"{answer.days_without:,}"
        )
    if answer.less_sure:
        if not _bounded(answer):
            return _(_NO_RANGE_NOW[answer.lag]).format(name=name)
        return _filled(_(_LESS_SURE[answer.lag, answer.graded]), answer, name)
    if answer.level is Level.NOT_SURE and not _bounded(answer):
        return _(_NO_RANGE[answer.lag]).format(name=name)
    says = _(_SAYS[answer.level, answer.lag, answer.graded])
    return _filled(says, answer, name)


def _filled(says: str, answer: Answer, name: str) -> str:
    return says.format(
        name=name,
        top=spoken_amount(answer.top),
        base=spoken_amount(answer.base),
        by=_by(answer),
        between=_between(answer),
    )


def _bounded(answer: Answer) -> bool:
    if answer.estimate is None or answer.low is None or answer.high is None:
        return False
    return answer.low > -_POINTS or answer.high < _POINTS


def _small(answer: Answer) -> bool:
    if answer.low is None or answer.high is None:
        return False
    return tenths(answer.low) >= -_SMALL and tenths(answer.high) <= _SMALL


def _by(answer: Answer) -> str:
    by = tenths(answer.estimate or 0.0)
    said = _signed(by)
    if answer.low is None or answer.high is None:
        return said
    range_ = _range(by, tenths(answer.low), tenths(answer.high))
    return _("{by} ({range})").format(by=said, range=range_)


def _range(by: int, low: int, high: int) -> str:
    if low == high == 0:
        return _("less than 0.1 either way")
    if low < 0 < high:
        text = _("{low} lower to {high} higher")
    elif by:
        # The side was named with the estimate, and what is claimed leaves out zero.
        near, far = sorted((abs(low), abs(high)))
        if near == 0:
            return _("less than 0.1 to {far}").format(far=_spoken(far))
        return spoken_range(near / 10, far / 10)
    elif high > 0:
        text = _("{low} to {high} higher")
    else:
        low, high = high, low
        text = _("{low} to {high} lower")
    return text.format(low=_spoken(low), high=_spoken(high))


def _signed(by: int) -> str:
    if by == 0:
        return _("hardly different")
    text = _("{by} higher") if by > 0 else _("{by} lower")
    return text.format(by=_spoken(by))


def _between(answer: Answer) -> str:
    if answer.low is None or answer.high is None:
        return ""
    low, high = tenths(answer.low), tenths(answer.high)
    if low == high == 0:
        return _("less than 0.1 either way")
    if low == high:
        return _signed(low)
    if low < 0 < high:
        text = _("between {low} lower and {high} higher")
    elif high > 0:
        text = _("between {low} and {high} higher")
    else:
        low, high = high, low
        text = _("between {low} and {high} lower")
    return text.format(low=_spoken(low), high=_spoken(high))


def _spoken(in_tenths: int) -> str:
    return spoken_number(abs(in_tenths) / 10)
