"""``psoas figure SLUG --out DIR``: the pictures of an exercise as SVG files that stand alone."""

import argparse
from pathlib import Path
from typing import get_args

from psoas.cli.refusal import CommandRefused
from psoas.content.exercise import Exercise
from psoas.content.exercises import exercise, exercises
from psoas.content.language import gettext as _
from psoas.motion.figure import NothingToDraw, Side, still
from psoas.motion.theme import Theme
from psoas.scales.answers import plain


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "figure",
        help="draw an exercise, as SVG files",
        description="Draw an exercise from its joint angles. Without --frames: its start with the "
        "end behind it, and its end.",
    )
    parser.add_argument("slug", metavar="SLUG", help="such as bridge, or its code: E13")
    parser.add_argument("--out", metavar="DIR", required=True, help="the folder they are put in")
    parser.add_argument("--frames", metavar="N", help="so many pictures from start to end instead")
    parser.add_argument("--side", choices=get_args(Side), default="right", help="the worked side")
    parser.add_argument("--theme", choices=get_args(Theme), default="light")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    asked = _exercise(args.slug)
    count = None if args.frames is None else _count(args.frames)
    try:
        pictures = _pictures(asked, count, args.side, args.theme)
    except NothingToDraw:
        raise CommandRefused(
            _("{slug} has no figure: it is something to read, not a position.").format(
                slug=asked.slug
            )
        ) from None
    folder = Path(args.out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, picture in pictures.items():
            (folder / name).write_text(picture, encoding="utf-8")
            print(folder / name)
    except OSError as bad:
        raise CommandRefused(
            _("The pictures cannot be written to {folder}: {reason}.").format(
                folder=folder, reason=bad.strerror or bad
            )
        ) from None
    return 0


def _pictures(asked: Exercise, count: int | None, side: Side, theme: Theme) -> dict[str, str]:
    """Draw everything before anything is written, each picture by its file's name."""
    label = asked.title
    if count is None:
        drawn = {
            "start": still(asked, side=side, ghost=True, theme=theme, label=label),
            "end": still(asked, at="end", side=side, theme=theme, label=label),
        }
        if asked.figure is not None and len(asked.figure.keyframes) == 1:
            del drawn["end"]
    else:
        steps = [at / max(count - 1, 1) for at in range(count)]
        drawn = {
            f"{number:0{len(str(count))}}": still(asked, at=at, side=side, theme=theme, label=label)
            for number, at in enumerate(steps, 1)
        }
    return {f"{asked.slug}-{name}.svg": picture for name, picture in drawn.items()}


def _exercise(slug: str) -> Exercise:
    try:
        return exercise(slug if slug.islower() else slug.upper())
    except KeyError:
        raise CommandRefused(
            _("There is no exercise called {slug}. There are {slugs}.").format(
                slug=plain(slug), slugs=", ".join(each.slug for each in exercises() if each.figure)
            )
        ) from None


def _count(typed: str) -> int:
    try:
        count = int(typed)
    except ValueError:
        count = 0
    if not 1 <= count <= 1000:
        raise CommandRefused(
            _("--frames is {typed}; it takes a whole number from 1 to 1000.").format(
                typed=plain(typed)
            )
        )
    return count
