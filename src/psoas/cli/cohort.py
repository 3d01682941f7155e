"""``psoas cohort IN.parquet --out OUT.parquet``: answers for many people, without the web."""

import argparse
import os
from pathlib import Path

from psoas.cli.refusal import CommandRefused
from psoas.cohort.cluster import Cluster
from psoas.cohort.engines import Engine, Pool
from psoas.cohort.progress import Progress
from psoas.cohort.refusal import CohortRefused
from psoas.cohort.running import Outcome, answer_cohort, parts_path
from psoas.content.language import gettext as _
from psoas.content.language import ngettext

STOPPED = 130


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "cohort",
        help="answer for many people at once, from one Parquet file to another",
        description="Read a Parquet file with the columns person, day and pain (0 to 10, null = "
        "not recorded) and one column a trigger (0, 1, or null = unknown; or a number), and write "
        "one row a person, trigger and lag. Run the same command again after it was stopped: it "
        "goes on.",
    )
    parser.add_argument("file", type=Path, metavar="IN.parquet")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="OUT.parquet", help="where the answers go"
    )
    parser.add_argument(
        "--workers",
        type=int,
        metavar="N",
        help="how many processes work (default: one a processor)",
    )
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="let the workers of a dask.distributed scheduler do it, such as tcp://host:8786; "
        "they must see both files under the same paths",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    progress = Progress()
    try:
        engine = _engine(args, progress)
        outcome = answer_cohort(args.file.absolute(), args.out.absolute(), engine, progress)
    except CohortRefused as refused:
        progress.end()
        raise CommandRefused(str(refused)) from None
    except KeyboardInterrupt:
        progress.say(_stopped(args.out))
        return STOPPED
    if outcome.errors is not None and not outcome.people:
        raise CommandRefused(
            ngettext(
                "The one person could not be answered, so nothing was written to {out}; {path} "
                "says why.",
                "None of {n} people could be answered, so nothing was written to {out}; {path} "
                "says why of each.",
                outcome.left_out,
            ).format(
                n=f"{outcome.left_out:,}",
                out=args.out,
                path=args.out.with_name(outcome.errors.name),
            )
        )
    print("\n".join(_told(args.out, outcome)))
    return 0


def _engine(args: argparse.Namespace, progress: Progress) -> Engine:
    if args.cluster is not None:
        if args.workers is not None:
            raise CommandRefused(
                _("--workers counts processes here; with --cluster the cluster has its own.")
            )
        return Cluster(args.cluster)
    workers = len(os.sched_getaffinity(0)) if args.workers is None else args.workers
    if workers < 1:
        raise CommandRefused(_("--workers must be 1 or more."))
    return Pool(workers, progress.say)


def _stopped(out: Path) -> str:
    if parts_path(out).exists():
        return _("Stopped. What is finished is kept; run the same command again to go on.")
    return _("Stopped.")


def _told(out: Path, outcome: Outcome) -> list[str]:
    lines = [
        ngettext(
            "{n} person answered: {rows} rows in {path}.",
            "{n} people answered: {rows} rows in {path}.",
            outcome.people,
        ).format(n=f"{outcome.people:,}", rows=f"{outcome.rows:,}", path=out)
    ]
    if outcome.errors is not None:
        lines.append(
            ngettext(
                "{n} person could not be answered; {path} says why.",
                "{n} people could not be answered; {path} says why of each.",
                outcome.left_out,
            ).format(n=f"{outcome.left_out:,}", path=out.with_name(outcome.errors.name))
        )
    return [*lines, *outcome.notes]
