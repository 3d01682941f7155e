"""Numbers as a clinician reads them: rounded for the screen alone, a missing one as a dash."""

from psoas.diary.spoken import spoken_number
from psoas.scales.rounding import half_up


def shown(value: float | None) -> str:
    """One decimal at most, a half upwards; what is not there is a dash and never a nought."""
    return "–" if value is None else spoken_number(half_up(value))
