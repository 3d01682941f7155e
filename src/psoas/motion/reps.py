"""How often a movement was done: an angle that went from one end to the other and came back."""

import math
from collections.abc import Iterable


def count(angles: Iterable[float], low: float, high: float, tolerance: float = 15.0) -> int:
    """Count the repetitions in a series of angles.

    One end counts as reached within ``tolerance`` of it, and it counts as left only when the other
    one is reached: trembling about a limit is no repetition, and neither is half a movement. Which
    end it starts from is seen from the series, so standing up from a chair and sitting down to one
    are counted alike.

    Args:
        angles: Degrees, in the order of time. What was not seen (nan) is passed over: it is no
            movement.
        low: The one end of the whole movement, degrees.
        high: The other.
        tolerance: Degrees; never more than a third of the way, so that the ends stay apart.

    Returns:
        How often the movement went to the other end and came back.

    Raises:
        ValueError: ``low`` is not below ``high``, or the tolerance is negative.
    """
    if not (low < high and tolerance >= 0):
        raise ValueError(f"a movement goes from a lower to a higher angle, not {low:g} to {high:g}")
    slack = min(tolerance, (high - low) / 3)
    home: str | None = None
    at: str | None = None
    found = 0
    for angle in angles:
        end = _end(angle, low + slack, high - slack)
        if end is None or end == at:
            continue
        if home is None:
            home = end
        elif end == home:
            found += 1
        at = end
    return found


def _end(angle: float, low: float, high: float) -> str | None:
    if math.isnan(angle):
        return None
    if angle >= high:
        return "high"
    return "low" if angle <= low else None
