"""Looking at every row as it lies there: SQLite takes text where a number or a key belongs."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from django.db.models import Model

Fits = Callable[[object], bool]


def misfits(database: Path) -> Iterator[str]:
    """Name table, row and column of each value that psoas cannot have written."""
    from django.apps import apps

    # Not through Django: it would turn a value into what it should be, or stop at it.
    address = f"{database.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        connection.text_factory = partial(str, encoding="utf-8", errors="replace")
        for app in ("people", "assessment", "journal", "experiment", "programme"):
            for model in apps.get_app_config(app).get_models():
                yield from _of_table(connection, model)


def _of_table(connection: sqlite3.Connection, model: "type[Model]") -> Iterator[str]:
    table, fields = model._meta.db_table, model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    checks = [(field.column, field.null, _kind(field)) for field in fields]
    for row, *values in connection.execute(f'SELECT rowid, {columns} FROM "{table}"'):
        for (column, null, fits), value in zip(checks, values, strict=True):
            if not ((value is None and null) or fits(value)):
                yield f"{table}, row {row}, {column}"


def _kind(field: object) -> Fits:
    from django.db import models

    while isinstance(field, models.ForeignKey):
        field = field.target_field
    kinds: tuple[tuple[type, Fits], ...] = (
        (models.UUIDField, _parses(UUID)),
        # A DateTimeField is a DateField, too: it comes first.
        (models.DateTimeField, _parses(datetime.fromisoformat)),
        (models.DateField, _parses(date.fromisoformat)),
        (models.BinaryField, lambda value: isinstance(value, bytes)),
        (models.BooleanField, lambda value: value in (0, 1)),
        (models.IntegerField, lambda value: isinstance(value, int)),
    )
    fits = (fits for kind, fits in kinds if isinstance(field, kind))
    return next(fits, lambda value: isinstance(value, str))


def _parses(read: Callable[[str], object]) -> Fits:
    def fits(value: object) -> bool:
        try:
            read(value if isinstance(value, str) else "")
        except ValueError:
            return False
        return True

    return fits
