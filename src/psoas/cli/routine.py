"""``psoas routine``: the routine that the rules build for some minutes, and why."""

import argparse
import json
from typing import get_args

from psoas.care.programme.forbidding import forbidden
from psoas.care.programme.prescribing import Item, NoRoutine, Routine, prescribe
from psoas.care.programme.wanted import MINUTES, PROFILES, Circumstances, Profile
from psoas.cli.refusal import CommandRefused
from psoas.content.exercise import When
from psoas.content.exercises import EXERCISES, exercise
from psoas.content.language import gettext as _


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "routine",
        help="build a routine of 5, 7 or 10 minutes, and say why each part is in it",
        description="Build a routine by the rules of the plan. The safety check does not stand "
        "before this command: it shows what the rules make of a profile, for nobody in particular.",
    )
    parser.add_argument("--minutes", default="5", metavar="N", help="5, 7 or 10 (5)")
    parser.add_argument("--when", default="morning", metavar="WHEN", help="morning or evening")
    parser.add_argument(
        "--profile",
        action="append",
        default=[],
        metavar="PROFILE",
        help=f"one of {', '.join(PROFILES)}; may be given several times",
    )
    parser.add_argument("--json", action="store_true", help="print it as one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    given = Circumstances(
        minutes=_minutes(args.minutes),
        when=_when(args.when),
        profiles=tuple(dict.fromkeys(_profile(each) for each in args.profile)),
    )
    try:
        routine = prescribe(given)
    except NoRoutine as refused:
        raise CommandRefused(f"--minutes {args.minutes}: {refused}") from None
    if args.json:
        print(json.dumps(as_json(routine, given), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        print("\n".join(_lines(routine, given)))
    return 0


def as_json(routine: Routine, given: Circumstances) -> dict[str, object]:
    """A routine as plain values, with everything of the library that is taken out."""
    return {
        "items": [_item_json(item) for item in routine.items],
        "minutes": routine.minutes,
        "left_out": [{"slug": slug, "why": " ".join(why)} for slug, why in _closed(given)],
        "notes": list(routine.notes),
    }


def _item_json(item: Item) -> dict[str, object]:
    much = item.amount
    how: dict[str, object] = {"hold_s": much.seconds}
    if much.hold_s is not None:
        how = {"hold_s": much.hold_s}
    elif much.reps is not None or much.breaths is not None:
        how = {"reps": much.reps if much.reps is not None else much.breaths}
    said = [*(why.text for why in item.why), *(reason.text for reason in item.within)]
    return {
        "slug": item.slug,
        "side": item.side,
        "sets": much.sets,
        **how,
        "minutes": much.minutes,
        "why": " ".join(said),
    }


def _minutes(text: str) -> int:
    if text not in {str(each) for each in MINUTES}:
        raise CommandRefused(
            _("--minutes {text}: a routine takes 5, 7 or 10 minutes. Give one of these.").format(
                text=text
            )
        )
    return int(text)


def _when(text: str) -> When:
    for each in get_args(When):
        if each == text:
            return text  # type: ignore[return-value]
    raise CommandRefused(
        _("--when {text}: there is no such time of day. Give morning or evening.").format(text=text)
    )


def _profile(text: str) -> Profile:
    for each in PROFILES:
        if each == text:
            return each
    raise CommandRefused(
        _("--profile {text}: there is no such profile. Give one of {names}.").format(
            text=text, names=", ".join(PROFILES)
        )
    )


def _lines(routine: Routine, given: Circumstances) -> list[str]:
    lines = [f"{_how(item):<58} {item.amount.minutes:>4g} min" for item in routine.items]
    lines.append(f"{'':<58} {routine.minutes:>4g} min")
    for item in routine.items:
        lines += ["", exercise(item.slug).title, *(f"  {why.text}" for why in item.why)]
        lines += [f"  ! {reason.text}" for reason in item.within]
    if closed := _closed(given):
        lines += ["", _("Left out:"), *(f"  {slug}: {why[0]}" for slug, why in closed)]
    return lines + [line for note in routine.notes for line in ("", note)]


def _closed(given: Circumstances) -> list[tuple[str, list[str]]]:
    """Everything of the library that these profiles take out, with why."""
    return [
        (each.slug, [reason.text for reason in reasons])
        for each in EXERCISES
        if not each.information and (reasons := forbidden(each, given))
    ]


def _how(item: Item) -> str:
    much = item.amount
    if much.hold_s is not None:
        dose = f"{much.sets} × {much.hold_s} s"
    elif much.reps is not None:
        dose = f"{much.sets} × {much.reps}"
    elif much.breaths is not None:
        dose = _("{count} breaths").format(count=much.breaths)
    else:
        dose = ""
    side = {"each": _("each side"), "alternating": _("side after side")}.get(item.side, "")
    return ", ".join(part for part in (item.slug, dose, side) if part)
