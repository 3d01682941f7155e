"""Tables of days for the cohort's tests, small and with a known effect."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

TRIGGERS = ("rain", "sleep", "work")
FIRST = date(2025, 1, 6)


def person(name: Any, seed: int, days: int = 60, effect: float = 3.0) -> list[dict[str, Any]]:
    """One person's rows; pain goes up by ``effect`` on days of rain."""
    rng = np.random.default_rng(seed)
    rows = []
    for n in range(days):
        rain = int(rng.random() < 0.5)
        pain = float(np.clip(np.round(3 + effect * rain + rng.normal(0, 0.7)), 0, 10))
        rows.append(
            {
                "person": name,
                "day": FIRST + timedelta(days=n),
                "pain": None if rng.random() < 0.1 else pain,
                "rain": None if rng.random() < 0.05 else rain,
                "sleep": int(rng.integers(0, 11)),
                "work": bool(rng.random() < 0.3),
            }
        )
    return rows


def people(count: int, days: int = 60) -> list[dict[str, Any]]:
    """Persons 1 to ``count``, one after the other."""
    return [row for n in range(1, count + 1) for row in person(n, n, days)]


def write(path, rows, schema=None, group=None):
    table = pa.Table.from_pylist(rows, schema=schema)
    pq.write_table(table, path, row_group_size=group)
    return path
