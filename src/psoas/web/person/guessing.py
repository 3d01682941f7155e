"""When a guess is worth most: before any picture could have suggested it."""

from datetime import date, timedelta

from psoas.diary.answers.stars import FIRST_WEEK


def is_early(began: date | None, today: date) -> bool:
    """Whether all days count for a guess named today; later, only the days after it do.

    Args:
        began: The day of the first entry; None before it.
        today: The day somebody would name it.
    """
    return began is None or today < began + timedelta(days=FIRST_WEEK)
