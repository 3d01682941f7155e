"""Reads the clinical knowledge that travels with psoas as TOML files.

The shape of an entry is a frozen dataclass, and that dataclass is the whole schema: its fields are
the keys, a default makes a key optional, its types are what a value may be. An unknown key is
refused rather than ignored, because a misspelt ``exposure`` would silently change an answer.
"""

import dataclasses
import math
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from psoas.content.overlay import ContentError as ContentError
from psoas.content.overlay import brought, content_of

T = TypeVar("T")

_SPOKEN = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date such as 2026-04-14",
}


def read_toml(name: str) -> dict[str, Any]:
    """Return one content file as plain values, the clinic's own where there is one.

    Args:
        name: path below ``psoas/content``, such as ``"triggers.toml"``.

    Raises:
        ContentError: the file is not there, cannot be read, is not UTF-8, or is not TOML.
    """
    return _parsed(name, content_of(name))


def brought_toml(name: str) -> dict[str, Any]:
    """Return a content file as it travels with psoas, whatever the clinic has in its place.

    Raises:
        ContentError: there is no such file.
    """
    return _parsed(name, brought(name))


def _parsed(name: str, data: bytes) -> dict[str, Any]:
    try:
        # Some editors put a mark before the first letter.
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise ContentError(
            name, "", "", "the file is not UTF-8 text", "Save it again as UTF-8"
        ) from wrong
    except tomllib.TOMLDecodeError as wrong:
        raise ContentError(
            name, "", "", f"not valid TOML ({wrong})", "Correct the line named here"
        ) from wrong


def read_record(name: str, shape: type[T]) -> T:
    """Return a file that is one thing, as a ``shape``: its keys are the fields.

    Args:
        name: path below ``psoas/content``, such as ``"questionnaires/phq-9.toml"``.
        shape: frozen dataclass that describes the file.

    Raises:
        ContentError: the file, or a key in it, is not as ``shape`` says.
    """
    return record_of(read_toml(name), name, shape)


def record_of(document: dict[str, Any], name: str, shape: type[T]) -> T:
    """Do the work of `read_record` on a document that is already read (``name`` is for errors)."""
    return build(name, "", document, shape)


def read_entries(name: str, table: str, shape: type[T]) -> tuple[T, ...]:
    """Return the ``[[table]]`` entries of a file, each as a ``shape``.

    Args:
        name: path below ``psoas/content``.
        table: the one array of tables that the file holds.
        shape: frozen dataclass that describes an entry.

    Raises:
        ContentError: the file, an entry or a key is not as ``shape`` says, or a slug comes twice.
    """
    return entries_of(read_toml(name), name, table, shape)


def entries_of(document: dict[str, Any], name: str, table: str, shape: type[T]) -> tuple[T, ...]:
    """Do the work of `read_entries` on a document that is already read (``name`` is for errors)."""
    for key in document:
        if key != table:
            raise ContentError(
                name, "", key, "is not known here", f"Only [[{table}]] entries belong in this file"
            )
    rows = document.get(table)
    if not isinstance(rows, list) or not rows:
        raise ContentError(name, "", table, "there is no entry", f"Add at least one [[{table}]]")
    found, problems = [], []
    for number, row in enumerate(rows, 1):
        try:
            found.append(build(name, f"{table} {_called(row, number)}", row, shape))
        except ContentError as problem:
            problems.append(problem)
    problems += _twins(name, table, rows)
    if problems:
        problems[0].others = tuple(problems[1:])
        raise problems[0]
    return tuple(found)


def _called(row: object, number: int) -> str:
    """Name an entry in an error: slug, code, name or condition, else its place in the file."""
    if isinstance(row, dict):
        for key in ("slug", "code", "name", "when"):
            if isinstance(row.get(key), str):
                return f"“{row[key]}”"
    return f"number {number}"


def _twins(name: str, table: str, rows: list[Any]) -> Iterable[ContentError]:
    for key in ("slug", "code"):
        seen: set[str] = set()
        for row in rows:
            value = row.get(key) if isinstance(row, dict) else None
            if isinstance(value, str) and value in seen:
                yield ContentError(
                    name, f"{table} “{value}”", key, "is used twice", "Give each entry its own"
                )
            elif isinstance(value, str):
                seen.add(value)


def build(file: str, entry: str, row: object, shape: type[T]) -> T:
    """Make one ``shape`` of one table, or say exactly why not.

    Args:
        file: name of the content file, for errors.
        entry: what the table is called in an error; empty where it is the whole file.
        row: the table as it was read.
        shape: frozen dataclass that describes it.

    Raises:
        ContentError: a key is unknown, missing, or of another kind than ``shape`` says.
    """
    if not isinstance(row, dict):
        raise ContentError(file, entry, "", "is not a table", "Write it as key = value lines")
    assert dataclasses.is_dataclass(shape)
    fields = {field.name: field for field in dataclasses.fields(shape)}
    hints = _hints(shape)
    for key in row:
        if key not in fields:
            raise ContentError(
                file, entry, key, "is not a known key", f"Known keys are {', '.join(fields)}"
            )
    values: dict[str, Any] = {}
    for key, field in fields.items():
        if key in row:
            values[key] = _value(file, entry, key, row[key], hints[key])
            if hints[key] is str and not row[key].strip() and _is_needed(field):
                raise ContentError(file, entry, key, "is empty", "Write what belongs there")
        elif _is_needed(field):
            raise ContentError(file, entry, key, "is missing", f"Add a line {key} = …")
    try:
        return shape(**values)
    except ValueError as refused:
        raise ContentError(file, entry, "", str(refused), "Correct the entry") from refused


def _is_needed(field: "dataclasses.Field[Any]") -> bool:
    return field.default is field.default_factory is dataclasses.MISSING


@cache
def _hints(shape: type) -> dict[str, Any]:
    """Return what the fields of a shape may hold; working it out takes longer than reading."""
    return get_type_hints(shape)


def _value(file: str, entry: str, key: str, value: object, kind: Any) -> object:
    """Check one value against one annotation; TOML arrays become tuples."""
    if get_origin(kind) is UnionType:
        kind = _branch(value, get_args(kind))
    if get_origin(kind) is tuple:
        return _several(file, entry, key, value, get_args(kind))
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            allowed = ", ".join(f"“{word}”" for word in get_args(kind))
            raise ContentError(file, entry, key, f"is {value!r}", f"Use one of {allowed}")
        return value
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return build(file, ", ".join(part for part in (entry, key) if part), value, kind)
    if kind is float and type(value) is int:
        return float(value)
    # `type is`, not isinstance: true is an int to Python, and a number to nobody else.
    if type(value) is not kind:
        raise ContentError(file, entry, key, f"is {value!r}", f"It must be {_SPOKEN[kind]}")
    if isinstance(value, float) and not math.isfinite(value):
        raise ContentError(file, entry, key, f"is {value}", "It must be a finite number")
    return value


def _branch(value: object, kinds: tuple[Any, ...]) -> Any:
    """Return the one of several annotations that a value is held to: TOML itself has no null."""
    kinds = tuple(kind for kind in kinds if kind is not type(None))
    fits = (kind for kind in kinds if kind is type(value) or get_origin(kind) is type(value))
    return next(fits, kinds[0])


def _several(
    file: str, entry: str, key: str, value: object, kinds: tuple[Any, ...]
) -> tuple[object, ...]:
    """Check a list: of any length when ``kinds`` ends in an ellipsis, else one kind a place."""
    if not isinstance(value, list):
        raise ContentError(file, entry, key, "must be a list", "Put the values in [ ]")
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    if len(value) != len(kinds):
        raise ContentError(file, entry, key, f"must hold {len(kinds)} values", "Correct the list")
    return tuple(
        _value(
            file,
            entry,
            f"{key} {_called(item, number)}" if isinstance(item, dict) else key,
            item,
            kind,
        )
        for number, (item, kind) in enumerate(zip(value, kinds, strict=True), 1)
    )
