"""From where a figure is seen: points of the room onto the picture."""

from dataclasses import dataclass
from functools import cached_property
from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray

from psoas.content.keyframe import View

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Camera:
    """Three unit vectors in the room; parallel rays, so that lengths may be compared.

    Attributes:
        across: What lies to the right in the picture.
        up: What lies up in the picture.
        towards: Towards the viewer.
    """

    across: Points
    up: Points
    towards: Points

    @cached_property
    def plane(self) -> Points:
        """Return the picture's two directions as columns, (3, 2)."""
        return np.stack((self.across, self.up), axis=1)

    def flat(self, points: Points) -> Points:
        """Return where points of the room, (…, 3), lie in the picture, (…, 2), y up, in cm."""
        return points @ self.plane

    def depth(self, points: Points) -> Points:
        """Return how near the viewer points are, (…,), in cm."""
        return np.asarray(points @ self.towards)


def camera(view: View, above: float, aside: float = 0.0) -> Camera:
    """Return the camera of a figure.

    Args:
        view: From the side the worked (right) side is nearest; from the front a person's right is
            to the left in the picture.
        above: Degrees above the horizontal.
        aside: Degrees round from the side towards the front.
    """
    rise, level = sin(radians(above)), cos(radians(above))
    round_ = radians(90.0 if view == "front" else aside)
    level_way = np.array([sin(round_), 0.0, cos(round_)])
    return Camera(
        across=np.array([cos(round_), 0.0, -sin(round_)]),
        up=np.array([0.0, level, 0.0]) - rise * level_way,
        towards=np.array([0.0, rise, 0.0]) + level * level_way,
    )
