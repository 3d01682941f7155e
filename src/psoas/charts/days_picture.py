"""The picture of chart 4: two panels of days as dots over one axis of pain, a mean under each."""

from dataclasses import dataclass

from psoas.charts.chart import CARD_WIDTH
from psoas.charts.halves import Halves
from psoas.charts.interval import NOTE, Axis, draw_range
from psoas.charts.scale import TOP_PAIN
from psoas.charts.svg import Svg, path, text
from psoas.charts.swarm import Heaps, counted, draw_heaps, plan_heaps
from psoas.charts.wrap import wrap
from psoas.content.language import gettext as _
from psoas.content.language import ngettext

WIDTH = CARD_WIDTH
_LEFT, _ACROSS = 18.0, 290.0
_HEAP, _HIGHEST, _LEAST = 27.5, 98.0, 14.0
_LINE, _HEAD, _LANE, _BETWEEN = 17.0, 24.0, 22.0, 8.0


@dataclass(frozen=True)
class Means:
    """Mean pain of both halves, allowing for all else, and where that of the second may lie.

    Attributes:
        without: Of the days without.
        with_it: Of the days with it.
        low: Lower end for the days with it, if the other mean stood still; None for no bound.
        high: Upper end.
        kind: Its look, by how sure it is.
    """

    without: float
    with_it: float
    low: float | None
    high: float | None
    kind: str


def draw_days(
    heads: tuple[str, str], halves: Halves, means: Means | None
) -> tuple[list[Svg], float]:
    """Return the elements of the picture and its height.

    Args:
        heads: The names of the two panels.
        halves: Their days.
        means: Their means, where there are any.
    """
    axis = Axis(_LEFT, _ACROSS, 0, TOP_PAIN)
    middles = {n: axis.x(n) for n in range(TOP_PAIN + 1)}
    both = (halves.without, halves.with_it)
    highest = [max(counted(half)[1], default=0) for half in both]
    heaps = plan_heaps(max(highest), _HEAP, _HIGHEST)
    body: list[Svg] = []
    floors: list[float] = []
    y = 0.0
    for half, head, most, class_ in zip(both, heads, highest, ("days", "days with"), strict=True):
        days = ngettext("{n} day", "{n} days", len(half)).format(n=f"{len(half):,}")
        body += [text(head, 0, y + 14, "half"), text(days, WIDTH, y + 14, "note", "end")]
        floor = y + _HEAD + max(heaps.height(most), _LEAST)
        body.append(draw_heaps(half, middles, floor - 1, heaps, class_))
        body.append(path([f"M0 {floor:g}H{WIDTH:g}"], "grid"))
        floors.append(floor)
        y = floor + (_LANE if means else 2) + _BETWEEN
    if means is not None:
        top = floors[1] - max(heaps.height(highest[1]), _LEAST) - 4
        body += _means(means, axis, floors, top)
    body += _scale(middles, y)
    key, y = _key(y + 40, heaps, means is not None)
    return [*body, *key], y


def _means(means: Means, axis: Axis, floors: list[float], top: float) -> list[Svg]:
    upper, lower = (floor + _LANE / 2 + 1 for floor in floors)
    inside = axis.least <= means.without <= axis.most
    # The first mean again where the second stands, so that the eye need not carry it.
    again = [f"M{axis.x(means.without):.1f} {top:g}V{lower + 8:g}"] if inside else []
    return [
        path(again, "from-mean"),
        *draw_range(means.without, means.without, means.without, "unsure", axis, upper),
        *draw_range(means.with_it, means.low, means.high, means.kind, axis, lower),
    ]


def _scale(middles: dict[int, float], y: float) -> list[Svg]:
    out = [text(str(n), x, y + 12, "note", "middle") for n, x in middles.items()]
    out.append(text(_("no pain"), 0, y + 28, "note"))
    return [*out, text(_("worst imaginable"), WIDTH, y + 28, "note", "end")]


def _key(y: float, heaps: Heaps, means: bool) -> tuple[list[Svg], float]:
    a_day = ngettext("A dot is a day.", "A dot is up to {n} days.", heaps.each)
    notes = [a_day.format(n=heaps.each)]
    if means:
        notes.append(
            _(
                "Large dots: the adjusted means. Bar: where the second may lie, measured from "
                "the first."
            )
        )
    out: list[Svg] = []
    for note in notes:
        for line in wrap(note, WIDTH, NOTE, 4):
            out.append(text(line, 0, y + 13, "note"))
            y += _LINE
    return out, y + 4
