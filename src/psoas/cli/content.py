"""``psoas content``: look at what psoas asks and says, and check a clinic's own files of it."""

import argparse
import json
from typing import Any

from psoas.cli.content_lists import KINDS, rows_of, table_of
from psoas.cli.refusal import CommandRefused
from psoas.content import overlay


def add(verbs: "argparse._SubParsersAction[Any]") -> None:
    parser = verbs.add_parser(
        "content",
        help="list what psoas asks and says, and check the files it stands in",
        description="What psoas asks and says stands in files. PSOAS_CONTENT names a folder of "
        "your own files that replace them or add to them.",
    )
    inner = parser.add_subparsers(dest="what", metavar="list|check", required=True)
    listing = inner.add_parser("list", help="print the entries of one kind")
    listing.add_argument("kind", metavar="KIND", help=", ".join(KINDS))
    listing.add_argument("--json", action="store_true", help="print an array of objects")
    listing.set_defaults(run=_list)
    checking = inner.add_parser("check", help="check every file, its sources and its examples")
    checking.add_argument(
        "--walk",
        action="store_true",
        help="also decide on every combination of answers to the emergency questions (a minute "
        "at most)",
    )
    checking.add_argument("--json", action="store_true", help="print one JSON object")
    checking.set_defaults(run=_check)


def _list(args: argparse.Namespace) -> int:
    if args.kind not in KINDS:
        raise CommandRefused(f"There is no kind “{args.kind}”. The kinds are {', '.join(KINDS)}.")
    rows = rows_of(args.kind)
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        print("\n".join(table_of(args.kind, rows)))
    return 0


def _check(args: argparse.Namespace) -> int:
    from psoas.cli import content_check

    report = content_check.everything(walk=args.walk)
    if args.json:
        print(json.dumps(report.facts(), ensure_ascii=False, indent=2))
    else:
        folder = overlay.chosen()
        if folder is not None:
            print(f"Your own files: {folder} ({len(overlay.own_files())})\n")
        print("\n".join(report.told()))
    return 1 if report.problems else 0
