"""How long each line of a muscle is in a position, and how much that differs from standing.

Straight from point to point of the published model gait2392, whose credit stands in
``gait2392.toml``. All angles are of the right leg, in degrees, relative to the pelvis; flexion,
abduction and INTERNAL rotation are positive, turned in this order. The left leg is its mirror.
"""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from psoas.content.language import gettext as _
from psoas.motion.muscle_paths import FADES, REACH, Model, Point, While, model
from psoas.motion.muscle_plan import plan

Floats = NDArray[np.float64]

# Poses at a time: what is in between stays in the processor's own memory.
_CHUNK = 512


class PoseRefused(ValueError):
    """An angle is no number, or lies where the model was never checked."""


def lengths(
    flexion: ArrayLike,
    abduction: ArrayLike,
    internal_rotation: ArrayLike,
    knee: ArrayLike,
    smoothed: bool = True,
) -> dict[str, Floats]:
    """Measure every line of every muscle.

    Args:
        flexion: Of the hip relative to the pelvis, degrees; extension is negative.
        abduction: Of the hip, degrees; adduction is negative.
        internal_rotation: Of the hip, degrees; external rotation is negative.
        knee: Flexion of the knee, degrees. All four take any shapes that broadcast together.
        smoothed: Fade the conditional point of psoas and iliacus out between 20° and 70° of
            flexion. The plain model drops it at 45°, where the length jumps by up to 9.3 mm
            (psoas) and 14.3 mm (iliacus). Outside that span the two are the same.

    Returns:
        Metres by the model's name of the line, each of the broadcast shape.

    Raises:
        PoseRefused: an angle is not finite, or outside ``REACH``.
    """
    angles = np.broadcast_arrays(
        *(np.asarray(angle, float) for angle in (flexion, abduction, internal_rotation, knee))
    )
    for angle, (name, (low, high)) in zip(angles, REACH.items(), strict=True):
        _refuse_outside(name, angle, low, high)
    shape = angles[0].shape
    poses = np.radians(np.stack([angle.ravel() for angle in angles]))
    lines = model().lines
    found = np.empty((len(lines), poses.shape[1]))
    for start in range(0, poses.shape[1], _CHUNK):
        part = slice(start, start + _CHUNK)
        found[:, part] = _chunk(poses[:, part], smoothed)
    return {line.name: values.reshape(shape) for line, values in zip(lines, found, strict=True)}


def changes(
    flexion: ArrayLike,
    abduction: ArrayLike,
    internal_rotation: ArrayLike,
    knee: ArrayLike,
    smoothed: bool = True,
) -> dict[str, Floats]:
    """Hold every line against itself in standing.

    Args:
        flexion: As in `lengths`, and so are the others.
        abduction: Degrees.
        internal_rotation: Degrees.
        knee: Degrees.
        smoothed: As in `lengths`.

    Returns:
        Millimetres by the model's name of the line: positive where it is longer than in standing.

    Raises:
        PoseRefused: as `lengths`.
    """
    found = lengths(flexion, abduction, internal_rotation, knee, smoothed)
    return {name: (length - _standing()[name]) * 1000 for name, length in found.items()}


@cache
def _standing() -> dict[str, float]:
    return {name: float(length) for name, length in lengths(0, 0, 0, 0).items()}


def _refuse_outside(name: str, angle: Floats, low: float, high: float) -> None:
    inside = (angle >= low) & (angle <= high)
    if np.all(inside):
        return
    # Not a number is not inside either.
    (wrong, *_others) = angle[~inside].ravel()
    raise PoseRefused(
        _("{name} {value} cannot be worked out: give degrees from {low} to {high}.").format(
            name=name, value=f"{wrong:g}", low=f"{low:g}", high=f"{high:g}"
        )
    )


def _chunk(poses: Floats, smoothed: bool) -> Floats:
    """Return (lines, poses) metres for (4, poses) radians."""
    flexion, knee = poses[0], -poses[3]
    order = plan()
    places = _places(model(), order.points, poses, knee)
    ends = places[order.lower] - places[order.upper]
    segments = np.sqrt(np.einsum("sxn,sxn->sn", ends, ends))
    sums = np.add.reduceat(segments, order.starts, axis=0)
    found = sums[order.full]
    for row, other, condition in order.switches:
        share = _share(condition, flexion if condition.angle == "hip" else knee, smoothed)
        found[row] = share * found[row] + (1 - share) * sums[other]
    return found


def _share(condition: While, angle: Floats, smoothed: bool) -> Floats:
    """Return how much of the conditional point counts: 1 on the path, 0 off it."""
    if smoothed and condition.angle == "hip":
        low, high = FADES
        along = np.clip((angle - low) / (high - low), 0.0, 1.0)
        # Level at both ends, so that neither the length nor its slope jumps.
        return np.asarray(1.0 - along * along * (3.0 - 2.0 * along))
    return ((angle >= condition.low) & (angle <= condition.high)).astype(float)


def _turned(flexion: Floats, adduction: Floats, rotation: Floats) -> Floats:
    """Return (3, 3, poses): what turns the thigh's frame into that of the pelvis."""
    cf, sf = np.cos(flexion), np.sin(flexion)
    ca, sa = np.cos(adduction), np.sin(adduction)
    cr, sr = np.cos(rotation), np.sin(rotation)
    return np.array(
        [
            [cf * cr - sf * sa * sr, -sf * ca, cf * sr + sf * sa * cr],
            [sf * cr + cf * sa * sr, cf * ca, sf * sr - cf * sa * cr],
            [-ca * sr, sa, ca * cr],
        ]
    )


def _places(anatomy: Model, points: tuple[Point, ...], poses: Floats, knee: Floats) -> Floats:
    """Return (points, 3, poses): where each point is in the frame of the pelvis, metres."""
    turned = _turned(poses[0], -poses[1], poses[2])
    ck, sk = np.cos(knee), np.sin(knee)
    slide_x, slide_y = anatomy.slide_x(knee), anatomy.slide_y(knee)
    glide = anatomy.patella_x(knee), anatomy.patella_y(knee)
    places = np.empty((len(points), 3, poses.shape[1]))
    for row, point in enumerate(points):
        if point.body == "pelvis":
            places[row] = np.array(point.at)[:, None]
            continue
        x: Floats | float
        y: Floats | float
        x, y, z = point.at
        if point.glides:
            x, y = glide
        if point.body == "tibia":
            x, y = slide_x + ck * x - sk * y, slide_y + sk * x + ck * y
        places[row] = turned[:, 0] * x + turned[:, 1] * y + turned[:, 2] * z
        places[row] += np.array(anatomy.hip_centre)[:, None]
    return places
