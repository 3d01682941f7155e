"""``psoas diary FILE.csv``: a diary answered and summed up, without the web and without Django."""

import argparse
import contextlib
import json
import os
import sys
import tempfile
from datetime import date
from pathlib import Path

from psoas.charts import CHARTS, days_with, effects
from psoas.charts.page import write_page
from psoas.cli.diary_answers import answer, facts, told, told_notes, wrapped
from psoas.cli.files import read_table
from psoas.cli.refusal import CommandRefused
from psoas.content.language import gettext as _
from psoas.diary.answers.answer import Answers, Level
from psoas.diary.answers.sentences import sentence
from psoas.diary.answers.stars import StarsRefused
from psoas.diary.reading import Reading, read_csv
from psoas.diary.refusal import DiaryRefused
from psoas.diary.summary import Summary, summarise

REFUSED = 2
# The surest answers have their days drawn one by one; forty pictures of dots are none.
_MOST_DRAWN = 3


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "diary",
        help="read a diary from a CSV file and say what goes with the pain",
        description="Read a day table (columns day and pain, 0 to 10; every other column a "
        "trigger in numbers; empty = not known) and say what goes with the pain, how sure that "
        "is, and what is in the diary.",
    )
    parser.add_argument("file", type=Path, metavar="FILE.csv")
    parser.add_argument(
        "--star",
        action="append",
        default=[],
        metavar="NAME",
        help="a trigger you suspected before these data were there (never one that a look at "
        "them suggested); repeat it for up to five. They are judged apart from the others",
    )
    parser.add_argument(
        "--answer-days",
        action="store_true",
        help="decide on planned days only (45, 60, 90, 120, 180, 270 and 365 after the first "
        "entry, later every 90 days), as the web does; otherwise the file may be looked at on "
        "any day",
    )
    parser.add_argument(
        "--html", type=Path, metavar="OUT", help="also write a page with the charts to OUT"
    )
    parser.add_argument("--json", action="store_true", help="print the answers as one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        reading = read_csv(read_table(args.file), args.file.name, date.today())
        answers = answer(reading.table, args.star, args.answer_days)
        summary = summarise(reading.table)
        # What the file and what the answers say of a column may be the same sentence.
        notes = tuple(dict.fromkeys(reading.notes + answers.notes))
        if args.html is not None:
            page = _page(args.file.name, reading, answers, summary, notes)
            _write(args.html, args.file, page)
    except (DiaryRefused, StarsRefused, CommandRefused) as refused:
        print(refused, file=sys.stderr)
        return REFUSED
    if args.json:
        found = facts(answers, reading.table, notes)
        print(json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False))
        return 0
    print(_told(args.file.name, reading, answers, summary, notes))
    if args.html is not None:
        print("\n" + _("The page with the charts is {path}.").format(path=args.html))
    return 0


def _page(
    name: str, reading: Reading, answers: Answers, summary: Summary, notes: tuple[str, ...]
) -> str:
    table = reading.table
    charts = [draw(table, today=table.last) for draw in CHARTS]
    if answers.answers:
        charts.append(effects.draw(answers))
    decided = table if answers.decided_on is None else table.before(answers.decided_on)
    readable = [one for one in answers.answers if one.estimate is not None][:_MOST_DRAWN]
    charts += [days_with.draw(decided, one) for one in readable]
    claims = [sentence(one) for one in answers.answers if one.level is Level.FOUND]
    return write_page(name, [*claims, *summary.sentences()], notes, charts)


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


def _told(
    name: str, reading: Reading, answers: Answers, summary: Summary, notes: tuple[str, ...]
) -> str:
    lines = [name, "", *told(answers, reading.table), "", _("What is in it")]
    for fact in summary.sentences():
        lines += wrapped(fact)
    if notes:
        lines += ["", _("Notes"), *told_notes(notes)]
    return "\n".join(lines)
