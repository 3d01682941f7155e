"""Floor 2: an answer becomes a sentence, a picture, and the same numbers as a table."""

from psoas.charts import calendar, pain_line
from psoas.charts.chart import Draw

CHARTS: tuple[Draw, ...] = (
    calendar.draw,
    pain_line.draw,
)
