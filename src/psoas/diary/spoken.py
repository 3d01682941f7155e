"""Days and numbers as they are said in a sentence or under a picture."""

from datetime import date

from psoas.content.language import gettext as _


def gettext_noop(message: str) -> str:
    """Mark a word for translation where it stands; it is translated when it is said."""
    return message


_WEEKDAYS = (
    gettext_noop("Mon"),
    gettext_noop("Tue"),
    gettext_noop("Wed"),
    gettext_noop("Thu"),
    gettext_noop("Fri"),
    gettext_noop("Sat"),
    gettext_noop("Sun"),
)
_EVERY_WEEKDAY = (
    gettext_noop("Mondays"),
    gettext_noop("Tuesdays"),
    gettext_noop("Wednesdays"),
    gettext_noop("Thursdays"),
    gettext_noop("Fridays"),
    gettext_noop("Saturdays"),
    gettext_noop("Sundays"),
)
_MONTHS = (
    gettext_noop("Jan"),
    gettext_noop("Feb"),
    gettext_noop("Mar"),
    gettext_noop("Apr"),
    gettext_noop("May"),
    gettext_noop("Jun"),
    gettext_noop("Jul"),
    gettext_noop("Aug"),
    gettext_noop("Sep"),
    gettext_noop("Oct"),
    gettext_noop("Nov"),
    gettext_noop("Dec"),
)


def weekday_short(number: int) -> str:
    """Return the short name of weekday 0 (Monday) to 6."""
    return _(_WEEKDAYS[number])


def weekday_plural(number: int) -> str:
    """Return weekday 0 (Monday) to 6 in the plural, as a sentence begins with it."""
    return _(_EVERY_WEEKDAY[number])


def month_short(number: int) -> str:
    """Return the short name of month 1 to 12."""
    return _(_MONTHS[number - 1])


def short_day(day: date) -> str:
    """Return a day without its year, such as ``16 Mar``."""
    return _("{day} {month}").format(day=day.day, month=month_short(day.month))


def full_day(day: date) -> str:
    """Return a day with its year, such as ``16 Mar 2026``."""
    return _("{day} {month} {year}").format(
        day=day.day, month=month_short(day.month), year=day.year
    )


def spoken_number(value: float) -> str:
    """Return a number with at most one decimal: ``3.4``, ``3`` (never ``-0``)."""
    said = f"{value:.1f}".removesuffix(".0")
    return "0" if said == "-0" else said


def spoken_amount(value: float) -> str:
    """Return a number in a unit that only its column knows: ``1,007.6``, ``40,000``, ``−1``."""
    said = f"{abs(value):,.6g}" if abs(value) < 1e6 else f"{abs(value):,.0f}"
    return f"\u2212{said}" if value < 0 else said


def spoken_range(low: float, high: float) -> str:
    """Return ``3 to 5``, or ``3`` where both ends sound the same."""
    one, two = spoken_number(low), spoken_number(high)
    if one == two:
        return one
    return _("{low} to {high}").format(low=one, high=two)
