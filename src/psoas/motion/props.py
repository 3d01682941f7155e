"""The things a figure lies, stands and leans on."""

from dataclasses import dataclass

import numpy as np

from psoas.motion.camera import Camera
from psoas.motion.kinematics import Placed, Posture
from psoas.motion.outline import UNITS_A_CM, joined, path, units

Bounds = tuple[float, float, float, float]

_FROM_THE_FRONT = 0.9
_ASTRIDE = frozenset(("chest", "belly", "head", "upper back"))
_CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))
_SINKS = 1.3
"""How far a body sinks into what is soft, cm: it is painted over the edge that touches."""


@dataclass(frozen=True)
class Furniture:
    """The things of one picture.

    Attributes:
        behind: SVG painted before the body.
        before: SVG painted after it.
        bounds: Left, lower, right, upper edge in cm of what must be seen of them; None: nothing.
    """

    behind: str
    before: str
    bounds: Bounds | None


@dataclass(frozen=True)
class _Box:
    """A box in the picture: its top is seen only from above."""

    left: float
    right: float
    low: float
    near: float
    far: float


def furniture(posture: Posture, seen: Camera, around: Bounds) -> Furniture:
    """Draw what stands in a picture.

    Args:
        posture: The first: it says where things stand and what lies on them.
        seen: The camera.
        around: Left, lower, right, upper edge of the body in the picture, cm.
    """
    front = abs(float(seen.across[2])) > _FROM_THE_FRONT
    behind, before, edges = [], [], []
    for prop in posture.props:
        box = _box(prop, seen)
        if front and prop.kind == "mat":
            box = _Box(around[0] - 6, around[2] + 6, around[1] - 2, around[1], 4.0)
        drawn, over = _DRAW[prop.kind](prop, box, around)
        if prop.kind == "mat" and not front and box.far > box.near + 2:
            drawn = _spread(prop, seen)
        if _under(posture, prop, front):
            drawn, over = drawn + over, ""
        behind.append(drawn)
        before.append(over)
        if prop.kind not in ("mat", "wall", "frame", "pool"):
            edges.append((box.left, box.low, box.right, max(box.far, _top_of(prop, seen))))
        elif prop.kind != "pool":
            edges.append((box.left, box.low, box.right, box.low))
    bounds = None
    if edges:
        low, high = np.min(edges, axis=0), np.max(edges, axis=0)
        bounds = (float(low[0]), float(low[1]), float(high[2]), float(high[3]))
    return Furniture("".join(behind), "".join(before), bounds)


def _under(posture: Posture, prop: Placed, front: bool) -> bool:
    """Whether a thing is wholly behind the body: sat on, from the front, or lain on astride."""
    resting = {met.part for met in posture.contacts if met.on == prop.name}
    if front:
        return prop.kind in ("blanket", "cushion", "pillow", "bolster")
    return prop.kind == "bolster" and bool(resting) and resting <= _ASTRIDE


def _top_of(prop: Placed, seen: Camera) -> float:
    return prop.back * float(seen.up[1]) if prop.back else -np.inf


def _box(prop: Placed, seen: Camera) -> _Box:
    dx, dz = prop.length / 2, prop.width / 2
    corners = np.array(
        [
            (prop.x + a * dx, y, prop.z + b * dz)
            for y in (prop.low, prop.height)
            for a in (-1, 1)
            for b in (-1, 1)
        ]
    )
    flat = seen.flat(corners)
    lower, upper = flat[:4, 1], flat[4:, 1]
    return _Box(
        left=float(flat[:, 0].min()),
        right=float(flat[:, 0].max()),
        low=float(lower.min()),
        near=float(upper.min()),
        far=float(upper.max()),
    )


def rect(paint: str, left: float, low: float, right: float, high: float, round_: float = 0) -> str:
    """Return a rectangle given by its edges in cm, y up."""
    x, y, width, height, rx = (
        round(number * UNITS_A_CM) for number in (left, -high, right - left, high - low, round_)
    )
    corner = f' rx="{rx}"' if rx else ""
    return f'<rect class="{paint}" x="{x}" y="{y}" width="{width}" height="{height}"{corner}/>'


def soft(paint: str, left: float, low: float, right: float, high: float, dent: float = 0.0) -> str:
    """Return a soft oblong, fuller in the middle; what lies on it may dent it."""
    width, middle = right - left, (low + high) / 2
    share = min(0.18, 0.5 * (high - low) / width)
    points = np.array(
        [
            (left, middle),
            (left + share * width, high - 0.3),
            ((left + right) / 2, high - dent),
            (right - share * width, high - 0.3),
            (right, middle),
            (right - share * width, low),
            ((left + right) / 2, low),
            (left + share * width, low),
        ]
    )
    return f'<path class="{paint}" d="{path(units(points))}"/>'


def _mat(prop: Placed, box: _Box, around: Bounds) -> tuple[str, str]:
    thick = 1.8
    return rect("a", box.left, box.near - thick, box.right, max(box.far, box.near + 0.2), 0.9), ""


def _spread(prop: Placed, seen: Camera) -> str:
    """Return a mat seen from above: its four corners where they lie, and its near edge."""
    dx, dz = prop.length / 2, prop.width / 2
    corners = np.array([(prop.x + a * dx, prop.height, prop.z + b * dz) for a, b in _CORNERS])
    flat = units(seen.flat(corners)).tolist()
    line = "L".join(joined(corner) for corner in flat)
    return f'<path class="a" d="M{line}z"/>'


def _cushion(prop: Placed, box: _Box, around: Bounds) -> tuple[str, str]:
    return "", soft("c", box.left, box.low, box.right, box.near + _SINKS * 0.7, 0.4)


def _pillow(prop: Placed, box: _Box, around: Bounds) -> tuple[str, str]:
    back = soft("d", box.left, box.low, box.right, box.far + 1.0) if box.far > box.near + 2 else ""
    return back, soft("c", box.left, box.low, box.right, box.near + _SINKS, 0.8)


def _bolster(prop: Placed, box: _Box, around: Bounds) -> tuple[str, str]:
    high = max(box.near, box.low + 3)
    round_ = min(high - box.low, box.right - box.left) / 2
    return "", rect("c", box.left, box.low, box.right, high + _SINKS * 0.5, round_)


def _blanket(prop: Placed, box: _Box, around: Bounds) -> tuple[str, str]:
    folds = max(2, round((box.near - box.low) / 2.6))
    step = (box.near + _SINKS * 0.4 - box.low) / folds
    layers = [
        rect("c" if at % 2 else "d", box.left, box.low + at * step, box.right - 0.6 * (at % 2),
             box.low + (at + 1) * step, step / 2)
        for at in range(folds)
    ]  # fmt: skip
    return "", "".join(layers)


def _chair(prop: Placed, box: _Box, around: Bounds) -> tuple[str, str]:
    slab = 3.6
    parts = []
    for left in (box.left + 1.6, box.right - 4.4):
        parts.append(rect("o", left, box.low, left + 2.8, box.near - 1, 1))
    if prop.back:
        parts.append(_back(prop, box))
    return "".join(parts), rect("c", box.left, box.near - slab, box.right, box.near + 0.5, 1.6)


def _back(prop: Placed, box: _Box) -> str:
    """Return a chair's back: one post from the side, two with rails from elsewhere."""
    edge = rect("o", box.left, box.near - 2, box.left + 3.0, prop.back, 1.4)
    if box.right - box.left < prop.length + 0.5:
        return edge
    rails = (
        rect("o", box.left, top - 6, box.right, top, 1.4) for top in (prop.back, prop.back - 15)
    )
    return (
        edge + rect("o", box.right - 3.0, box.near - 2, box.right, prop.back, 1.4) + "".join(rails)
    )


def _bed(prop: Placed, box: _Box, around: Bounds) -> tuple[str, str]:
    thick = min(16.0, (box.near - box.low) * 0.45)
    legs = "".join(
        rect("o", left, box.low, left + 4, box.near - thick, 0.8)
        for left in (box.left + 4, box.right - 8)
    )
    frame = rect("o", box.left, box.near - thick - 5, box.right, box.near - thick + 2, 1.4)
    top = rect("d", box.left, box.near - thick, box.right, box.far, 4) if box.far > box.near else ""
    mattress = rect("c", box.left, box.near - thick, box.right, box.near + _SINKS * 0.8, 4)
    return legs + frame + top, mattress


def _wall(prop: Placed, box: _Box, around: Bounds) -> tuple[str, str]:
    middle = (around[0] + around[2]) / 2
    face = prop.x
    left, right = (face, face + 5) if face > middle else (face - 5, face)
    return rect("o", left, -0.8, right, around[3] + 6, 0), ""


def _frame(prop: Placed, box: _Box, around: Bounds) -> tuple[str, str]:
    return rect("o", prop.x - 1.2, 0, prop.x + 3.8, around[3] + 6, 0), ""


def _step(prop: Placed, box: _Box, around: Bounds) -> tuple[str, str]:
    return rect("c", box.left, box.low, box.right, box.near, 1.2), ""


def _ball(prop: Placed, box: _Box, around: Bounds) -> tuple[str, str]:
    half = (box.near - box.low) / 2
    middle = (box.left + box.right) / 2
    return "", rect("c", middle - half, box.low, middle + half, box.near, half)


def _band(prop: Placed, box: _Box, around: Bounds) -> tuple[str, str]:
    return "", rect("a", box.left, box.low, box.right, box.near, 1)


def _pool(prop: Placed, box: _Box, around: Bounds) -> tuple[str, str]:
    left, right, count = around[0] - 14, around[2] + 14, 12
    at = np.linspace(left, right, count)
    surface = np.stack((at, prop.height + 0.8 * np.where(np.arange(count) % 2, 1, -1)), axis=1)
    line = path(units(surface), closed=False)
    depth = round((prop.height - prop.low) * UNITS_A_CM)
    back = round((right - left) * UNITS_A_CM)
    water = f'<path class="q" d="{line}v{depth}h-{back}z"/>'
    return "", water + f'<path class="r" d="{line}"/>'


_DRAW = {
    "mat": _mat,
    "cushion": _cushion,
    "pillow": _pillow,
    "bolster": _bolster,
    "blanket": _blanket,
    "chair": _chair,
    "bed": _bed,
    "wall": _wall,
    "step": _step,
    "frame": _frame,
    "ball": _ball,
    "band": _band,
    "pool": _pool,
}
