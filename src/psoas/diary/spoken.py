"""Days and numbers as they are said in a sentence or under a picture."""

from datetime import date

from psoas.content.language import gettext as _


def weekday_short(number: int) -> str:
    """Return the short name of weekday 0 (Monday) to 6."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[number]


def weekday_plural(number: int) -> str:
    """Return weekday 0 (Monday) to 6 in the plural, as a sentence begins with it."""
    names = (
        _("Mondays"),
        _("Tuesdays"),
        _("Wednesdays"),
        _("Thursdays"),
        _("Fridays"),
        _("Saturdays"),
        _("Sundays"),
    )
    return names[number]


def month_short(number: int) -> str:
    """Return the short name of month 1 to 12."""
    names = (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )
    return names[number - 1]


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
    return f"{round(float(value), 1) + 0.0:.1f}".removesuffix(".0")


def spoken_range(low: float, high: float) -> str:
    """Return ``3 to 5``, or ``3`` where both ends sound the same."""
    one, two = spoken_number(low), spoken_number(high)
    if one == two:
        return one
    return _("{low} to {high}").format(low=one, high=two)
