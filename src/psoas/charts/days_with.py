"""Chart 4, days with and without: every day a dot, and the two adjusted means."""

from psoas.charts.chart import Chart
from psoas.charts.days_picture import WIDTH, Means, draw_days
from psoas.charts.halves import Halves, part
from psoas.charts.interval import kind_of, own_slug
from psoas.charts.said import said_of
from psoas.charts.scale import TOP_PAIN
from psoas.charts.svg import picture
from psoas.charts.swarm import counted
from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.answers.answer import Answer, Lag
from psoas.diary.spoken import spoken_number
from psoas.diary.table import DayTable

SLUG = "days-with"


def draw(table: DayTable, answer: Answer, *, label: str | None = None) -> Chart:
    """Draw the days of one answer: those without above, those with it beneath, on one axis.

    Args:
        table: The days the answer was made from.
        answer: Which trigger and lag, and the difference all else allowed for.
        label: What the trigger is called; its own name by default.

    Raises:
        ValueError: The table has none of the answer's columns.
    """
    name = answer.trigger if label is None else label
    halves = part(table, answer)
    means = adjusted(halves, answer)
    heads = _heads(halves, answer)
    title = (
        _("Days after \u201c{name}\u201d, and after days without")
        if answer.lag is Lag.NEXT
        else _("Days with and without \u201c{name}\u201d")
    ).format(name=name)
    said = _said(halves, means, answer, name)
    body, height = draw_days(heads, halves, means)
    # Several may stand on one page.
    slug = own_slug(SLUG, answer)
    svg = picture(slug, title, said, WIDTH, height, *body)
    return Chart(slug, title, said, svg, _columns(halves), _rows(halves, means))


def adjusted(halves: Halves, answer: Answer) -> Means | None:
    """Return the two means, or None where there is no estimate or no day on either side.

    The mean of all known days is parted so that the two means differ by the estimate: what trend,
    weekday, carried-over pain and the other triggers explain is no longer in the difference.
    """
    days = len(halves.without) + len(halves.with_it)
    if answer.estimate is None or not days:
        return None
    overall = float(halves.without.sum() + halves.with_it.sum()) / days
    without = overall - answer.estimate * halves.share

    def beyond(difference: float | None) -> float | None:
        return None if difference is None else without + difference * halves.apart

    return Means(
        without,
        without + answer.estimate * halves.apart,
        beyond(answer.low),
        beyond(answer.high),
        kind_of(answer),
    )


def _heads(halves: Halves, answer: Answer) -> tuple[str, str]:
    next_day = answer.lag is Lag.NEXT
    if halves.middle is None:
        if next_day:
            return _("The day after a day without"), _("The day after a day with it")
        return _("Without"), _("With it")
    middle = spoken_number(halves.middle)
    if next_day:
        return (
            _("The day after {middle} or less").format(middle=middle),
            _("The day after more than {middle}").format(middle=middle),
        )
    return (
        _("At {middle} or less").format(middle=middle),
        _("At more than {middle}").format(middle=middle),
    )


def _columns(halves: Halves) -> tuple[str, str, str]:
    """Short enough that a phone shows all three; of which days, the title says."""
    if halves.middle is None:
        return _("Pain"), _("Without"), _("With it")
    middle = spoken_number(halves.middle)
    return (
        _("Pain"),
        _("At {middle} or less").format(middle=middle),
        _("At more than {middle}").format(middle=middle),
    )


def _said(halves: Halves, means: Means | None, answer: Answer, name: str) -> str:
    said = [said_of(answer, name)]
    if halves.middle is not None:
        said.append(
            _("The days are parted at its mean, {middle}.").format(
                middle=spoken_number(halves.middle)
            )
        )
    if means is not None:
        said.append(
            _("Adjusted means: {without} and {with_it}.").format(
                without=spoken_number(means.without), with_it=spoken_number(means.with_it)
            )
        )
    if halves.unknown:
        said.append(
            ngettext(
                "{n} day is left out: whether it was there is not known.",
                "{n} days are left out: whether it was there is not known.",
                halves.unknown,
            ).format(n=f"{halves.unknown:,}")
        )
    if halves.missing:
        said.append(
            ngettext(
                "{n} day has no pain entry.", "{n} days have no pain entry.", halves.missing
            ).format(n=f"{halves.missing:,}")
        )
    return " ".join(said)


def _rows(halves: Halves, means: Means | None) -> tuple[tuple[str, ...], ...]:
    sides = [dict(zip(*counted(half), strict=True)) for half in (halves.without, halves.with_it)]
    rows = [
        (str(n), *(f"{side.get(n, 0):,}" for side in sides))
        for n in range(TOP_PAIN + 1)
        if any(n in side for side in sides)
    ]
    rows.append((_("All days"), f"{len(halves.without):,}", f"{len(halves.with_it):,}"))
    plain = [
        spoken_number(float(half.mean())) if len(half) else "–"
        for half in (halves.without, halves.with_it)
    ]
    rows.append((_("Mean"), *plain))
    if means is not None:
        rows.append(
            (_("Adjusted mean"), spoken_number(means.without), spoken_number(means.with_it))
        )
        for name, end in ((_("Range from"), means.low), (_("Range to"), means.high)):
            rows.append((name, "", _("no bound") if end is None else spoken_number(end)))
    rows.append((_("Not known whether it was there"), f"{halves.unknown:,}", ""))
    return tuple(rows)
