"""How long it may still take, as it is said: in weeks, months or years, never in days."""

from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.answers.levels import FROM, TO
from psoas.diary.spoken import spoken_range

_WEEK, _MONTH, _YEAR = 7.0, 30.44, 365.25
_WEEKS_UP_TO, _MONTHS_UP_TO = 45, 700
_MOST_YEARS = 10


def spoken_wait(more_days: tuple[int, int]) -> str:
    """Return a sentence such as "About 3 more months (2 to 5).".

    Args:
        more_days: From and to, as :func:`psoas.diary.answers.levels.more_days` gives them.

    Example:
        >>> spoken_wait((64, 146)), spoken_wait((3, 7)), spoken_wait((4000, 9000))
        ('About 3 more months (2 to 5).', 'About 1 more week.', 'More than 10 more years at this pace.')
    """  # noqa: E501
    low, high = more_days
    about = (low + high) / (FROM + TO)
    if about > _MOST_YEARS * _YEAR:
        return _("More than {n} more years at this pace.").format(n=_MOST_YEARS)
    if about < _WEEKS_UP_TO:
        n, range_ = _in(_WEEK, about, low, high)
        text = ngettext("About {n} more week{range}.", "About {n} more weeks{range}.", n)
    elif about < _MONTHS_UP_TO:
        n, range_ = _in(_MONTH, about, low, high)
        text = ngettext("About {n} more month{range}.", "About {n} more months{range}.", n)
    else:
        n, range_ = _in(_YEAR, about, low, high)
        text = ngettext("About {n} more year{range}.", "About {n} more years{range}.", n)
    return text.format(n=n, range=range_)


def _in(unit: float, about: float, low: float, high: float) -> tuple[int, str]:
    n, least, most = (max(round(days / unit), 1) for days in (about, low, high))
    if least == most:
        return n, ""
    return n, " " + _("({range})").format(range=spoken_range(least, most))
