"""``psoas experiment plan``: a schedule, what it could find, and a file to fill in."""

import argparse
import json
import secrets
import textwrap
from datetime import date, timedelta
from pathlib import Path

from psoas.cli.files import write_new
from psoas.cli.refusal import CommandRefused
from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.experiment.filling import write_plan
from psoas.diary.experiment.power import CARRY_OVER, EFFECTS, SPREAD, power
from psoas.diary.experiment.refusal import ExperimentRefused
from psoas.diary.experiment.schedule import BLOCK, DAYS, WASHOUT, Schedule, Scheme, make_schedule
from psoas.diary.spoken import full_day, short_day, spoken_number

_WIDTH = 78
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "plan",
        help="draw a schedule and say what it could find",
        description="Draw a schedule: pairs of blocks, one with the practice and one without, in "
        "the order a coin gives. Prints its power and a CSV to fill.",
    )
    parser.add_argument("--days", type=int, default=DAYS, help="days at hand (default 84)")
    parser.add_argument("--block", type=int, default=BLOCK, help="days in a block (default 3)")
    parser.add_argument(
        "--washout",
        type=int,
        default=WASHOUT,
        help="days at the start of each block that do not count (default 1)",
    )
    parser.add_argument("--seed", type=int, help="the same seed gives the same schedule anywhere")
    parser.add_argument("--start", metavar="DAY", help="first day as 2026-01-31; tomorrow")
    parser.add_argument("--outcome", default="pain", help="the column to fill (default pain)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the CSV to FILE")
    parser.add_argument("--json", action="store_true", help="print the plan as one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    seed = secrets.randbelow(2**32) if args.seed is None else args.seed
    try:
        schedule = make_schedule(seed, Scheme(args.days, args.block, args.washout))
    except ExperimentRefused as refused:
        raise CommandRefused(str(refused)) from None
    first = _first(args.start)
    outcome = _outcome(args.outcome)
    powers = [power(schedule.scheme, effect) for effect in EFFECTS]
    table = write_plan(schedule, first, outcome)
    if args.out is not None:
        write_new(args.out, table)
    if args.json:
        print(json.dumps(_facts(schedule, first, powers), ensure_ascii=False, indent=2))
        return 0
    print("\n".join(_told(schedule, first, args.days, powers)))
    if args.out is not None:
        print("\n" + _("The CSV to fill is {path}.").format(path=args.out))
        return 0
    print("\n" + _("The CSV to fill (1 = with, 0 = without); --out FILE writes it to a file:"))
    print("\n" + table, end="")
    return 0


def _first(start: str | None) -> date:
    if start is None:
        return date.today() + timedelta(days=1)
    try:
        first = date.fromisoformat(start)
    except ValueError:
        first = None
    if first is None or not _FIRST_YEAR <= first.year <= _LAST_YEAR:
        raise CommandRefused(
            _("--start {start} is not a day. Write it as 2026-01-31.").format(start=start[:40])
        )
    return first


def _outcome(name: str) -> str:
    if not name.strip() or name.strip().casefold() in {"day", "arm", "pair", "counts"}:
        raise CommandRefused(
            _("--outcome needs a name of its own, other than day, arm, pair and counts.")
        )
    return name.strip()


def _facts(schedule: Schedule, first: date, powers: list[float]) -> dict[str, object]:
    scheme = schedule.scheme
    return {
        "seed": schedule.seed,
        "days": scheme.length,
        "block": scheme.block,
        "washout": scheme.washout,
        "pairs": scheme.pairs,
        "power": {f"{e:g}": round(p, 2) for e, p in zip(EFFECTS, powers, strict=True)},
        "schedule": [
            {
                "day": (first + timedelta(days=day)).isoformat(),
                "arm": schedule.arms[day],
                "pair": schedule.pair_of(day) + 1,
                "counts": schedule.counts[day],
            }
            for day in range(scheme.length)
        ],
    }


def _told(schedule: Schedule, first: date, days: int, powers: list[float]) -> list[str]:
    scheme = schedule.scheme
    last = first + timedelta(days=scheme.length - 1)
    opening = [
        _("{first} to {last}: {days} days, {pairs} pairs of {block}-day blocks.").format(
            first=full_day(first),
            last=full_day(last),
            days=scheme.length,
            pairs=scheme.pairs,
            block=scheme.block,
        ),
        _("A coin set the order of each pair. Seed {seed} gives this schedule again.").format(
            seed=schedule.seed
        ),
    ]
    if scheme.washout:
        opening.append(
            ngettext(
                "The first day of each block is recorded and does not count.",
                "The first {n} days of each block are recorded and do not count.",
                scheme.washout,
            ).format(n=scheme.washout)
        )
    if days > scheme.length:
        opening.append(
            ngettext(
                "{n} day is left over: it does not make a whole pair.",
                "{n} days are left over: they do not make a whole pair.",
                days - scheme.length,
            ).format(n=days - scheme.length)
        )
    lines = [*opening, "", *_pairs(schedule, first), ""]
    lines += textwrap.wrap(
        _(
            "How often it would find an effect, if every day is recorded, pain varies by {spread} "
            "points from day to day and {carried}% of an effect is still there the day after:"
        ).format(spread=SPREAD, carried=round(100 * CARRY_OVER)),
        _WIDTH,
    )
    for effect, chance in zip(EFFECTS, powers, strict=True):
        said = ngettext("{n} point", "{n} points", 1 if effect == 1 else 2)
        label = said.format(n=spoken_number(effect))
        lines.append(f"  {label:<12}{round(100 * chance):>3}%")
    return [*lines, _("Smaller effects need more days.")]


def _pairs(schedule: Schedule, first: date) -> list[str]:
    block = schedule.scheme.block
    rows = []
    for pair in range(schedule.scheme.pairs):
        said = []
        for half in (0, 1):
            start = (2 * pair + half) * block
            begin, end = (first + timedelta(days=start + n) for n in (0, block - 1))
            word = _("with") if schedule.arms[start] else _("without")
            span = _("{first} to {last}").format(first=short_day(begin), last=short_day(end))
            said.append(f"{span:<18}{word:<10}")
        rows.append("  " + f"{_('Pair')} {pair + 1:<5}" + "".join(said).rstrip())
    return rows
