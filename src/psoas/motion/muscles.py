"""Which muscles of the hip a position lengthens, and which it lets go slack.

The front door of the neighbours: lengths (``muscle_lengths``), bands (``muscle_bands``), and here
what a drawn position and the library's exercises do. From the published model gait2392 (CC BY 3.0;
the credit stands in ``gait2392.toml`` and in docs/the-muscles.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from psoas.content.exercise import Exercise
from psoas.content.exercises import exercises as library
from psoas.content.keyframe import Keyframe, Leg
from psoas.content.language import gettext as _
from psoas.motion.muscle_bands import (
    GROUPS,
    LENGTHENED,
    LINES,
    Band,
    bands,
    group_changes,
    name_of,
    said,
)
from psoas.motion.muscle_lengths import PoseRefused, changes, lengths
from psoas.motion.muscle_paths import REACH

__all__ = [
    "GROUPS",
    "LINES",
    "REACH",
    "Band",
    "End",
    "PoseRefused",
    "bands",
    "changes",
    "group_changes",
    "lengths",
    "name_of",
    "note",
    "of_exercise",
    "of_keyframe",
    "said",
    "which",
    "which_lengthens",
]


@dataclass(frozen=True)
class End:
    """What the end position of an exercise does to one muscle.

    Attributes:
        slug: Of the exercise.
        leg: Whose muscle: "worked" or "other".
        band: What it does.
    """

    slug: str
    leg: Literal["worked", "other"]
    band: Band


def note() -> str:
    """Return what stands beside every band a person sees."""
    return _(
        "Worked out from a general model of an adult's leg. It shows which muscles a position "
        "makes longer or shorter. It does not show tension, pain or injury, it cannot tell "
        "whether your psoas is tight, and it is not meant for a hip with dysplasia or a hip "
        "replacement."
    )


def of_keyframe(leg: Leg, pelvis_tilt: float) -> dict[str, Band]:
    """Say what a drawn position does to the muscles of one leg.

    The one place where a keyframe's angles become the model's: the hip is taken against the
    pelvis (a tucked pelvis counts as much as a leg further back), and external rotation, which a
    keyframe counts positive, becomes negative internal rotation.

    Args:
        leg: Joint angles, the hip against the trunk, degrees.
        pelvis_tilt: Of the pelvis against the trunk, degrees; the tail tucked is positive.

    Returns:
        A band for each of ``GROUPS``. Where a drawing bends further than the model was checked, a
        knee folded in a kneeling seat, the furthest that was checked counts.
    """
    return bands(
        _within("flexion", leg.hip_flexion - pelvis_tilt),
        _within("abduction", leg.hip_abduction),
        _within("rotation", -leg.hip_rotation),
        _within("knee", leg.knee_flexion),
    )


def _within(angle: str, value: float) -> float:
    low, high = REACH[angle]
    return min(max(value, low), high)


def of_exercise(exercise: Exercise) -> dict[str, Band] | None:
    """Say what the end position of an exercise does to the muscles of the worked leg.

    Returns:
        A band for each of ``GROUPS``; None where nothing is drawn.
    """
    end = _end(exercise)
    return None if end is None else of_keyframe(end.worked, end.pelvis_tilt)


def _end(exercise: Exercise) -> Keyframe | None:
    return exercise.figure.keyframes[-1] if exercise.figure else None


def which(group: str, exercises: Iterable[Exercise] | None = None) -> tuple[End, ...]:
    """Say what the end position of each exercise does to one muscle.

    Args:
        group: One of ``GROUPS``.
        exercises: Those asked about; the whole library where it is left out.

    Returns:
        Two for each exercise that is drawn, one a leg, in their order: the models
        agree on what lengthens a muscle, not on which does it most, so nothing is ranked.

    Raises:
        KeyError: there is no such group.
    """
    found = []
    for exercise in library() if exercises is None else exercises:
        end = _end(exercise)
        if end is None:
            continue
        for leg, joints in (("worked", end.worked), ("other", end.other)):
            band = of_keyframe(joints, end.pelvis_tilt)[group]
            found.append(End(exercise.slug, "worked" if leg == "worked" else "other", band))
    return tuple(found)


def which_lengthens(group: str, exercises: Iterable[Exercise] | None = None) -> tuple[str, ...]:
    """Answer "which of these lengthens the psoas?".

    Args:
        group: One of ``GROUPS``.
        exercises: Those asked about; the whole library where it is left out.

    Returns:
        Slugs of the exercises whose end position lengthens it in the worked leg, in their order.

    Raises:
        KeyError: there is no such group.
    """
    return tuple(
        end.slug
        for end in which(group, exercises)
        if end.leg == "worked" and end.band == LENGTHENED
    )
