"""The figures that travel with psoas, solved beforehand.

Solving takes some hundredths of a second a figure, which a page with five of them would wait for.
So the solved poses lie beside the code, under a fingerprint of what they were solved from: a figure
that a clinic changed, or its own, is not found here and is solved when it is first shown.
``python -m scripts.solve_figures`` writes the file.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from psoas.content.keyframe import Figure

Array = NDArray[np.float64]

FILE = "solved.json"
# Where on the way between start and end poses are kept: eighths, for an animation.
EIGHTHS = tuple(step / 8 for step in range(1, 8))


def fingerprint(figure: Figure) -> str:
    """Return a short text that is another one for any other figure."""
    return hashlib.sha256(repr(figure).encode()).hexdigest()[:16]


def poses(figure: Figure) -> tuple[Array, ...] | None:
    """Return the solved poses of a figure's keyframes, or None where they are not kept.

    Returns:
        For each keyframe one number for each of ``kinematics.NAMES``: cm, then degrees.
    """
    row = _kept().get(fingerprint(figure))
    return tuple(np.array(one) for one in row["keyframes"]) if row else None


def way(figure: Figure, at: float) -> Array | None:
    """Return the solved pose somewhere on the way, or None where it is not kept.

    Args:
        figure: As written in its file.
        at: 0 the first keyframe, 1 the last; eighths are kept.
    """
    row = _kept().get(fingerprint(figure))
    if not row or at not in EIGHTHS or not row["way"]:
        return None
    return np.array(row["way"][EIGHTHS.index(at)])


@cache
def _kept() -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads(
        files("psoas.motion").joinpath(FILE).read_text(encoding="utf-8")
    )
    return found
