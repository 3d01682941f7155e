"""``psoas muscles``: which muscles of the hip a position lengthens."""

import argparse
import json
import textwrap

from psoas.cli.refusal import CommandRefused
from psoas.content.language import gettext as _
from psoas.motion.muscles import (
    GROUPS,
    REACH,
    PoseRefused,
    bands,
    group_changes,
    name_of,
    note,
    said,
)
from psoas.scales.answers import plain

_MEANT = {
    "flexion": "the thigh forward of standing; behind it is negative",
    "abduction": "the thigh away from the middle; across it is negative",
    "rotation": "the thigh turned inwards; outwards is negative",
    "knee": "the knee bent",
}


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "muscles",
        help="say which muscles of the hip a position lengthens",
        description="Degrees of the hip against the pelvis, not the trunk: a tucked pelvis takes "
        "from the flexion. " + note(),
    )
    for name, (low, high) in REACH.items():
        parser.add_argument(
            f"--{name}",
            required=True,
            metavar="DEGREES",
            help=f"{_MEANT[name]}; from {low:g} to {high:g}",
        )
    parser.add_argument("--json", action="store_true", help="print one JSON object by muscle")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    flexion, abduction, rotation, knee = (_degrees(name, getattr(args, name)) for name in REACH)
    try:
        found = bands(flexion, abduction, rotation, knee)
        change = group_changes(flexion, abduction, rotation, knee)
    except PoseRefused as refused:
        raise CommandRefused(str(refused)) from None
    if args.json:
        facts = {
            group: {"change_mm": round(change[group], 3), "band": found[group]} for group in GROUPS
        }
        print(json.dumps(facts, indent=2, allow_nan=False))
        return 0
    width = max(len(name_of(group)) for group in GROUPS)
    for group in GROUPS:
        print(f"{name_of(group):{width}}  {change[group]:+7.1f} mm  {said(found[group])}")
    print("\n" + textwrap.fill(note(), 80))
    return 0


def _degrees(name: str, text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        low, high = REACH[name]
        raise CommandRefused(
            _("--{name} {text} is no number: give degrees from {low} to {high}.").format(
                name=name, text=plain(text), low=f"{low:g}", high=f"{high:g}"
            )
        ) from None
