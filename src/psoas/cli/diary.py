"""``psoas diary FILE.csv``: a diary summed up, without the web and without Django."""

import argparse
import contextlib
import json
import os
import shutil
import sys
import tempfile
import textwrap
from datetime import date
from pathlib import Path

from psoas.charts import CHARTS
from psoas.charts.page import write_page
from psoas.cli.refusal import CommandRefused
from psoas.content.language import gettext as _
from psoas.diary.course import Change
from psoas.diary.decoding import refuse_large
from psoas.diary.reading import Reading, read_csv
from psoas.diary.refusal import DiaryRefused
from psoas.diary.spoken import weekday_short
from psoas.diary.summary import Summary, summarise

REFUSED = 2
_WIDEST = 88


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "diary",
        help="read a diary from a CSV file and say what is in it",
        description="Read a day table (columns day and pain, 0 to 10; every other column a "
        "trigger in numbers; empty = not known) and say what is in it.",
    )
    parser.add_argument("file", type=Path, metavar="FILE.csv")
    parser.add_argument(
        "--html", type=Path, metavar="OUT", help="also write a page with the charts to OUT"
    )
    parser.add_argument("--json", action="store_true", help="print the facts as one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        reading = _read(args.file, date.today())
        summary = summarise(reading.table)
        if args.html is not None:
            _write(args.html, args.file, _page(args.file.name, reading, summary))
    except (DiaryRefused, CommandRefused) as refused:
        print(refused, file=sys.stderr)
        return REFUSED
    if args.json:
        print(json.dumps(facts(reading, summary), ensure_ascii=False, indent=2))
        return 0
    print(_told(args.file.name, reading, summary))
    if args.html is not None:
        print("\n" + _("The page with the charts is {path}.").format(path=args.html))
    return 0


def _read(path: Path, today: date) -> Reading:
    try:
        if path.is_dir():
            raise CommandRefused(_("{path} is a folder, not a CSV file.").format(path=path))
        refuse_large(path.name, path.stat().st_size)
        data = path.read_bytes()
    except FileNotFoundError:
        raise CommandRefused(_("{path}: there is no such file.").format(path=path)) from None
    except PermissionError:
        raise CommandRefused(_("{path}: you may not read this file.").format(path=path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandRefused(
            _("{path} cannot be read: {reason}.").format(path=path, reason=reason)
        ) from None
    return read_csv(data, path.name, today)


def _page(name: str, reading: Reading, summary: Summary) -> str:
    charts = [draw(reading.table, today=reading.table.last) for draw in CHARTS]
    return write_page(name, summary.sentences(), reading.notes, charts)


def _write(out: Path, source: Path, page: str) -> None:
    try:
        if out.exists() and out.samefile(source):
            raise CommandRefused(
                _("{path} is the diary itself; choose another name for the page.").format(path=out)
            )
        if out.exists() and not out.is_file():
            raise CommandRefused(
                _("{path} is not a file that can be written over.").format(path=out)
            )
        # Whole or not at all: a full disk must not leave half a page under the name asked for.
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=".page-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(page)
            os.replace(name, out)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)
    except OSError as error:
        raise CommandRefused(
            _("{path} cannot be written: {reason}.").format(path=out, reason=error.strerror)
        ) from None


def _told(name: str, reading: Reading, summary: Summary) -> str:
    width = min(shutil.get_terminal_size((80, 24)).columns - 2, _WIDEST)
    lines = [name, ""]
    for sentence in summary.sentences():
        lines += textwrap.wrap(sentence, width, initial_indent="  ", subsequent_indent="  ")
    if reading.notes:
        lines += ["", _("About the file")]
    for note in reading.notes:
        lines += textwrap.wrap(note, width, initial_indent="  ", subsequent_indent="  ")
    return "\n".join(lines)


def facts(reading: Reading, summary: Summary) -> dict[str, object]:
    """Return what the sentences say, as data; ``--json`` prints it."""
    level, course = summary.level, summary.course
    weekdays = course.weekdays
    return {
        "days": {
            "first": summary.first.isoformat(),
            "last": summary.last.isoformat(),
            "span": summary.span,
            "recorded": summary.recorded,
            "missing": summary.span - summary.recorded,
            "gaps": [
                {"first": g.first.isoformat(), "last": g.last.isoformat(), "days": g.days}
                for g in summary.gaps
            ],
        },
        "triggers": list(reading.table.triggers),
        "level": level
        and {
            "median": _rounded(level.median),
            "middle_half": [_rounded(level.low), _rounded(level.high)],
            "lowest": _rounded(level.least),
            "highest": _rounded(level.most),
        },
        "trend": _change(course.trend),
        "trend_per_four_weeks": _change(summary.trend_per_four_weeks),
        "weekdays": None
        if weekdays is None
        else [{"weekday": weekday_short(w.weekday), **(_change(w.change) or {})} for w in weekdays],
        "last_two_weeks": _change(course.recent),
        "sentences": list(summary.sentences()),
        "notes": list(reading.notes),
    }


def _change(change: Change | None) -> dict[str, object] | None:
    if change is None:
        return None
    return {
        "by": _rounded(change.by),
        "low": _rounded(change.low),
        "high": _rounded(change.high),
        "clear": change.clear,
    }


def _rounded(value: float) -> float:
    # Four decimals: enough for a slope of years, and no false digits.
    return round(value, 4) + 0.0
