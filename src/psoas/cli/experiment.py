"""``psoas experiment``: plan an experiment on oneself, and read what it showed."""

import argparse
import json
import math
import re
import shutil
import textwrap
from datetime import date
from pathlib import Path

import numpy as np

from psoas.cli import experiment_plan
from psoas.cli.files import read_table
from psoas.cli.refusal import CommandRefused
from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.experiment.analysis import Verdict, analyse, analyse_within
from psoas.diary.experiment.fitting import fit_schedule, refuse_empty, refuse_pairs
from psoas.diary.experiment.reading import Trial, read_experiment
from psoas.diary.experiment.refusal import ExperimentRefused
from psoas.diary.experiment.schedule import BLOCK, WASHOUT
from psoas.diary.experiment.sentences import decimals, verdict_sentence
from psoas.diary.refusal import DiaryRefused
from psoas.diary.spoken import full_day

PAIRS = "block-pairs"
_WITHIN = re.compile(r"within-blocks:([0-9]{1,4})")
_WIDEST = 88
# Decimals of --json, or more where the numbers are small.
_LEAST_DIGITS = 6


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "experiment",
        help="plan an experiment on oneself, or read what it showed",
        description="Plan an experiment on oneself, or read what it showed.",
    )
    verbs = parser.add_subparsers(dest="act", metavar="plan|analyse", required=True)
    experiment_plan.add(verbs)
    act = verbs.add_parser(
        "analyse",
        help="read what an experiment showed from a CSV file",
        description="Compare the days of two arms, as they were assigned. The file has a column "
        "day (or date, datetime), one of numbers and one of two words or 0 and 1; several rows "
        "of a day are averaged.",
    )
    act.add_argument("file", type=Path, metavar="FILE.csv")
    act.add_argument("--outcome", required=True, metavar="COL", help="the column of numbers")
    act.add_argument("--arm", required=True, metavar="COL", help="the column of arms")
    act.add_argument(
        "--block",
        type=int,
        help="days in a block (default: what a psoas plan says in the file, or 3)",
    )
    act.add_argument(
        "--washout",
        type=int,
        help="days at the start of each block that do not count (default: the plan's, or 1)",
    )
    act.add_argument(
        "--scheme",
        default=PAIRS,
        metavar="SCHEME",
        help="how the days were drawn: block-pairs (default), or within-blocks:N where the arms "
        "were mixed day by day within every N days",
    )
    act.add_argument("--json", action="store_true", help="print the result as one JSON object")
    act.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    size = _within(args)
    try:
        trial = read_experiment(read_table(args.file), args.file.name, args.outcome, args.arm)
        verdict, began = _judge(trial, args, size)
    except DiaryRefused as refused:
        raise CommandRefused(str(refused)) from None
    except ExperimentRefused as refused:
        raise CommandRefused(
            _("{file}: {message}").format(file=args.file.name, message=refused)
        ) from None
    sentence = verdict_sentence(
        verdict,
        outcome=None if _is_pain(trial.outcome_column) else trial.outcome_column,
        practice=trial.words.practice,
        against=trial.words.against,
    )
    if args.json:
        print(json.dumps(facts(verdict, sentence), ensure_ascii=False, indent=2))
        return 0
    print("\n".join(_told(trial, verdict, sentence, _notes(trial, verdict, began, size))))
    return 0


def facts(verdict: Verdict, sentence: str) -> dict[str, object]:
    """Return what ``--json`` prints; an end without a bound is null."""
    shown = max(_decimals(verdict) + 2, _LEAST_DIGITS)
    return {
        "estimate": _number(verdict.estimate, shown),
        "low": _number(verdict.low, shown),
        "high": _number(verdict.high, shown),
        "p_value": round(verdict.p_value, 5),
        "pairs": verdict.pairs,
        "sentence": sentence,
    }


def _within(args: argparse.Namespace) -> int | None:
    if args.scheme == PAIRS:
        return None
    match = _WITHIN.fullmatch(args.scheme)
    if match is None or int(match[1]) < 2:
        raise CommandRefused(
            _(
                "--scheme {scheme} is not known. Write block-pairs, or within-blocks:N with N the "
                "days of a block, 2 or more."
            ).format(scheme=args.scheme[:40])
        )
    if args.block is not None or args.washout is not None:
        raise CommandRefused(
            _("--block and --washout belong to block-pairs; leave them out with within-blocks.")
        )
    return int(match[1])


def _judge(trial: Trial, args: argparse.Namespace, size: int | None) -> tuple[Verdict, date]:
    refuse_empty(trial, trial.outcome)
    if size is not None:
        refuse_pairs(trial)
        return analyse_within(trial.outcome, trial.arms, size), trial.first
    block = _first_given(args.block, trial.block, BLOCK)
    # A block said here was not the plan's, so the plan's washout says nothing about it.
    planned = trial.washout if block == trial.block else None
    washout = _first_given(args.washout, planned, min(WASHOUT, max(block - 1, 0)))
    fitted = fit_schedule(trial, block, washout)
    return analyse(fitted.outcome, fitted.schedule), fitted.first


def _first_given(*values: int | None) -> int:
    return next(value for value in values if value is not None)


def _is_pain(column: str) -> bool:
    words = re.split(r"[\s_-]+", column.casefold())
    return words[-1] == "pain" and words[0] not in {"no", "without"}


def _told(trial: Trial, verdict: Verdict, sentence: str, notes: list[str]) -> list[str]:
    width = min(shutil.get_terminal_size((80, 24)).columns - 2, _WIDEST)
    lines = [trial.name, ""]
    lines += textwrap.wrap(sentence, width, initial_indent="  ", subsequent_indent="  ")
    shown = _decimals(verdict)
    facts = (
        (_("difference"), f"{verdict.estimate:.{shown}f}"),
        (_("95% interval"), f"{verdict.low:.{shown}f} to {verdict.high:.{shown}f}"),
        (_("p-value"), f"{verdict.p_value:.3f}"),
        (_("pairs"), str(verdict.pairs)),
        (_("days that count"), str(verdict.days)),
    )
    lines += ["", *(f"  {name:<18}{value}" for name, value in facts)]
    if notes:
        lines += ["", _("About the file")]
    for note in notes:
        lines += textwrap.wrap(note, width, initial_indent="  ", subsequent_indent="  ")
    return lines


def _notes(trial: Trial, verdict: Verdict, began: date, size: int | None) -> list[str]:
    notes = []
    if began < trial.first:
        notes.append(
            _("The first days are missing: by its arms the first pair began on {day}.").format(
                day=full_day(began)
            )
        )
    if verdict.dropped:
        notes.append(
            ngettext(
                "{n} pair has no number on one side and was left out.",
                "{n} pairs have no number on one side and were left out.",
                verdict.dropped,
            ).format(n=verdict.dropped)
            if size is None
            else ngettext(
                "{n} block has numbers in one arm only and was left out.",
                "{n} blocks have numbers in one arm only and were left out.",
                verdict.dropped,
            ).format(n=verdict.dropped)
        )
    if size is None and np.isnan(verdict.means[-1]).all():
        notes.append(
            _(
                "The last pair has no numbers. This test is right at the planned end only: "
                "looking at it on the way and stopping when it pleases finds effects that are "
                "not there."
            )
        )
    return notes


def _decimals(verdict: Verdict) -> int:
    sizes = [abs(n) for n in (verdict.estimate, verdict.low, verdict.high) if math.isfinite(n)]
    width = verdict.high - verdict.low
    return decimals(*sizes, width=width if math.isfinite(width) else 0.0, usual=2)


def _number(value: float, shown: int) -> float | None:
    return round(value, shown) + 0.0 if math.isfinite(value) else None
