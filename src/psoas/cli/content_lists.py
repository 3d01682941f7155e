"""What ``psoas content list`` prints: the entries of one kind as plain objects, or as a table."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

Row = dict[str, Any]


def rows_of(kind: str) -> list[Row]:
    return KINDS[kind][0]()


def table_of(kind: str, rows: Sequence[Row]) -> list[str]:
    """The rows as aligned lines below a heading."""
    columns = KINDS[kind][1]
    lines = [list(columns), *([_told(row[column]) for column in columns] for row in rows)]
    return aligned(lines)


def aligned(lines: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Lines of cells, each column as wide as its widest cell; those named flush right."""
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "-"
    if isinstance(value, list):
        return ", ".join(_called(each) for each in value) or "-"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _called(each: Any) -> str:
    return str(each.get("name") or each["slug"]) if isinstance(each, dict) else str(each)


def _redflags() -> list[Row]:
    from psoas.content.redflags import questions

    return [
        {
            "slug": each.slug,
            "short": each.short,
            "ask": each.ask,
            "dispositions": list(each.dispositions),
            "emergency": each.emergency,
            "night": each.night,
            "again": each.again,
            "sources": list(each.sources),
            "ck": each.ck,
        }
        for each in questions().questions
    ]


def _questionnaires() -> list[Row]:
    from psoas.content.questionnaires import questionnaires

    return [
        {
            "slug": each.slug,
            "name": each.name,
            "version": each.version,
            "licence": each.licence.kind,
            "restricted": each.restricted,
            "items": len(each.items),
            "words": each.has_words,
            "scorer": each.scorer,
            "sources": list(each.sources),
        }
        for each in questionnaires()
    ]


def _library(kind: str) -> list[Row]:
    from psoas.content.exercises import EXERCISES

    return [
        {
            "slug": each.slug,
            "code": each.code,
            "name": each.name,
            "kind": each.kind,
            "group": each.group,
            "side": each.side,
            "minutes": each.dose.minutes,
            "when": list(each.when),
            "targets": list(each.targets),
            "equipment": list(each.equipment),
            "parts": list(each.parts),
            "bans": [
                {"when": ban.when, "why": ban.why, "instead": ban.instead} for ban in each.bans
            ],
            "evidence": each.evidence.strength,
            "sources": list(each.evidence.sources),
            "ck": each.evidence.ck,
            "figure": each.figure is not None,
            "default_off": each.default_off,
            "information": each.information,
        }
        for each in EXERCISES
        if each.kind == kind
    ]


def _exercises() -> list[Row]:
    return _library("exercise")


def _practices() -> list[Row]:
    return _library("practice")


def _programmes() -> list[Row]:
    from psoas.content.programmes import PROGRAMMES

    return [
        {
            "slug": each.slug,
            "name": each.name,
            "suits": list(each.suits),
            "items": [
                {"slug": item.slug, "sets": item.sets, "amount": item.amount, "note": item.note}
                for item in each.items
            ],
            "sources": list(each.sources),
            "ck": each.ck,
        }
        for each in PROGRAMMES
    ]


def _claims() -> list[Row]:
    from psoas.content.claims import CLAIMS

    return [{**dataclasses.asdict(each), "sources": list(each.sources)} for each in CLAIMS]


def _triggers() -> list[Row]:
    from psoas.content.triggers import TRIGGERS

    return [dataclasses.asdict(each) for each in TRIGGERS]


def _crisis() -> list[Row]:
    from psoas.content.crisis import COUNTRIES

    return [
        {
            "slug": each.code.lower(),
            "name": each.name,
            "emergency": list(each.emergency),
            "lines": [dataclasses.asdict(line) for line in each.lines],
            "covers": list(each.covers),
            "note": each.note,
            "verified_on": each.verified_on.isoformat(),
            "source": each.source,
            "unsourced": list(each.unsourced),
        }
        for each in COUNTRIES
    ]


# By kind: what reads it, and the columns of its table.
KINDS: dict[str, tuple[Callable[[], list[Row]], tuple[str, ...]]] = {
    "redflags": (_redflags, ("slug", "dispositions", "emergency", "night", "again", "short")),
    "questionnaires": (
        _questionnaires,
        ("slug", "version", "items", "licence", "restricted", "name"),
    ),
    "exercises": (_exercises, ("slug", "code", "group", "minutes", "evidence", "name")),
    "practices": (_practices, ("slug", "code", "group", "default_off", "evidence", "name")),
    "programmes": (_programmes, ("slug", "suits", "items", "name")),
    "claims": (_claims, ("slug", "verdict", "show", "claim", "words")),
    "triggers": (_triggers, ("slug", "exposure", "group", "name")),
    "crisis": (_crisis, ("slug", "name", "emergency", "verified_on", "lines")),
}
