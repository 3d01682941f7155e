"""Reads the clinical knowledge that travels with psoas as TOML files.

The shape of an entry is a frozen dataclass, and that dataclass is the whole schema: its fields are
the keys, a default makes a key optional, its types are what a value may be. An unknown key is
refused rather than ignored, because a misspelt ``exposure`` would silently change an answer.
"""

import dataclasses
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

_SPOKEN = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date such as 2026-04-14",
}


class ContentError(Exception):
    """A content file cannot be used: says which file, entry and key, and what to do."""

    def __init__(self, file: str, entry: str, key: str, problem: str, remedy: str) -> None:
        """Compose the sentence; ``entry`` and ``key`` may be empty when the file itself is bad."""
        self.file, self.entry, self.key = file, entry, key
        self.problem, self.remedy = problem, remedy
        where = ", ".join(part for part in (file, entry, key and f"key “{key}”") if part)
        super().__init__(f"{where}: {problem}. {remedy}.")


def read_toml(name: str) -> dict[str, Any]:
    """Return one content file as plain values.

    Args:
        name: path below ``psoas/content``, such as ``"triggers.toml"``.

    Raises:
        ContentError: the file is not there, is not UTF-8, or is not TOML.
    """
    try:
        return tomllib.loads(files("psoas.content").joinpath(name).read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise ContentError(
            name, "", "", "the file is missing", "Install psoas again, or put the file back"
        ) from missing
    except UnicodeDecodeError as wrong:
        raise ContentError(
            name, "", "", "the file is not UTF-8 text", "Save it again as UTF-8"
        ) from wrong
    except tomllib.TOMLDecodeError as wrong:
        raise ContentError(
            name, "", "", f"not valid TOML ({wrong})", "Correct the line named here"
        ) from wrong


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
    found = tuple(
        _build(name, f"{table} {_called(row, number)}", row, shape)
        for number, row in enumerate(rows, 1)
    )
    _refuse_twins(name, table, rows)
    return found


def _called(row: object, number: int) -> str:
    """Name an entry in an error: its slug or code, or else its place in the file."""
    if isinstance(row, dict):
        for key in ("slug", "code"):
            if isinstance(row.get(key), str):
                return f"“{row[key]}”"
    return f"number {number}"


def _refuse_twins(name: str, table: str, rows: list[dict[str, Any]]) -> None:
    for key in ("slug", "code"):
        seen: set[str] = set()
        for row in rows:
            if key in row and row[key] in seen:
                raise ContentError(
                    name, f"{table} “{row[key]}”", key, "is used twice", "Give each entry its own"
                )
            seen.add(row.get(key, ""))


def _build(file: str, entry: str, row: object, shape: type[T]) -> T:
    """Make one ``shape`` of one table, or say exactly why not."""
    if not isinstance(row, dict):
        raise ContentError(file, entry, "", "is not a table", "Write it as key = value lines")
    assert dataclasses.is_dataclass(shape)
    fields = {field.name: field for field in dataclasses.fields(shape)}
    hints = get_type_hints(shape)
    for key in row:
        if key not in fields:
            raise ContentError(
                file, entry, key, "is not a known key", f"Known keys are {', '.join(fields)}"
            )
    values: dict[str, Any] = {}
    for key, field in fields.items():
        if key in row:
            values[key] = _value(file, entry, key, row[key], hints[key])
        elif field.default is dataclasses.MISSING:
            raise ContentError(file, entry, key, "is missing", f"Add a line {key} = …")
    try:
        return shape(**values)
    except ValueError as refused:
        raise ContentError(file, entry, "", str(refused), "Correct the entry") from refused


def _value(file: str, entry: str, key: str, value: object, kind: Any) -> object:
    """Check one value against one annotation; TOML arrays become tuples."""
    if get_origin(kind) is tuple:
        return _several(file, entry, key, value, get_args(kind))
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            allowed = ", ".join(f"“{word}”" for word in get_args(kind))
            raise ContentError(file, entry, key, f"is {value!r}", f"Use one of {allowed}")
        return value
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _build(file, f"{entry}, {key}", value, kind)
    if kind is float and type(value) is int:
        return float(value)
    # `type is`, not isinstance: true is an int to Python, and a number to nobody else.
    if type(value) is not kind:
        raise ContentError(file, entry, key, f"is {value!r}", f"It must be {_SPOKEN[kind]}")
    return value


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
        _value(file, entry, key, item, kind) for item, kind in zip(value, kinds, strict=True)
    )
