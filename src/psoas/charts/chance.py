"""The second picture of chart 5: what chance alone gives, as a histogram, and what you got."""

from math import ceil, floor, isfinite, log10

import numpy as np
from numpy.typing import NDArray

from psoas.charts.chart import CARD_WIDTH, Chart
from psoas.charts.interval import ARROW, NOTE, Axis, draw_range, signed
from psoas.charts.svg import Svg, path, picture, text
from psoas.charts.wrap import width_of, wrap
from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.experiment.analysis import Verdict

Array = NDArray[np.float64]
WIDTH = CARD_WIDTH
_TOP, _HEIGHT, _BARS = 24.0, 110.0, 25
_LINE = 17.0
# Rounding must not part a schedule from its mirror image.
_SAME = 1e-9
# From here on one decimal says it.
_SPOKEN = 0.1


def draw_chance(verdict: Verdict, slug: str, said: str) -> Chart:
    """Draw a histogram of the re-drawn differences with the real one marked.

    Args:
        verdict: What the experiment showed.
        slug: The chart's name.
        said: The verdict in a sentence.
    """
    title = _("Against chance")
    sentence = f"{said} {_chance(verdict)}".strip()
    edges = _edges(verdict)
    counts, _ends = np.histogram(verdict.drawn, edges)
    axis = Axis(ARROW, WIDTH - 2 * ARROW, float(edges[0]), float(edges[-1]))
    body, y = _picture(verdict, axis, edges, counts.tolist())
    svg = picture(slug, title, sentence, WIDTH, y, *body)
    columns = (_("Difference from"), _("to"), _("Schedules"))
    return Chart(slug, title, sentence, svg, columns, _rows(verdict, edges, counts.tolist()))


def _chance(verdict: Verdict) -> str:
    """Say the p-value without its name."""
    share = round(100 * verdict.p_value)
    if share < 1:
        return _("By chance alone, fewer than 1 schedule in 100 gives a difference this large.")
    return ngettext(
        "By chance alone, about {n} schedule in 100 gives a difference this large.",
        "By chance alone, about {n} schedules in 100 give a difference this large.",
        share,
    ).format(n=share)


def _edges(verdict: Verdict) -> Array:
    """Return equal bins, the same to both sides of none, that hold all there is to see."""
    seen = [abs(verdict.estimate), float(np.abs(verdict.drawn).max(initial=0.0))]
    # The interval may run on; it does not squeeze the picture.
    ends = [abs(end) for end in (verdict.low, verdict.high) if isfinite(end)]
    reach = max(seen)
    reach = max([reach, *(end for end in ends if end <= 2 * reach)]) * 1.04 or 1.0
    return np.linspace(-reach, reach, _BARS + 1)


def _picture(
    verdict: Verdict, axis: Axis, edges: Array, counts: list[int]
) -> tuple[list[Svg], float]:
    bottom = _TOP + _HEIGHT
    most = max(max(counts), 1)
    tails: list[str] = []
    middle: list[str] = []
    for n, count in enumerate(counts):
        if not count:
            continue
        left, right = axis.x(float(edges[n])) + 0.6, axis.x(float(edges[n + 1])) - 0.6
        top = bottom - max(count / most * (_HEIGHT - 6), 1.5)
        step = f"M{left:.1f} {bottom:g}V{top:.1f}H{right:.1f}V{bottom:g}z"
        centre = abs(float(edges[n] + edges[n + 1])) / 2
        (tails if centre >= abs(verdict.estimate) - _SAME else middle).append(step)
    x = axis.x(verdict.estimate)
    mine = _("Yours: {estimate}").format(estimate=_number(verdict.estimate))
    half = width_of(mine, 13.5) / 2
    at = min(max(x, half), WIDTH - half)
    lane = bottom + 40
    low = verdict.low if isfinite(verdict.low) else None
    high = verdict.high if isfinite(verdict.high) else None
    kind = "found" if verdict.found else "unsure"
    body = [
        path(middle, "chance"),
        path(tails, "chance tail"),
        path([f"M{axis.left:g} {bottom:g}H{axis.right:g}"], "axis"),
        path([f"M{axis.x(0):.1f} {_TOP:g}V{bottom:g}M{axis.x(0):.1f} {lane - 8:g}v16"], "zero"),
        *_numbers(axis, bottom),
        path([f"M{x:.1f} {_TOP - 4:g}V{lane:g}"], "yours"),
        text(mine, at, _TOP - 10, "name", "middle"),
        *draw_range(verdict.estimate, low, high, kind, axis, lane),
    ]
    return [*body, *_key(lane + 20)], lane + 24 + _LINE * len(_key(0))


def _numbers(axis: Axis, bottom: float) -> list[Svg]:
    lower, higher = _("lower"), _("higher")
    out = [
        text(lower, axis.left, bottom + 17, "note"),
        text("0", axis.x(0), bottom + 17, "note", "middle"),
        text(higher, axis.right, bottom + 17, "note", "end"),
    ]
    step = round_below(axis.most * 0.6)
    for end in (-step, step):
        out.append(text(_number(end), axis.x(end), bottom + 17, "note", "middle"))
    return out


def round_below(value: float) -> float:
    """Return the largest of 1, 2 and 5 times a power of ten that is not above ``value``."""
    power: float = 10.0 ** floor(log10(value))
    return max(times * power for times in (1, 2, 5) if times * power <= value * (1 + _SAME))


def _key(y: float) -> list[Svg]:
    said = _(
        "Columns: the differences that schedules drawn in the same way would give if it made "
        "none; stronger where as large as yours. Bar beneath: where your difference may lie."
    )
    return [
        text(line, 0, y + 13 + n * _LINE, "note")
        for n, line in enumerate(wrap(said, WIDTH, NOTE, 6))
    ]


def _number(value: float) -> str:
    """Return a difference with its sign, and with as many decimals as it needs not to be 0."""
    if abs(value) < _SAME:
        return "0"
    if abs(value) >= _SPOKEN:
        return signed(value)
    said = f"{abs(value):.{ceil(-log10(abs(value)))}f}"
    return ("−" if value < 0 else "+") + said


def _rows(verdict: Verdict, edges: Array, counts: list[int]) -> tuple[tuple[str, ...], ...]:
    rows = [
        (_number(float(edges[n])), _number(float(edges[n + 1])), f"{count:,}")
        for n, count in enumerate(counts)
        if count
    ]
    rows.append((_("Yours"), _number(verdict.estimate), ""))
    for name, end in ((_("Range from"), verdict.low), (_("Range to"), verdict.high)):
        rows.append((name, _number(end) if isfinite(end) else _("no bound"), ""))
    rows.append((_("In 100, as large by chance"), f"{100 * verdict.p_value:.1f}", ""))
    return tuple(rows)
