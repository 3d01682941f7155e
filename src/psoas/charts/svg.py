"""A small builder of SVG that cannot forget to escape and cannot break the page's policy."""

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import NewType

Svg = NewType("Svg", str)
Value = str | float | int


def number(value: float) -> str:
    """Return a coordinate with at most two decimals, as short as it can be written."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def element(name: str, *children: Svg, **attributes: Value | None) -> Svg:
    """Return one element.

    Args:
        name: The element's name.
        children: Elements inside it; bare words go through :func:`words`.
        attributes: Escaped here. A trailing underscore is dropped (``class_``), others become
            hyphens (``stroke_width``); None leaves the attribute out.

    Raises:
        ValueError: For ``style`` and event attributes, which a strict content policy forbids:
            looks are given by classes.

    Example:
        >>> element("rect", class_="pain-4", width=2.5)
        '<rect class="pain-4" width="2.5"/>'
    """
    parts = []
    for key, value in attributes.items():
        if value is None:
            continue
        shown = escape(value) if isinstance(value, str) else number(value)
        parts.append(f' {_attribute(key)}="{shown}"')
    opening = f"<{name}{''.join(parts)}"
    if not children:
        return Svg(f"{opening}/>")
    return Svg(f"{opening}>{''.join(children)}</{name}>")


@cache
def _attribute(key: str) -> str:
    name = key.rstrip("_").replace("_", "-")
    if name == "style" or name.startswith("on"):
        raise ValueError(f"{name}: charts are themed by classes, never by {name}")
    return name


def words(text: str) -> Svg:
    """Return words with everything escaped that could be taken for markup."""
    return Svg(escape(text, quote=False))


def text(content: str, x: float, y: float, class_: str, anchor: str | None = None) -> Svg:
    """Return a line of text whose baseline starts (or centres, or ends) at x, y."""
    # Written out: a picture has hundreds of them.
    at = f' text-anchor="{escape(anchor)}"' if anchor else ""
    place = f'x="{number(x)}" y="{number(y)}" class="{escape(class_)}"'
    return Svg(f"<text {place}{at}>{words(content)}</text>")


def path(steps: Iterable[str], class_: str, **attributes: Value | None) -> Svg:
    """Return one path of many steps, or nothing when there are none."""
    d = "".join(steps)
    return element("path", class_=class_, d=d, **attributes) if d else Svg("")


def picture(
    slug: str, title: str, description: str, width: float, height: float, *children: Svg
) -> Svg:
    """Return a whole picture: an image to a screen reader, with its title and description."""
    return element(
        "svg",
        element("title", words(title), id=f"{slug}-title"),
        element("desc", words(description), id=f"{slug}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart chart-{slug}",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        aria_labelledby=f"{slug}-title {slug}-desc",
    )


def hatch(slug: str) -> Svg:
    """Return the definition of the slanted lines that stand for a missing day."""
    return element(
        "defs",
        element(
            "pattern",
            element("rect", width=6, height=6, class_="hatch-ground"),
            element("path", d="M1.5 0V6", class_="hatch-line", stroke_width=2.4),
            id=f"{slug}-hatch",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        ),
    )
