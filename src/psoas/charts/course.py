"""Chart 6, for a person: one measure over the weeks, and what lies within no change."""

from datetime import date, timedelta

from psoas.charts.chart import CARD_WIDTH, Chart
from psoas.charts.course_frame import Box, Frame, Spot, frame_of, gaps, line_of
from psoas.charts.interval import NOTE, signed
from psoas.charts.svg import Svg, element, hatch, path, picture, text
from psoas.charts.wrap import width_of, wrap
from psoas.content.language import gettext as _
from psoas.diary.spoken import full_day, spoken_number
from psoas.scales.course import HIGHER, LOWER, Course, Reading
from psoas.scales.schedule import POINTS

SLUG = "course"
_TOP, _HEIGHT, _LEFT, _RIGHT, _WORDS = 42.0, 132.0, 62.0, 64.0, 13.5
_LABEL, _LINE, _BIG, _ASIDE = 24.0, 18.0, 22.0, 13.0
_EDGE = 4.0
_DOT, _BETWEEN = 7.0, 4.5


def draw(course: Course, *, slug: str = SLUG, said: str = "") -> Chart:
    """Draw the few times it was answered, around the band in which a change means nothing.

    A time that passed without an answer is hatched and breaks the line; a time to come is a word
    under the axis and no more. The first and the last number stand beside their dots; all of them
    are in the table.

    Args:
        course: One measure of one person.
        slug: A name for its ids, where several stand on one page.
        said: What the picture shows, in a sentence; the course's own by default.
    """
    since = course.since_it_began()
    first = min([*(each.day for each in since), course.began])
    end = POINTS[-1].day(course.began)
    last = max([*(each.day for each in since), end])
    box = Box(_LEFT, _TOP, CARD_WIDTH - _LEFT - _RIGHT, _HEIGHT)
    frame = frame_of(course, since, first, last, box)
    said = said or course.said
    title = course.name
    key, bottom = _key(course, slug, _TOP + _HEIGHT + _LABEL + 10)
    svg = picture(
        slug,
        title,
        " ".join(part for part in (said, direction_said(course)) if part),
        CARD_WIDTH,
        bottom,
        hatch(slug),
        *_direction(course),
        *_band(course, frame),
        *gaps(course, frame, slug),
        *_axis(course, frame),
        *_dots(course, since, frame),
        *key,
    )
    return Chart(SLUG, title, said, svg, _columns(), _rows(course, since))


def direction_said(course: Course) -> str:
    """Return which way is better, as a sentence; nothing where neither is."""
    if course.direction == LOWER:
        return _("Lower is better.")
    return _("Higher is better.") if course.direction == HIGHER else ""


def when_said(weeks: int | None) -> str:
    """Return which of the planned times an answer counts for, in words."""
    if weeks is None:
        return _("in between")
    return _("start") if weeks == 0 else _("{n} weeks").format(n=weeks)


def _direction(course: Course) -> list[Svg]:
    said = direction_said(course).rstrip(".")
    if not said:
        return []
    arrow = "M6 9V21M1 16l5 5l5 -5" if course.direction == LOWER else "M6 21V9M1 14l5 -5l5 5"
    return [path([arrow], "arrow unsure"), text(said, 18, 20, "name")]


def _band(course: Course, frame: Frame) -> list[Svg]:
    if course.band is None or course.before is None or course.before.score is None:
        return []
    low, high = (min(max(end, frame.low), frame.high) for end in course.band)
    y = frame.y(course.before.score)
    left, right = _EDGE, CARD_WIDTH - _EDGE
    band = element(
        "rect",
        x=left,
        y=frame.y(high),
        width=right - left,
        height=max(frame.y(low) - frame.y(high), 2),
        rx=5,
        class_="no-difference",
    )
    return [band, path([f"M{frame.x(course.before.day):.1f} {y:.1f}H{right:g}"], "from-mean")]


def _axis(course: Course, frame: Frame) -> list[Svg]:
    floor = frame.top + frame.height
    out = [path([f"M{_EDGE:g} {floor:g}H{CARD_WIDTH - _EDGE:g}"], "axis")]
    for point in POINTS:
        x = frame.x(point.day(course.began))
        # The unit stands once, where there is room for it.
        words = {0: _("Start"), POINTS[-1].weeks: _("{n} weeks").format(n=point.weeks)}
        said = words.get(point.weeks, str(point.weeks))
        half = width_of(said, _WORDS) / 2
        out.append(path([f"M{x:.1f} {floor:g}v5"], "axis"))
        x = min(max(x, half), CARD_WIDTH - half)
        out.append(text(said, x, floor + 21, "name", "middle"))
    return out


def _dots(course: Course, since: tuple[Reading, ...], frame: Frame) -> list[Svg]:
    spots = line_of(course, since, frame)
    lines = [f"{'M' if spot.begins else 'L'}{spot.x:.1f} {spot.y:.1f}" for spot in spots]
    out = [path(lines, "line")]
    for spot in spots:
        size = _BETWEEN if spot.reading.weeks is None else _DOT
        out.append(element("circle", cx=spot.x, cy=spot.y, r=size, class_="dot found"))
    return [*out, *_numbers(spots)]


def _numbers(spots: list[Spot]) -> list[Svg]:
    """Return the first number at the left of its dot and the last at the right of its own."""
    if not spots:
        return []
    first, last = spots[0], spots[-1]
    out = [text(spoken_number(first.value), first.x - _ASIDE, first.y + 8, "big", "end")]
    if len(spots) > 1:
        said = spoken_number(last.value)
        x = min(last.x + _ASIDE, CARD_WIDTH - width_of(said, _BIG))
        out.append(text(said, x, last.y + 8, "big"))
    return out


def _key(course: Course, slug: str, y: float) -> tuple[list[Svg], float]:
    rows: list[tuple[str, str]] = []
    if course.band is not None and course.before is not None:
        rows.append(("no-difference", _("Shaded: no change that means something")))
    if course.missed:
        rows.append(("missing", _("Hatched: no answer. That is not zero.")))
    out: list[Svg] = []
    for class_, said in rows:
        fill = f"url(#{slug}-hatch)" if class_ == "missing" else None
        box = {"x": 0.0, "y": y + 1, "width": 20.0, "height": 14.0, "rx": 4.0}
        out.append(element("rect", **box, class_=class_, fill=fill))
        lines = wrap(said, CARD_WIDTH - 28, NOTE, 3)
        out += [text(line, 28, y + 13 + n * _LINE, "note") for n, line in enumerate(lines)]
        y += len(lines) * _LINE + 4
    return out, y + 2


def _columns() -> tuple[str, ...]:
    return _("Day"), _("When"), _("Number"), _("Change")


def _rows(course: Course, since: tuple[Reading, ...]) -> tuple[tuple[str, ...], ...]:
    rows = [(each.day, when_said(each.weeks), *_cells(course, each)) for each in since]
    for weeks in course.missed:
        day = course.began + timedelta(weeks=weeks)
        rows.append((day, when_said(weeks), _("no answer"), ""))
    return tuple((full_day(day), *cells) for day, *cells in sorted(rows, key=_by_day))


def _by_day(row: tuple[date, str, str, str]) -> date:
    return row[0]


def _cells(course: Course, reading: Reading) -> tuple[str, str]:
    if reading.score is None:
        return _("not complete"), ""
    before = course.before
    if before is None or before.score is None or reading.day <= before.day:
        return spoken_number(reading.score), ""
    return spoken_number(reading.score), signed(reading.score - before.score)
