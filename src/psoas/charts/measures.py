"""Chart 7, for a clinician: every measure in a small picture of its own, all made alike."""

from collections.abc import Sequence
from datetime import date, timedelta

from psoas.charts.chart import CARD_WIDTH, Chart
from psoas.charts.course import when_said
from psoas.charts.course_frame import Box, Frame, Spot, frame_of, gaps, line_of
from psoas.charts.interval import NOTE, signed
from psoas.charts.svg import Svg, element, hatch, path, picture, text
from psoas.charts.wrap import width_of, wrap
from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.spoken import full_day, short_day, spoken_number
from psoas.scales.course import (
    BETTER,
    EARLY,
    HIGHER,
    LOWER,
    NOT_KNOWN,
    SAME,
    WORSE,
    Course,
    Reading,
)

SLUG = "measures"
NARROW, WIDE = CARD_WIDTH, 760.0
_ACROSS, _APART, _BELOW = 3, 20.0, 20.0
_NAME, _LINE, _MOST_NAME, _SMALL = 13.5, 17.5, 2, 10.5
_LEFT, _RIGHT, _HEIGHT, _DATES = 28.0, 16.0, 108.0, 22.0
# Room for the number above a dot at the high end.
_ABOVE = 20.0
_DOT = 4.5
# With more than these, only the first and the last number stand in the picture.
_MOST_NUMBERS = 5


def draw(courses: Sequence[Course]) -> Chart:
    """Draw all measures that were answered at least once, each on its own scale.

    Args:
        courses: The measures of one person, in the order in which they are shown.
    """
    shown = [course for course in courses if course.readings]
    title, said = _("All measures"), _said(shown)
    pictures = (
        _draw(f"{SLUG}-narrow", title, said, shown, NARROW, 1),
        _draw(f"{SLUG}-wide", title, said, shown, WIDE, _ACROSS),
    )
    svg = Svg(f'<div class="chart-widths">{"".join(pictures)}</div>')
    rows = tuple(row for course in shown for row in _rows(course))
    return Chart(SLUG, title, said, svg, _columns(), rows)


def word_said(word: str) -> str:
    """Return a course's word as it is shown."""
    return {
        BETTER: _("Better"),
        WORSE: _("Worse"),
        SAME: _("No change that means something"),
        NOT_KNOWN: _("Not known what it means"),
        EARLY: _("Too early"),
    }[word]


def _said(courses: Sequence[Course]) -> str:
    if not courses:
        return _("Nothing was answered or measured yet.")
    parts = {
        BETTER: _("{n} better"),
        WORSE: _("{n} worse"),
        SAME: _("{n} without a change that means something"),
        NOT_KNOWN: _("{n} where that is not known"),
        EARLY: _("{n} too early to say"),
    }
    words = [course.word for course in courses]
    counts = [part.format(n=words.count(word)) for word, part in parts.items() if word in words]
    said = ngettext("{n} measure: {counts}.", "{n} measures: {counts}.", len(courses))
    return said.format(n=len(courses), counts=", ".join(counts))


def _draw(
    slug: str, title: str, said: str, courses: Sequence[Course], width: float, across: int
) -> Svg:
    room = (width - (across - 1) * _APART) / across
    body: list[Svg] = []
    y = 0.0
    for start in range(0, len(courses), across):
        row = courses[start : start + across]
        # Pictures that stand beside each other begin at one height, however long a name is.
        names = [wrap(course.name, room, _NAME, _MOST_NAME) for course in row]
        head = max(len(name) for name in names) * _LINE + _LINE
        for n, (course, name) in enumerate(zip(row, names, strict=True)):
            body += _one(course, name, slug, Box(n * (room + _APART), y, room, head))
        y += head + _HEIGHT + _DATES + _BELOW
    key, y = _key(courses, width, slug, y)
    return picture(slug, title, said, width, y, hatch(slug), *body, *key)


def _one(course: Course, name: list[str], slug: str, place: Box) -> list[Svg]:
    """Return one measure: name and change above, the picture in the place below them."""
    days = [each.day for each in course.readings]
    days += [course.began + timedelta(weeks=weeks) for weeks in course.missed]
    left = place.left + _LEFT
    top = place.top + place.height + _ABOVE
    box = Box(left, top, place.width - _LEFT - _RIGHT, _HEIGHT - _ABOVE)
    frame = frame_of(course, course.readings, min(days), max(days), box)
    right = place.left + place.width
    lines = [text(line, place.left, place.top + 13 + n * _LINE, "name") for n, line in
             enumerate(name)]  # fmt: skip
    change = text(_change(course), place.left, place.top + 13 + len(name) * _LINE, "note")
    return [
        *lines,
        change,
        *_limits(course, frame, left, right),
        *gaps(course, frame, slug),
        *_axis(frame, min(days), max(days), left, right),
        *_values(line_of(course, course.readings, frame), right),
    ]


def _change(course: Course) -> str:
    """Return the first number, the last and how far apart they are, in a line."""
    before, latest = course.before, course.latest
    if before is None or latest is None or before.score is None or latest.score is None:
        return word_said(EARLY)
    return _("{before} → {after} ({change}): {word}").format(
        before=spoken_number(before.score),
        after=spoken_number(latest.score),
        change=signed(latest.score - before.score),
        word=_short(course),
    )


def _short(course: Course) -> str:
    if course.word == NOT_KNOWN and course.beyond_error is False:
        return _("within MDC")
    return {
        BETTER: _("better"),
        WORSE: _("worse"),
        SAME: _("below MCID"),
        NOT_KNOWN: _("MCID not known"),
        EARLY: _("too early"),
    }[course.word]


def _limits(course: Course, frame: Frame, left: float, right: float) -> list[Svg]:
    before = course.before
    if before is None or before.score is None:
        return []
    out: list[Svg] = []
    if course.band is not None:
        low, high = (_inside(end, frame) for end in course.band)
        out.append(
            element(
                "rect",
                x=left,
                y=frame.y(high),
                width=right - left,
                height=max(frame.y(low) - frame.y(high), 1.5),
                rx=3,
                class_="no-difference",
            )
        )
    if course.error is not None:
        ends = [end for end in course.error if frame.low <= end <= frame.high]
        out.append(path([f"M{left:g} {frame.y(end):.1f}H{right:g}" for end in ends], "from-mean"))
    y = frame.y(_inside(before.score, frame))
    return [*out, path([f"M{left:g} {y:.1f}H{right:g}"], "zero")]


def _inside(value: float, frame: Frame) -> float:
    return min(max(value, frame.low), frame.high)


def _axis(frame: Frame, first: date, last: date, left: float, right: float) -> list[Svg]:
    floor = frame.top + frame.height
    out = [
        path([f"M{left:g} {floor:g}H{right:g}"], "axis"),
        text(spoken_number(frame.high), left - 5, frame.top + 4, "small", "end"),
        text(spoken_number(frame.low), left - 5, floor + 4, "small", "end"),
        text(short_day(first), left, floor + 16, "note"),
    ]
    if last != first:
        out.append(text(short_day(last), right, floor + 16, "note", "end"))
    return out


def _values(spots: list[Spot], right: float) -> list[Svg]:
    lines = [f"{'M' if spot.begins else 'L'}{spot.x:.1f} {spot.y:.1f}" for spot in spots]
    out = [path(lines, "line")]
    numbered = spots if len(spots) <= _MOST_NUMBERS else [spots[0], spots[-1]]
    taken = 0.0
    for spot in spots:
        out.append(element("circle", cx=spot.x, cy=spot.y, r=_DOT, class_="dot found"))
        said = spoken_number(spot.value)
        half = width_of(said, NOTE) / 2
        x = min(spot.x, right - half)
        if spot not in numbered or x - half < taken:
            continue
        taken = x + half
        out.append(text(said, x, spot.y - 9, "value", "middle"))
    return out


def _key(courses: Sequence[Course], width: float, slug: str, y: float) -> tuple[list[Svg], float]:
    if not courses:
        return [text(_("Nothing was answered or measured yet."), 0, 16, "note")], 24
    rows = [("zero", _("Line across: what the change is counted from"))]
    if any(course.band for course in courses):
        rows.append(
            ("no-difference", _("Shaded: less than the smallest change that matters (MCID)"))
        )
    if any(course.error for course in courses):
        rows.append(("from-mean", _("Dashed: what measuring alone may give (MDC)")))
    if any(course.missed for course in courses):
        rows.append(("missing", _("Hatched: not answered when it was due")))
    out: list[Svg] = []
    for look, said in rows:
        out.append(_sample(look, slug, y))
        for line in wrap(said, width - 28, NOTE, 3):
            out.append(text(line, 28, y + 13, "note"))
            y += _LINE
        y += 3
    return out, y + 2


def _sample(look: str, slug: str, y: float) -> Svg:
    if look in {"zero", "from-mean"}:
        return path([f"M0 {y + 9:g}h20"], look)
    fill = f"url(#{slug}-hatch)" if look == "missing" else None
    return element("rect", x=0, y=y + 2, width=20, height=14, rx=4, class_=look, fill=fill)


def _columns() -> tuple[str, ...]:
    return (
        _("Measure"),
        _("Day"),
        _("When"),
        _("Number"),
        _("Change"),
        _("What it means"),
        _("More than measuring alone may give"),
    )


def _rows(course: Course) -> list[tuple[str, ...]]:
    return [_row(course, each) for each in course.readings]


def _row(course: Course, each: Reading) -> tuple[str, ...]:
    said = _("not complete") if each.score is None else spoken_number(each.score)
    change = word = error = ""
    before = course.before
    if before and before.score is not None and each.score is not None and each.day > before.day:
        change = signed(each.score - before.score)
    if each == course.latest:
        word = word_said(course.word)
        error = {True: _("yes"), False: _("no"), None: _("not known")}[course.beyond_error]
    direction = {LOWER: _("lower is better"), HIGHER: _("higher is better")}.get(course.direction)
    name = f"{course.name} ({direction})" if direction else course.name
    return name, full_day(each.day), when_said(each.weeks), said, change, word, error
