"""Where the muscles of the right hip run: the points that ``gait2392.toml`` keeps, read once.

From the published model gait2392 (Delp, Loan, Hoy, Zajac, Topp, Rosen, Thelen, Anderson, Seth;
CC BY 3.0; Delp et al. 1990, IEEE Trans Biomed Eng 37:757).
"""

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from psoas.motion.knee import Spline, joined, spline

Body = Literal["pelvis", "femur", "tibia"]
Angle = Literal["hip", "knee"]

# The model's own program leaves this much at the ends of a range, in radians.
_HAIR = 1e-5


@dataclass(frozen=True)
class Point:
    """A point that a muscle runs through.

    Attributes:
        body: The bone it moves with.
        at: x, y, z in the frame of that bone, metres.
        glides: It follows the patella: x and y of ``at`` count for nothing.
    """

    body: Body
    at: tuple[float, float, float]
    glides: bool = False


@dataclass(frozen=True)
class While:
    """When a conditional point is on the path: while an angle lies in a range.

    Attributes:
        angle: Hip flexion, or the knee's angle (negative when bent).
        low, high: Radians.
    """

    angle: Angle
    low: float
    high: float


@dataclass(frozen=True)
class Line:
    """One line of a muscle: straight from point to point.

    Attributes:
        name: As in the model: "psoas", "glut_med1".
        points: From the pelvis down, the conditional one included.
        without: The same without the conditional one; the same tuple where there is none.
        condition: When ``points`` counts rather than ``without``; None: always.
    """

    name: str
    points: tuple[Point, ...]
    without: tuple[Point, ...]
    condition: While | None


@dataclass(frozen=True)
class Model:
    """All that lengths are worked out from.

    Attributes:
        hip_centre: In the frame of the pelvis, metres.
        lines: In the order of the file.
        slides: Over the knee's angle: x and y of the tibia in the frame of the femur, then x and y
            of a gliding point in the frame of the tibia; metres.
    """

    hip_centre: tuple[float, float, float]
    lines: tuple[Line, ...]
    slides: Spline


@cache
def model() -> Model:
    """Read the model.

    Returns:
        The one that travels with psoas; no clinic's own takes its place: it is measured, not said.
    """
    data = tomllib.loads((files("psoas.motion") / "gait2392.toml").read_text(encoding="utf-8"))
    x, y, z = data["hip_centre"]
    knee, patella = data["knee"], data["patella"]
    return Model(
        hip_centre=(x, y, z),
        lines=tuple(_line(row) for row in data["lines"]),
        slides=joined(
            spline(knee["x_angles"], knee["x"]),
            spline(knee["y_angles"], knee["y"]),
            spline(patella["angles"], patella["x"]),
            spline(patella["angles"], patella["y"]),
        ),
    )


def _line(row: dict[str, Any]) -> Line:
    points, without, condition = [], [], None
    for entry in row["points"]:
        x, y, z = entry["at"]
        point = Point(entry["body"], (x, y, z), entry.get("glides", False))
        points.append(point)
        if "while" in entry:
            # The model has at most one such point on each line that is kept here.
            condition = While(entry["while"], entry["low"] - _HAIR, entry["high"] + _HAIR)
        else:
            without.append(point)
    return Line(row["name"], tuple(points), tuple(without), condition)


# Within these the model was held against its own program, degrees.
REACH: dict[str, tuple[float, float]] = {
    "flexion": (-30.0, 120.0),
    "abduction": (-30.0, 50.0),
    "rotation": (-50.0, 50.0),
    "knee": (0.0, 120.0),
}
# Between these hip flexions the conditional point of psoas and iliacus fades out.
FADES = (math.radians(20.0), math.radians(70.0))
