"""A diary in a few sentences: how long, how full, how high, and where it goes."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.course import REAL, Change, Course, course
from psoas.diary.spoken import full_day, spoken_number, spoken_range, weekday_plural
from psoas.diary.table import DayTable, Gap

FOUR_WEEKS = 4.0


# Of fewer recorded days "mostly" would claim more than there is.
FEW = 5


@dataclass(frozen=True)
class Level:
    """Where the pain of the recorded days lies: middle, middle half, lowest, highest.

    Of fewer than five recorded days, the middle half is all of them.
    """

    median: float
    low: float
    high: float
    least: float
    most: float
    few: bool = False

    def sentence(self) -> str:
        """Return the level in one sentence."""
        if self.few:
            return _("Pain was {range}.").format(range=spoken_range(self.low, self.high))
        return _("Pain was mostly {range}.").format(range=spoken_range(self.low, self.high))


@dataclass(frozen=True)
class Summary:
    """The facts of a diary.

    Attributes:
        first: First day of the table.
        last: Last day of the table.
        span: Calendar days from first to last.
        recorded: Days with pain.
        gaps: Runs of days without pain between recorded days.
        level: None where no day has pain.
        course: Trend, weekdays and recent change.
    """

    first: date
    last: date
    span: int
    recorded: int
    gaps: tuple[Gap, ...]
    level: Level | None
    course: Course

    @property
    def trend_per_four_weeks(self) -> Change | None:
        """The straight-line change of pain in four weeks."""
        if self.course.trend is None:
            return None
        return self.course.trend.times(FOUR_WEEKS / self.course.weeks)

    def headline(self) -> str:
        """Return the one or two sentences that stand above a picture of the weeks."""
        if self.level is None:
            return _("No day has a pain entry yet.")
        recent = _recent_sentence(self.course.recent)
        clear = self.course.recent is not None and self.course.recent.clear
        return f"{self.level.sentence()} {recent}" if clear else self.level.sentence()

    def sentences(self) -> tuple[str, ...]:
        """Return the facts in sentences, the plainest first; none of them claims a cause."""
        said = [_span_sentence(self), _gap_sentence(self)]
        if self.level is None:
            said.append(_("No day has a pain entry yet."))
        else:
            said.append(
                _(
                    "{mostly} The middle is {median}, the lowest {least}, the highest {most}."
                ).format(
                    mostly=self.level.sentence(),
                    median=spoken_number(self.level.median),
                    least=spoken_number(self.level.least),
                    most=spoken_number(self.level.most),
                )
            )
            said += [
                _trend_sentence(self.course),
                _weekday_sentence(self.course),
                _recent_sentence(self.course.recent),
            ]
        return tuple(sentence for sentence in said if sentence)


def summarise(table: DayTable) -> Summary:
    """Return the facts of a diary.

    Example:
        >>> from datetime import date
        >>> summarise(DayTable((date(2026, 1, 1),), np.array([4.0]))).headline()
        'Pain was 4.'
    """
    return Summary(
        table.first,
        table.last,
        table.span,
        table.recorded,
        table.gaps(),
        level_of(table),
        course(table),
    )


def level_of(table: DayTable) -> Level | None:
    """Return where the recorded pain lies, None where no day has any."""
    pain = table.pain[~np.isnan(table.pain)]
    if not len(pain):
        return None
    # Numbers that were really recorded: an interpolated 2.2 would be nobody's day.
    low, high = (float(q) for q in np.quantile(pain, (0.25, 0.75), method="inverted_cdf"))
    least, most = float(pain.min()), float(pain.max())
    if len(pain) < FEW:
        low, high = least, most
    return Level(float(np.median(pain)), low, high, least, most, few=len(pain) < FEW)


def _span_sentence(summary: Summary) -> str:
    return ngettext(
        "{first} to {last}: {n} day, {recorded} with pain recorded.",
        "{first} to {last}: {n} days, {recorded} with pain recorded.",
        summary.span,
    ).format(
        first=full_day(summary.first),
        last=full_day(summary.last),
        n=f"{summary.span:,}",
        recorded=f"{summary.recorded:,}",
    )


def _gap_sentence(summary: Summary) -> str:
    missing = summary.span - summary.recorded
    if not missing:
        return _("Every day has an entry.")
    said = ngettext(
        "{n} day has no pain entry; it is left open, not counted as zero.",
        "{n} days have no pain entry; they are left open, not counted as zero.",
        missing,
    ).format(n=f"{missing:,}")
    longest = max(summary.gaps, key=lambda gap: gap.days, default=None)
    if longest is None or longest.days < 2:
        return said
    return (
        said
        + " "
        + _("The longest gap is {n} days, {first} to {last}.").format(
            n=f"{longest.days:,}", first=full_day(longest.first), last=full_day(longest.last)
        )
    )


def _trend_sentence(found: Course) -> str:
    trend = found.trend
    if trend is None:
        return _("Too few days yet to speak of a trend.")
    over = _length(found.weeks)
    if trend.clear and abs(trend.by) >= 0.05:
        text = (
            _("Over {over}, pain went up by about {by} ({low} to {high}).")
            if trend.by > 0
            else _("Over {over}, pain went down by about {by} ({low} to {high}).")
        )
        low, high = sorted((abs(trend.low), abs(trend.high)))
        said = text.format(
            over=over,
            by=spoken_number(abs(trend.by)),
            low=spoken_number(low),
            high=spoken_number(high),
        )
        if trend.small:
            return said + " " + _("That is less than half a point.")
        return said + " " + _("That is a small change.") if abs(trend.by) < REAL else said
    if trend.small:
        return _("Over {over}, pain stayed level: any trend is less than half a point.").format(
            over=over
        )
    return _("No clear trend over {over}: {between}.").format(over=over, between=_between(trend))


def _weekday_sentence(found: Course) -> str:
    if found.weekdays is None:
        return ""
    if not found.weekdays:
        return _("No weekday stands out.")
    said = []
    for one in found.weekdays:
        text = (
            _("{weekdays} were about {by} higher than other days.")
            if one.change.by > 0
            else _("{weekdays} were about {by} lower than other days.")
        )
        said.append(
            text.format(weekdays=weekday_plural(one.weekday), by=spoken_number(abs(one.change.by)))
        )
    return " ".join(said)


def _recent_sentence(recent: Change | None) -> str:
    if recent is None:
        return ""
    if not recent.clear:
        return _("The last two weeks do not clearly differ from the three before.")
    if recent.by > 0:
        return _("The last two weeks were higher than the three before.")
    return _("The last two weeks were lower than the three before.")


def _between(change: Change) -> str:
    return _("it lies between {low} lower and {high} higher").format(
        low=spoken_number(abs(change.low)), high=spoken_number(abs(change.high))
    )


def _length(weeks: float) -> str:
    if weeks < 104:
        return ngettext("{n} week", "{n} weeks", round(weeks)).format(n=round(weeks))
    years = round(weeks / 52.18)
    return ngettext("{n} year", "{n} years", years).format(n=years)
