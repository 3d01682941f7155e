"""``psoas``: the command line. One verb, one file."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import TextIO

from psoas.cli.refusal import CommandRefused
from psoas.content.overlay import ContentError

# The order of the help. A verb's module is loaded only when it is asked for, so that reading a
# diary never waits for (or needs) the web framework: name and one line stand here.
VERBS: tuple[tuple[str, str], ...] = (
    ("diary", "read a diary from a CSV file and say what goes with the pain"),
    ("experiment", "plan an experiment on oneself, or read what it showed"),
    ("cohort", "answer for many people at once, from one Parquet file to another"),
    ("score", "score the answers to a questionnaire or a test"),
    ("routine", "build a routine of 5, 7 or 10 minutes, and say why each part is in it"),
    ("figure", "draw an exercise, as SVG files"),
    ("muscles", "say which muscles of the hip a position lengthens"),
    ("content", "list what psoas asks and says, and check the files it stands in"),
    ("serve", "run psoas for browsers on this machine"),
    ("invite", "print a one-time link to make an account with"),
    ("link", "print a one-time sign-in link for someone"),
    ("remind", "mail whoever asked to be told that something waits"),
    ("backup", "copy the database, checked, while people write"),
    ("restore", "put a backup back"),
    ("keys", "change the vault key"),
    ("doctor", "check keys, database, trail and set-up"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(
        prog="psoas",
        description="Hip care that a person, or a clinic, runs for themselves.",
    )
    subparsers = parser.add_subparsers(dest="verb", metavar="verb", required=True)
    asked = next((word for word in given if not word.startswith("-")), None)
    try:
        for name, line in VERBS:
            if name == asked:
                import_module(f"psoas.cli.{name}").add(subparsers)
            else:
                subparsers.add_parser(name, help=line, add_help=False)
        arguments, further = parser.parse_known_args(given)
        if further and not hasattr(arguments, "further"):
            parser.error(f"unrecognized arguments: {' '.join(further)}")
        arguments.further = further
        _in_utf_8(sys.stdout, sys.stderr)
        code = int(arguments.run(arguments))
        sys.stdout.flush()
        return code
    except CommandRefused as refused:
        print(refused, file=sys.stderr)
        return 2
    except ContentError as bad:
        # Content is read as modules are loaded, so any verb may come upon a bad file.
        print(_told(bad), file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read the output, such as head, has seen enough. What is left must not be tried
        # again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _in_utf_8(*streams: TextIO) -> None:
    """Write UTF-8 whatever the surroundings are set to: JSON is, and names have letters of all."""
    for stream in streams:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _told(bad: ContentError) -> str:
    more = f" {len(bad.others)} more: psoas content check names them all." if bad.others else ""
    return f"{bad}{more}"


if __name__ == "__main__":
    sys.exit(main())
