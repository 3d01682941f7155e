"""Where the things of a figure stand, and what the body therefore may not sink into."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from psoas.content.keyframe import Figure, Prop
from psoas.motion.kinematics import Met, Placed

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


def placed(
    figure: Figure, joints: Mapping[str, Array], contacts: Sequence[Met]
) -> tuple[Placed, ...]:
    """Return where the things stand, from the first keyframe as it was solved.

    Args:
        figure: The figure.
        joints: Named points of the first posture, cm.
        contacts: Of the first posture.
    """
    return tuple(_placed(prop, joints, contacts) for prop in figure.props)


def _placed(prop: Prop, joints: Mapping[str, Array], contacts: Sequence[Met]) -> Placed:
    length, width = _SIZES[prop.kind]
    resting = [met.point for met in contacts if met.on == prop.called]
    low, height = prop.low, prop.height
    if prop.between:
        resting = [joints[name] for name in prop.between]
        middle = float(np.mean(resting, axis=0)[1])
        low, height = middle - prop.height / 2, middle + prop.height / 2
    spot = np.mean(resting, axis=0) if resting else np.zeros(3)
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
