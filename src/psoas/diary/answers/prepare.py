"""Compile the arithmetic once: at set-up, or before the first answer."""

from datetime import date

import numpy as np

from psoas.diary.answers.compiled import is_prepared, note_prepared
from psoas.diary.answers.design import lay_out
from psoas.diary.answers.exact import fit_exact
from psoas.diary.answers.many import any_day_many
from psoas.diary.synthetic import make_diary

__all__ = ["is_prepared", "prepare"]


def prepare() -> None:
    """Compile everything and keep it on disk; about half a minute the first time, nothing later."""
    diary = make_diary(0, date(2026, 1, 4), weeks=6)
    fit_exact(lay_out(diary.table))
    days = diary.table.span
    any_day_many(
        np.arange(days, dtype=np.int32),
        diary.table.pain.astype(np.float32),
        diary.table.values.astype(np.float32),
        np.array([0, days]),
        diary.table.triggers,
    )
    note_prepared()


if __name__ == "__main__":
    prepare()
