"""An experiment in words: its blocks, how likely it is to find something, today's line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import dateformat
from django.utils.translation import gettext as _

from psoas.care.experiment.sealing import OpenExperiment, State
from psoas.care.experiment.switches import Switch
from psoas.diary.experiment import power
from psoas.diary.experiment.schedule import Schedule, Scheme

# Before this hour an evening may still be going on.
GETTING_UP = 4
# How long the first page says that a result came by itself.
NEWS = timedelta(days=7)


@dataclass(frozen=True)
class Block:
    """Days in a row that are alike."""

    first: date
    last: date
    with_it: bool
    line: str

    @property
    def days(self) -> str:
        """Such as “Mon 23 – Wed 25 Nov”; the first month only where it is another."""
        same = (self.first.month, self.first.year) == (self.last.month, self.last.year)
        begins = dateformat.format(self.first, "D j" if same else "D j M")
        return f"{begins} – {dateformat.format(self.last, 'D j M')}"


@dataclass(frozen=True)
class Line:
    """What Today says of an experiment: one line, and one beneath it."""

    text: str
    note: str


@dataclass(frozen=True)
class Chance:
    """How many of ten such experiments find a difference of this size."""

    points: str
    of_ten: str


def blocks(schedule: Schedule, switch: Switch, first: date) -> list[Block]:
    """The schedule as blocks; two that follow each other alike stay two."""
    return list(_blocks(schedule, switch, first))


def _blocks(schedule: Schedule, switch: Switch, first: date) -> Iterator[Block]:
    size = schedule.scheme.block
    for start in range(0, len(schedule.arms), size):
        with_it = bool(schedule.arms[start])
        begins = first + timedelta(days=start)
        ends = begins + timedelta(days=size - 1)
        yield Block(begins, ends, with_it, switch.line(with_it=with_it))


def chances(scheme: Scheme) -> list[Chance]:
    """How likely it is to find half a point, one, and one and a half, the largest first."""
    points = {1.5: _("1.5 points"), 1.0: _("1 point"), 0.5: _("half a point")}
    return [Chance(words, _of_ten(_power(scheme, size))) for size, words in points.items()]


@lru_cache(maxsize=16)
def _power(scheme: Scheme, effect: float) -> float:
    # Simulated, a tenth of a second for three; the same for everybody.
    return power.power(scheme, effect)


def _of_ten(chance: float) -> str:
    found = round(10 * chance)
    if found >= 10:
        return _("nearly always")
    if found < 1:
        return _("in fewer than 1 of 10")
    return _("in about %(n)s of 10") % {"n": found}


def line_for_today(
    found: OpenExperiment | None, now: datetime, *, closed: bool = False
) -> Line | None:
    """Today's arm in one line. Washout days say the same as any other.

    ``closed``: the safety check stands before what is tested, and does not open it today.
    """
    if found is None:
        return None
    today, switch = now.date(), found.plan.switch
    state = found.state(today)
    if state is State.RUNNING:
        with_it = bool(found.with_it(today))
        if closed and with_it:
            return Line(
                _("Not today: your safety check comes first"),
                _("The test goes on. You can note that this day went otherwise."),
            )
        note = switch.to_do if with_it else switch.to_leave
        return Line(_when(now) % {"line": switch.line(with_it=with_it)}, note or _place(found, now))
    if state is State.COMING:
        with_it = bool(found.with_it(found.first))
        line, note = switch.line(with_it=with_it), switch.to_do if with_it else switch.to_leave
        day = dateformat.format(found.first, _("l j F"))
        return Line(_("From %(day)s: %(line)s") % {"day": day, "line": line}, note)
    if state is State.OVER:
        return Line(_("Your test is over"), _("See what came out, when you want to."))
    result = found.course.result
    if result is not None and result.how == "enough" and today < result.on + NEWS:
        return Line(_("Your test has ended early"), _("There is an answer."))
    return None


def _when(now: datetime) -> str:
    """After midnight the evening before may not be over; the day is named, from getting up on."""
    if now.hour >= GETTING_UP:
        return _("Today: %(line)s")
    day = dateformat.format(now.date(), "l")
    return _("%(day)s, once you are up: %%(line)s") % {"day": day}


def _place(found: OpenExperiment, now: datetime) -> str:
    day = found.number_of(now.date()) + 1
    return _("Day %(day)s of %(days)s") % {"day": day, "days": len(found.schedule.arms)}
