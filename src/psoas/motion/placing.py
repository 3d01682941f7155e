"""Where the things of a figure stand, and what the body therefore may not sink into."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from psoas.content.keyframe import Figure, Prop
from psoas.motion.kinematics import Placed, Posture

Array = NDArray[np.float64]

# Along the picture and across it, cm, where a file does not say.
_SIZES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "mat": (190, 62),
        "cushion": (34, 34),
        "pillow": (46, 36),
        "bolster": (24, 60),
        "blanket": (44, 40),
        "chair": (42, 42),
        "bed": (200, 90),
        "wall": (6, 120),
        "step": (36, 60),
        "frame": (6, 90),
        "ball": (7, 7),
        "band": (4, 4),
        "pool": (300, 120),
    }
)
# What is too firm and too high to sink into.
_FIRM = ("bed", "chair", "step")


def ground(props: Sequence[Prop], points: Array) -> Array:
    """Return how high the floor, or a firm thing that stands on it, is below some points.

    Args:
        props: Of the figure.
        points: (..., 3) cm.

    Returns:
        (...) cm above the floor.
    """
    high = np.zeros(points.shape[:-1])
    for prop in props:
        if prop.kind in _FIRM and prop.at is not None and not prop.between:
            half = (prop.length or _SIZES[prop.kind][0]) / 2
            over = np.abs(points[..., 0] - prop.at) < half - 1.0
            # Only what is over it: a shank hangs in front of the chair, and under its edge.
            high = np.where(over & (points[..., 1] > prop.height - 8), prop.height, high)
    return high


def placed(figure: Figure, postures: Sequence[Posture]) -> tuple[Placed, ...]:
    """Return where the things stand: under what first rests on them.

    Args:
        figure: The figure.
        postures: Its keyframes as they were solved.
    """
    return tuple(_placed(prop, postures) for prop in figure.props)


def _placed(prop: Prop, postures: Sequence[Posture]) -> Placed:
    length, width = _SIZES[prop.kind]
    low, height = prop.low, prop.height
    # A chair of which only the back is held stands where the hand is.
    names = (prop.called, f"{prop.called} back")
    touched = ([met.point for met in one.contacts if met.on in names] for one in postures)
    resting = next((points for points in touched if points), [np.zeros(3)])
    if prop.between:
        resting = [postures[0].joints[name] for name in prop.between]
        middle = float(np.mean(resting, axis=0)[1])
        low, height = middle - prop.height / 2, middle + prop.height / 2
    spot = np.mean(resting, axis=0)
    return Placed(
        kind=prop.kind,
        name=prop.called,
        x=float(spot[0]) if prop.at is None else prop.at,
        z=float(spot[2]),
        low=low,
        height=height,
        length=prop.length or length,
        width=width,
        back=prop.back,
    )
