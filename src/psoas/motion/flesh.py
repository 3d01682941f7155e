"""The flesh around the bones, as far as lying, standing and holding need it.

A body that lies on the floor lies on its outline, not on its joints. The outline is felt at some
fifty places: each a slice of a limb or of the trunk, or an ellipsoid for head, seat and joints,
whose outermost point in any direction is known in one formula.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from psoas.motion import body
from psoas.motion.kinematics import SPINE, Laid, turned

Array = NDArray[np.float64]
DOWN = np.array([0.0, -1.0, 0.0])
_SIDES = ("worked", "other")
_SHARES = {
    "thigh": (0.12, 0.3, 0.5, 0.7, 0.88),
    "shank": (0.16, 0.32, 0.6, 0.85),
    "upper arm": (0.3, 0.65),
    "forearm": (0.25, 0.6, 0.88),
}
# Which frame a place hangs in, in the order `felt` stacks them: the trunk's slices come first.
_SLICES = len(body.TRUNK_FLESH)
_PELVIS, _HEAD = _SLICES, _SLICES + 1
_UPPER, _LOWER, _LAST = (_SLICES + 2 + 4 * at for at in range(3))


@dataclass(frozen=True)
class Felt:
    """Where the flesh is, of many poses at once.

    Attributes:
        centres: Middle of each place, (n, places, 3) cm.
        frames: Its frame, (n, places, 3, 3).
        lowest: Its lowest point, (n, places, 3) cm: what most contacts ask for.
    """

    centres: Array
    frames: Array
    lowest: Array

    def outermost(self, places: Sequence[int], direction: Array) -> Array:
        """Return the outermost points of some places.

        Args:
            places: Their numbers (`AT`).
            direction: Unit vector, (3,), or one for each pose, (n, 3).

        Returns:
            (n, places, 3) cm.
        """
        at = list(places)
        return _outermost(self.centres[:, at], self.frames[:, at], _SIZES[at], direction)


def _outermost(centres: Array, frames: Array, sizes: Array, direction: Array) -> Array:
    ways = direction if direction.ndim == 1 else direction[:, None, None]
    local = (ways @ frames).reshape(centres.shape)
    half = np.empty_like(local)
    half[..., 0] = np.where(local[..., 0] > 0, sizes[:, 0], sizes[:, 1])
    half[..., 1:] = sizes[:, 2:]
    reach = half * local
    length = np.sqrt(np.einsum("npi,npi->np", reach, reach))
    reach *= half / np.maximum(length, 1e-9)[..., None]
    return np.asarray(centres + (frames @ reach[..., None])[..., 0])


def _places() -> tuple[tuple[str, ...], Array, Array, Array, Array]:
    """List every place: name, the point and frame it hangs from, where there, half sizes."""
    rows: list[tuple[str, int, int, tuple[float, ...], tuple[float, ...]]] = []
    for at, (height, back, front, half) in enumerate(body.TRUNK_FLESH):
        rows.append((f"trunk {height:g}", at, at, (0, 0, 0), (front, -back, 1.0, half)))
    front, up, across = body.SEAT_HALF
    rows.append(("seat", _PELVIS, _PELVIS, (*body.SEAT, 0), (front, front, up, across)))
    front, up, across = body.HEAD_HALF
    middle = (body.HEAD_MIDDLE[0], body.HEAD_MIDDLE[1] - body.SKULL_BASE, 0)
    rows.append(("head", _HEAD, _HEAD, middle, (front, front, up, across)))
    for number, side in enumerate(_SIDES):
        for limb, frame, length in (
            ("thigh", _UPPER + number, body.THIGH),
            ("shank", _LOWER + number, body.SHANK),
            ("upper arm", _UPPER + 2 + number, body.UPPER_ARM),
            ("forearm", _LOWER + 2 + number, body.FOREARM),
        ):
            for share in _SHARES[limb]:
                sizes = (body.radius(limb, share, 1), body.radius(limb, share, 2), 0.8,
                         body.radius(limb, share, 0))  # fmt: skip
                rows.append((f"{side} {limb} {share:g}", frame, frame, (0, -share * length, 0),
                             sizes))  # fmt: skip
        rows += _ends(side, number)
    names, points, frames, local, sizes = zip(*rows, strict=True)
    return names, np.array(points), np.array(frames), np.array(local, float), np.array(sizes, float)


def _ends(
    side: str, number: int
) -> list[tuple[str, int, int, tuple[float, ...], tuple[float, ...]]]:
    """Return the joints, foot and hand of one side."""
    arm, leg = number + 2, number
    knee, shoulder, elbow = 5.45, 5.2, 3.4
    # A sole has a rounded edge: without it the lowest point of a flat foot could be on either side.
    edge = 0.6
    foot = (edge, edge, edge, body.FOOT_HALF)
    heel, ball = ((x, y + edge, 0) for x, y in (body.HEEL, body.BALL))
    return [
        (f"{side} knee", _LOWER + leg, _LOWER + leg, (0, 0, 0), (knee,) * 4),
        (f"{side} ankle", _LOWER + leg, _LOWER + leg, (0, -body.SHANK, 0), (4.2, 3.4, 3.0, 3.4)),
        (f"{side} heel", _LAST + leg, _LAST + leg, heel, foot),
        (f"{side} ball", _LAST + leg, _LAST + leg, ball, foot),
        (f"{side} instep", _LAST + leg, _LAST + leg, (*body.INSTEP, 0), foot),
        (f"{side} toe", _LAST + 4 + leg, _LAST + leg, (0, 0, 0), foot),
        (f"{side} shoulder", _UPPER + arm, _UPPER + arm, (0, 0, 0), (shoulder,) * 4),
        (f"{side} elbow", _LOWER + arm, _LOWER + arm, (0, 0, 0), (elbow,) * 4),
        (f"{side} wrist", _LAST + arm, _LAST + arm, (0, 0, 0), (2.1,) * 4),
        (f"{side} palm", _LAST + arm, _LAST + arm, (0, -body.PALM, 0), (1.7,) * 4),
        (f"{side} fingers", _LAST + arm, _LAST + arm, (0, 1.7 - body.HAND, 0), (1.5,) * 4),
    ]


NAMES, _POINTS, _FRAMES, _LOCAL, _SIZES = _places()
AT: Mapping[str, int] = MappingProxyType({name: at for at, name in enumerate(NAMES)})


def felt(laid: Laid) -> Felt:
    """Return where the flesh of laid-out bodies is."""
    count = len(laid.trunk)
    heights = body.TRUNK_FLESH[:, 0] / body.TRUNK * (SPINE - 1)
    whole = np.clip(heights.astype(int), 0, SPINE - 2)
    rest = (heights - whole)[None, :, None]
    slices = laid.spine[:, whole] * (1 - rest) + laid.spine[:, whole + 1] * rest
    curved = laid.trunk[:, None] @ turned(2, -laid.bends[:, whole])
    origins = np.concatenate(
        [
            slices,
            laid.spine[:, :1],
            laid.skull[:, None],
            laid.tops,
            laid.mids,
            laid.ends,
            laid.toes,
        ],
        axis=1,
    )
    frames = np.concatenate(
        [
            curved,
            laid.pelvis[:, None],
            laid.head[:, None],
            laid.upper,
            laid.lower,
            laid.last,
            np.zeros((count, 2, 3, 3)),
        ],
        axis=1,
    )[:, _FRAMES]
    centres = origins[:, _POINTS] + np.einsum("npij,pj->npi", frames, _LOCAL)
    return Felt(centres, frames, _outermost(centres, frames, _SIZES, DOWN))


def near(limb: str, share: float) -> int:
    """Return the number of the place of a limb that is nearest to a share of its length.

    Args:
        limb: With its side: ``"worked thigh"``.
        share: 0 its upper end, 1 its lower.
    """
    kind = limb.split(" ", 1)[1]
    return AT[f"{limb} {min(_SHARES[kind], key=lambda one: abs(one - share)):g}"]
