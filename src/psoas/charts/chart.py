"""What every chart is: a sentence, a picture, and the same numbers as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from psoas.charts.svg import Svg
from psoas.diary.table import DayTable

# What a card leaves of a phone of 390: there, a unit of a picture is a pixel.
CARD_WIDTH = 326.0


@dataclass(frozen=True)
class Chart:
    """One chart, ready to be laid out.

    Attributes:
        slug: Its name in classes and ids.
        title: A few words.
        sentence: What the picture shows, in words.
        svg: The picture; themed by classes through ``static/chart.css``. Where a narrow place needs
            another shape than a wide one it is a ``div`` with both, of which the stylesheet shows
            the one that fits.
        columns: Headings of the table.
        rows: The same numbers, one tuple of cells a row.
    """

    slug: str
    title: str
    sentence: str
    svg: Svg
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Draw(Protocol):
    """How a chart of a diary is drawn."""

    def __call__(
        self, table: DayTable, *, today: date, labels: Mapping[str, str] | None = None
    ) -> Chart:
        """Draw ``table``; ``labels`` names the triggers to show, in order (all when None)."""
        ...
