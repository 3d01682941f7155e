"""Rounded bodies: a row of sections along a line, and the outline they have for a camera.

A section is an oval with four radii (front, back, right, left), so that one body has a profile, a
front outline and everything between.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psoas.motion.camera import Camera

Points = NDArray[np.float64]

AROUND = 14
"""Anchors of an outline that is seen end on."""

_DIRECTIONS = np.stack(
    (np.cos(np.linspace(0, 2 * np.pi, 48, False)), np.sin(np.linspace(0, 2 * np.pi, 48, False))),
    axis=1,
)


@dataclass(frozen=True)
class Loft:
    """Sections along a line.

    Attributes:
        centres: (n, 3) cm.
        front: (n, 3) unit vectors towards the front radius.
        right: (n, 3) unit vectors towards the right radius.
        radii: (n, 4) cm: front, back, right, left.
        caps: How far the body is rounded out beyond its first and its last section, cm.
    """

    centres: Points
    front: Points
    right: Points
    radii: Points
    caps: tuple[float, float]


def ribbon(loft: Loft, camera: Camera) -> Points:
    """Return the outline seen from the side, (2n + 2, 2), beginning at the first cap."""
    middle = camera.flat(loft.centres)
    along = np.empty_like(middle)
    along[1:-1] = middle[2:] - middle[:-2]
    along[0], along[-1] = middle[1] - middle[0], middle[-1] - middle[-2]
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    across = np.stack((-along[:, 1], along[:, 0]), axis=1)
    reach = _support(loft, camera, np.stack((across, -across)))
    start = middle[0] - along[0] * loft.caps[0]
    end = middle[-1] + along[-1] * loft.caps[1]
    left, right = middle + reach
    return np.concatenate((start[None], left, end[None], right[::-1]))


def round_about(loft: Loft, camera: Camera) -> Points:
    """Return the outline of a body that is seen partly end on, (AROUND, 2).

    It is the hull of the sections: what a limb that points at the viewer looks like.
    """
    middle = camera.flat(loft.centres)
    reach = middle + _support(loft, camera, _DIRECTIONS[:, None])
    ends = middle[[0, -1]] + _DIRECTIONS[:, None] * np.array(loft.caps)[None, :, None]
    reach = np.concatenate((reach, ends), axis=1)
    far = np.einsum("dnk,dk->dn", reach, _DIRECTIONS).argmax(axis=1)
    return evenly(reach[np.arange(len(far)), far], AROUND)


def evenly(outline: Points, count: int) -> Points:
    """Return a closed outline again with anchors at even distances, (count, 2)."""
    around = np.concatenate((outline, outline[:1]))
    steps = np.linalg.norm(np.diff(around, axis=0), axis=1)
    walked = np.concatenate(([0.0], np.cumsum(steps)))
    at = np.linspace(0, walked[-1], count, endpoint=False)
    return np.stack((np.interp(at, walked, around[:, 0]), np.interp(at, walked, around[:, 1])), 1)


def shown(loft: Loft, camera: Camera) -> float:
    """Return how much of a body's length the camera sees: 1 from the side, 0 end on."""
    ends = loft.centres[[0, -1]]
    length = float(np.linalg.norm(ends[1] - ends[0]))
    flat = camera.flat(ends)
    return float(np.linalg.norm(flat[1] - flat[0])) / max(length, 1e-9)


def _support(loft: Loft, camera: Camera, directions: Points) -> Points:
    """Return where each section's edge lies furthest in directions of the picture.

    Args:
        loft: n sections.
        camera: Where it is seen from.
        directions: (…, n or 1, 2) unit vectors.

    Returns:
        (…, n, 2) from the section's centre.
    """
    front, right = camera.flat(loft.front), camera.flat(loft.right)
    x, y = directions[..., 0], directions[..., 1]
    a = front[:, 0] * x + front[:, 1] * y
    b = right[:, 0] * x + right[:, 1] * y
    ra = np.where(a >= 0, loft.radii[:, 0], loft.radii[:, 1])
    rb = np.where(b >= 0, loft.radii[:, 2], loft.radii[:, 3])
    a, b = a * ra, b * rb
    reach = np.maximum(np.hypot(a, b), 1e-9)
    a, b = (a * ra / reach)[..., None], (b * rb / reach)[..., None]
    return np.asarray(a * front + b * right)
