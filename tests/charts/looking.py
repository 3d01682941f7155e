"""What can be seen of a picture without a browser: where its parts lie, and its words."""

import re
from xml.etree import ElementTree

from psoas.charts.wrap import width_of

NS = "{http://www.w3.org/2000/svg}"
SIZES = {"big": 22.0, "year": 15.5, "name": 13.5, "said": 13.5, "small": 10.5}
STEP = re.compile(r"([MLHVhvlz])([^MLHVhvlz]*)")


def pictures(svg: str) -> list[ElementTree.Element]:
    """The pictures of a chart: one, or one for a narrow and one for a wide place."""
    root = ElementTree.fromstring(svg)
    return [root] if root.tag == f"{NS}svg" else list(root)


def words(svg: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(svg).iter(f"{NS}text")]


def classes(svg: str) -> set[str]:
    return {c for found in re.findall(r'class="([^"]*)"', svg) for c in found.split()}


def outside(svg: str) -> list[str]:
    """Everything that reaches beyond its picture, by more than the width of a line."""
    found = []
    for picture in pictures(svg):
        _left, _top, width, height = (float(n) for n in picture.attrib["viewBox"].split())
        hidden = {id(node) for defs in picture.iter(f"{NS}defs") for node in defs.iter()}
        for node in picture.iter():
            for x, y in [] if id(node) in hidden else _corners(node):
                if not (-1 <= x <= width + 1 and -1 <= y <= height + 1):
                    found.append(f"{node.tag} {node.attrib} {node.text}: {x:.0f}, {y:.0f}")
    return found


def _corners(node: ElementTree.Element) -> list[tuple[float, float]]:
    at = {key: float(value) for key, value in node.attrib.items() if _number(value)}
    kind = node.tag.removeprefix(NS)
    if kind == "rect":
        return [(at["x"], at["y"]), (at["x"] + at["width"], at["y"] + at["height"])]
    if kind == "circle":
        r = at["r"]
        return [(at["cx"] - r, at["cy"] - r), (at["cx"] + r, at["cy"] + r)]
    if kind == "text":
        size = SIZES.get(node.attrib["class"].split()[0], 12.5)
        wide = width_of(node.text or "", size)
        shift = {"middle": wide / 2, "end": wide}.get(node.attrib.get("text-anchor", ""), 0)
        return [(at["x"] - shift, at["y"] - size * 0.75), (at["x"] - shift + wide, at["y"] + 3)]
    return _steps(node.attrib["d"]) if kind == "path" else []


def _steps(d: str) -> list[tuple[float, float]]:
    x = y = 0.0
    points = []
    for letter, rest in STEP.findall(d):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", rest)]
        for pair in zip(numbers[::2], numbers[1::2], strict=False):
            x, y = (x + pair[0], y + pair[1]) if letter == "l" else pair
            if letter in "MLl":
                points.append((x, y))
        if letter in "Hh":
            x = numbers[0] + (x if letter == "h" else 0)
        if letter in "Vv":
            y = numbers[0] + (y if letter == "v" else 0)
        points.append((x, y))
    return points


def _number(value: str) -> bool:
    return bool(re.fullmatch(r"-?[\d.]+", value))
