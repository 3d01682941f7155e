"""Chart 9: pain before and after each session, and the light that followed from it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from psoas.charts.chart import CARD_WIDTH, Chart
from psoas.charts.legend import LINE_HEIGHT
from psoas.charts.scale import Scale
from psoas.charts.svg import Svg, element, hatch, path, picture, text
from psoas.charts.wrap import width_of
from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.spoken import full_day, short_day, spoken_number

SLUG = "sessions"
# More do not stay apart on a phone; the table has them all.
MOST = 20
_LEFT, _TOP, _HEIGHT, _RIGHT = 24.0, 12.0, 120.0, 4.0
_LIGHTS, _DAYS = 22.0, 42.0
_DOT, _MARK, _WORDS = 4.6, 5.0, 12.5
_WIDEST = 32.0

Light = Literal["green", "amber", "red", ""]


@dataclass(frozen=True)
class Done:
    """One session as it was told.

    Attributes:
        day: The day of the person's own clock.
        what: What it was, in a word or two: "Routine", "Walk".
        before: Pain before it, 0 to 10; None where it was not told. So are the next three.
        during: The most during it.
        after: After it.
        next_morning: The morning after.
        light: What the traffic-light rule made of it; empty where there is none yet.
    """

    day: date
    what: str
    before: float | None = None
    during: float | None = None
    after: float | None = None
    next_morning: float | None = None
    light: Light = ""


def draw(sessions: Sequence[Done], *, slug: str = SLUG) -> Chart:
    """Draw the last sessions side by side, each with its pain before and after and its light.

    An open dot is the pain before, a filled one the pain after, a line joins them. A session of
    which neither was told is hatched. The lights differ in shape: a circle, a triangle, a square.

    Args:
        sessions: What was done, the oldest first; the last 20 are drawn, all are in the table.
        slug: A name for its ids, where several stand on one page.
    """
    drawn = list(sessions)[-MOST:]
    # A few stand near each other at the left rather than lost over the whole width.
    width = min((CARD_WIDTH - _LEFT - _RIGHT) / max(len(drawn), 1), _WIDEST) * len(drawn)
    scale = Scale(_LEFT, _TOP, max(width, 1.0), _HEIGHT, max(len(drawn), 1))
    floor = _TOP + _HEIGHT
    body = [
        *_grid(floor, scale),
        *_pains(drawn, scale, slug),
        *_lights(drawn, scale, floor + _LIGHTS, slug),
        *_days(drawn, scale, floor + _DAYS),
    ]
    key, bottom = _key(slug, floor + _DAYS + 14)
    title, sentence = _("Sessions"), said_of(sessions)
    svg = picture(slug, title, sentence, CARD_WIDTH, bottom, hatch(slug), *body, *key)
    return Chart(SLUG, title, sentence, svg, _columns(), tuple(map(_row, reversed(sessions))))


def said_of(sessions: Sequence[Done]) -> str:
    """Return what the picture shows, in one or two sentences."""
    if not sessions:
        return _("No session was told yet.")
    n = len(sessions)
    said = [ngettext("{n} session.", "{n} sessions.", n).format(n=n)]
    both = [
        (each.before, each.after)
        for each in sessions
        if each.before is not None and each.after is not None
    ]
    if both:
        more = sum(after > before for before, after in both)
        told = ngettext(
            "Pain was higher after than before in {more} of {n} where both were told.",
            "Pain was higher after than before in {more} of {n} where both were told.",
            len(both),
        )
        said.append(told.format(more=more, n=len(both)))
    lights = [
        f"{sum(each.light == light for each in sessions)} {light_said(light).lower()}"
        for light in ("green", "amber", "red")
        if any(each.light == light for each in sessions)
    ]
    if lights:
        said.append(_("Lights: {lights}.").format(lights=", ".join(lights)))
    return " ".join(said)


def light_said(light: str) -> str:
    """Return a light's name; a dash in words where there is none."""
    names = {"green": _("Green"), "amber": _("Amber"), "red": _("Red")}
    return names.get(light, _("no light yet"))


def _grid(floor: float, scale: Scale) -> list[Svg]:
    out: list[Svg] = []
    for pain in (0, 5, 10):
        y = scale.y(pain)
        out.append(path([f"M{_LEFT:g} {y:g}H{CARD_WIDTH - _RIGHT:g}"], "grid"))
        out.append(text(str(pain), _LEFT - 6, y + 4, "note", "end"))
    return out


def _pains(drawn: list[Done], scale: Scale, slug: str) -> list[Svg]:
    joins, open_, filled, gaps = [], [], [], []
    for n, each in enumerate(drawn):
        x = scale.x(n + 0.5)
        if each.before is None and each.after is None:
            gaps.append(_gap(x, scale, slug))
            continue
        if each.before is not None and each.after is not None:
            joins.append(f"M{x:.1f} {scale.y(each.before):.1f}V{scale.y(each.after):.1f}")
        if each.before is not None:
            open_.append(_dot(x, scale.y(each.before), after=False))
        if each.after is not None:
            filled.append(_dot(x, scale.y(each.after), after=True))
    return [*gaps, path(joins, "joined"), *open_, *filled]


def _dot(x: float, y: float, *, after: bool) -> Svg:
    # The open one is wider, so that it still shows where both lie at one height.
    size, class_ = (_DOT - 0.6, "after") if after else (_DOT + 1.6, "before")
    return element("circle", cx=x, cy=y, r=size, class_=class_)


def _gap(x: float, scale: Scale, slug: str) -> Svg:
    half = scale.day / 2 - 1
    return element(
        "rect",
        x=x - half,
        y=scale.top,
        width=2 * half,
        height=scale.height,
        class_="gap",
        fill=f"url(#{slug}-hatch)",
    )


def _lights(drawn: list[Done], scale: Scale, y: float, slug: str) -> list[Svg]:
    return [_mark(each.light, scale.x(n + 0.5), y, slug) for n, each in enumerate(drawn)]


def _mark(light: str, x: float, y: float, slug: str) -> Svg:
    if light == "green":
        return element("circle", cx=x, cy=y, r=_MARK, class_="light-green")
    if light == "amber":
        return path([f"M{x:.1f} {y - 6:g}l6 11h-12z"], "light-amber")
    box = {"x": x - _MARK, "y": y - _MARK, "width": 2 * _MARK, "height": 2 * _MARK}
    if light == "red":
        return element("rect", **box, class_="light-red")
    return element("rect", **box, rx=2.5, class_="missing", fill=f"url(#{slug}-hatch)")


def _days(drawn: list[Done], scale: Scale, y: float) -> list[Svg]:
    """Return the first day and as many after it as stay apart, the last among them."""
    out: list[Svg] = []
    free, last = -math.inf, len(drawn) - 1
    end = width_of(short_day(drawn[last].day), _WORDS) if drawn else 0.0
    for n, each in enumerate(drawn):
        said = short_day(each.day)
        half = width_of(said, _WORDS) / 2
        x = min(max(scale.x(n + 0.5), half), CARD_WIDTH - half)
        room = n == last or x + half + 8 + end < min(scale.x(last + 0.5) + end / 2, CARD_WIDTH)
        if x - half > free + 8 and room and (n == 0 or each.day != drawn[n - 1].day):
            out.append(text(said, x, y, "note", "middle"))
            free = x + half
    return out


def _key(slug: str, y: float) -> tuple[list[Svg], float]:
    """Return what each shape stands for, two on a line, and where the key ends."""
    said = (
        _("Pain before"),
        _("Pain after"),
        _("Green: settled"),
        _("Amber: watch it"),
        _("Red: too much"),
        _("Not told, not zero"),
    )
    out: list[Svg] = []
    for n, words in enumerate(said):
        x, at = 10.0 + (n % 2) * CARD_WIDTH / 2, y + 10 + (n // 2) * LINE_HEIGHT
        lights: list[Light] = ["green", "amber", "red", ""]
        shape = _dot(x, at, after=n == 1) if n < 2 else _mark(lights[n - 2], x, at, slug)
        out += [shape, text(words, x + 16, at + 4, "note")]
    return out, y + len(said) // 2 * LINE_HEIGHT


def _columns() -> tuple[str, ...]:
    return (
        _("Day"),
        _("What"),
        _("Before"),
        _("During"),
        _("After"),
        _("Next morning"),
        _("Light"),
    )


def _row(each: Done) -> tuple[str, ...]:
    pains = (each.before, each.during, each.after, each.next_morning)
    said = (_("not told") if pain is None else spoken_number(pain) for pain in pains)
    return (full_day(each.day), each.what, *said, light_said(each.light))
