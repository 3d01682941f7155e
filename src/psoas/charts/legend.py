"""The keys under the pictures: what each colour and shape stands for."""

from psoas.charts.svg import Svg, element, path, text
from psoas.content.language import gettext as _

RAMP_HEIGHT, LINE_HEIGHT = 36.0, 24.0
_KEY = 204.0
_LEFT = 24.0


def ramp_legend(slug: str, y: float) -> list[Svg]:
    """Return the key of the calendar: the ramp from 0 to 10 and what a hatched day means."""
    out = [text("0", 0, y + 14, "note")]
    for step in range(11):
        out.append(
            element(
                "rect", x=14 + step * 12.5, y=y + 4, width=12.5, height=12, class_=f"pain-{step}"
            )
        )
    out.append(element("rect", x=14, y=y + 4, width=137.5, height=12, rx=2, class_="frame"))
    out.append(text("10", 157, y + 14, "note"))
    label = _("No entry, not zero")
    out.append(text(label, _KEY + 26, y + 14, "note"))
    box = element(
        "rect",
        x=_KEY,
        y=y + 3,
        width=20,
        height=14,
        rx=4,
        class_="missing",
        fill=f"url(#{slug}-hatch)",
    )
    return [*out, box]


def line_legend(slug: str, y: float, level: bool, strips: bool, plain: bool) -> list[Svg]:
    """Return the key of the line: its colours, and the three shapes of the strips.

    Args:
        slug: Whose hatch pattern to use.
        y: Its top.
        level: Whether there is a level to explain.
        strips: Whether there are strips.
        plain: Whether the strips' bars all have one height.
    """
    x = _LEFT
    out = [
        path([f"M{x:g} {y + 8:g}h18"], "line"),
        path([f"M{x + 9:g} {y + 8:g}h0"], "dots"),
        text(_("Pain"), x + 24, y + 12, "note"),
    ]
    if level:
        out += [
            path([f"M{x + 76:g} {y + 2:g}h18v12h-18z"], "band"),
            path([f"M{x + 76:g} {y + 8:g}h18"], "level"),
            text(_("Level"), x + 100, y + 12, "note"),
        ]
    out += [
        element(
            "rect",
            x=x + 158,
            y=y + 1,
            width=18,
            height=14,
            rx=3,
            class_="missing",
            fill=f"url(#{slug}-hatch)",
        ),
        text(_("No entry, not zero"), x + 182, y + 12, "note"),
    ]
    return out + _strip_key(y + LINE_HEIGHT, plain) if strips else out


def _strip_key(y: float, plain: bool) -> list[Svg]:
    x = _LEFT
    # Numbers, and days put together, are shown by height: the key must say which way is more.
    yes = _("Yes") if plain else _("Yes, or more")
    no, unknown = (x + 76, x + 158) if plain else (x + 116, x + 182)
    return [
        path([f"M{x + 3:g} {y + 12:g}v-8"], "present round", stroke_width=5),
        text(yes, x + 24, y + 12, "note"),
        path([f"M{no:g} {y + 10:g}h18"], "absent"),
        text(_("No"), no + 24, y + 12, "note"),
        path(
            [f"M{unknown + dot:g} {y + 10:g}h0" for dot in (3, 9, 15)],
            "unknown",
        ),
        text(_("Not known"), unknown + 24, y + 12, "note"),
    ]
