"""How long each line of a muscle is in a position, and how much that differs from standing.

Straight from point to point of the published model gait2392, whose credit stands in
``gait2392.toml``. All angles are of the right leg, in degrees, relative to the pelvis; flexion,
abduction and INTERNAL rotation are positive, turned in this order. The left leg is its mirror.
"""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from psoas.content.language import gettext as _
from psoas.motion.muscle_paths import FADES, REACH, While, model
from psoas.motion.muscle_plan import Plan, plan

Floats = NDArray[np.float64]

# Poses at a time: what is in between stays in the processor's own memory.
_CHUNK = 2048


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
    turned = _turned(flexion, -poses[1], poses[2])
    shank = _shank(order, knee)
    pieces = np.empty((order.sums.shape[1], poses.shape[1]))
    hip, knees = len(order.hip_fixed), len(order.knee_from)
    # The square of a distance across the hip alone is linear in the nine numbers that turn it.
    pieces[:hip] = order.hip_fixed[:, None] + order.hip_turned @ turned.reshape(9, -1)
    away = order.knee_from[:, :, None] - shank[order.knee_to]
    pieces[hip : hip + knees] = np.einsum("sxn,sxn->sn", away, away)
    # Seen from the thigh: the pelvis turns about it.
    pelvis = np.einsum("sp,pfn->sfn", order.both_from, turned)
    pelvis -= shank[order.both_to]
    pieces[hip + knees :] = np.einsum("sxn,sxn->sn", pelvis, pelvis)
    found = order.fixed[:, None] + order.sums @ np.sqrt(pieces)
    lines = found[: order.lines]
    for row, other, condition in order.switches:
        share = _share(condition, flexion if condition.angle == "hip" else knee, smoothed)
        lines[row] = share * lines[row] + (1 - share) * found[other]
    return lines


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


def _shank(order: Plan, knee: Floats) -> Floats:
    """Return (points, 3, poses): where the shank's points are in the frame of the thigh, m."""
    cos, sin = np.cos(knee), np.sin(knee)
    slide_x, slide_y, glide_x, glide_y = model().slides(knee)
    places = np.empty((len(order.shank), 3, len(knee)))
    for place, point in zip(places, order.shank, strict=True):
        x, y = (glide_x, glide_y) if point.glides else point.at[:2]
        place[0] = slide_x + cos * x - sin * y
        place[1] = slide_y + sin * x + cos * y
        place[2] = point.at[2]
    return places
