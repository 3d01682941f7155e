"""A plan as a form to type into: one row an exercise, changed step by step, written down at once.

Nothing is kept before *Save*: each step between (add, move, take out, begin from a template)
sends the rows as they stand and gets them back, so that it works without a script and in any
number of steps.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from psoas.care.programme.plan_rows import OpenPlan, Planned
from psoas.content.exercise import Exercise
from psoas.content.exercises import exercise as named
from psoas.content.programmes import Programme
from psoas.web.clinic.plan_words import known, still, unit

# As many rows as are read back; a plan that is refused for its length comes back whole.
MOST_READ = 40


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Row:
    """One exercise of the plan, as it was typed."""

    n: int
    slug: str
    side: str
    sets: str
    amount: str
    note: str
    wrong: tuple[str, ...] = ()

    @property
    def exercise(self) -> Exercise | None:
        """What it is; None for a slug nobody knows."""
        return known(self.slug)

    @property
    def name(self) -> str:
        return self.exercise.title if self.exercise else self.slug

    @property
    def still(self) -> SafeString:
        return still(self.exercise, self.side) if self.exercise else SafeString("")

    @property
    def unit(self) -> str:
        return unit(self.exercise.dose.kind) if self.exercise else ""

    @property
    def sides(self) -> tuple[Choice, ...]:
        """Which sides can be chosen; none where both work together."""
        if self.exercise is None or self.exercise.side != "one at a time":
            return ()
        offered = {
            "": _("Each side in turn"),
            "left": _("Left only"),
            "right": _("Right only"),
        }
        return tuple(Choice(side, label, side == self.side) for side, label in offered.items())


@dataclass(frozen=True)
class Typed:
    """The whole form as it was typed."""

    rows: tuple[Row, ...] = ()
    template: str = ""
    note: str = ""
    minutes: str = ""
    when: str = ""
    walk_from: str = ""
    walk_to: str = ""
    # What was asked for and not added, each with its reason.
    refused: tuple[tuple[str, str], ...] = ()


def of_plan(plan: OpenPlan | None) -> Typed:
    """The form as it stands before anything is typed: the plan in force, or nothing."""
    if plan is None:
        return Typed()
    return Typed(
        _numbered(_row_of(each) for each in plan.items),
        plan.template,
        plan.note,
        _plain(plan.minutes),
        plan.when,
    )


def of_post(post: Mapping[str, str]) -> Typed:
    """The form as it was sent."""

    def said(name: str) -> str:
        return post.get(name, "").strip()

    rows = [
        Row(
            n,
            said(f"slug-{n}"),
            said(f"side-{n}"),
            said(f"sets-{n}"),
            said(f"amount-{n}"),
            said(f"note-{n}"),
        )
        for n in range(MOST_READ)
        if f"slug-{n}" in post
    ]
    return Typed(
        _numbered(rows),
        template=said("template"),
        note=said("note"),
        minutes=said("minutes"),
        when=said("when"),
        walk_from=said("walk_from"),
        walk_to=said("walk_to"),
    )


def stepped(
    typed: Typed,
    step: str,
    added: str,
    templates: Iterable[Programme],
    refused: Mapping[str, str],
) -> Typed:
    """The form after a step that keeps nothing: add, template, up-2, down-2, out-2."""
    what, _dash, place = step.partition("-")
    if what == "add":
        return _with(typed, [_fresh(added)] if known(added) else [], refused)
    if what == "template":
        chosen = next((each for each in templates if each.slug == typed.template), None)
        if chosen is None:
            return typed
        typed = replace(typed, note=typed.note or chosen.note_label)
        return _with(typed, _rows_of(chosen), refused)
    rows, n = list(typed.rows), int(place) if place.isdecimal() else -1
    if not 0 <= n < len(rows):
        return typed
    if what == "out":
        del rows[n]
    elif what in {"up", "down"}:
        rows.insert(max(0, n + (-1 if what == "up" else 1)), rows.pop(n))
    return replace(typed, rows=_numbered(rows))


def raw(typed: Typed, *, lock: bool) -> dict[str, Any]:
    """What the story is told."""
    return {
        "template": typed.template,
        "note": typed.note,
        "lock": lock,
        "minutes": typed.minutes,
        "when": typed.when,
        "walking": _walking(typed),
        "items": [
            {
                "slug": row.slug,
                "side": row.side,
                "sets": row.sets,
                "amount": row.amount,
                "note": row.note,
            }
            for row in typed.rows
        ],
    }


def _walking(typed: Typed) -> dict[str, str] | None:
    if not typed.walk_from and not typed.walk_to:
        return None
    return {"baseline": typed.walk_from, "goal": typed.walk_to}


def beside(typed: Typed, fields: Mapping[str, Sequence[str]]) -> tuple[Typed, list[str]]:
    """Each sentence of a refusal beside its row; the rest, for the top of the form."""
    rows = tuple(replace(row, wrong=tuple(fields.get(f"items-{row.n}", ()))) for row in typed.rows)
    taken = {f"items-{row.n}" for row in rows}
    rest = [said for name, each in fields.items() if name not in taken for said in each]
    return replace(typed, rows=rows), rest


def _with(typed: Typed, rows: Iterable[Row], refused: Mapping[str, str]) -> Typed:
    """Add what is not in it yet and is not refused; what is, is named with its reason."""
    here = {row.slug for row in typed.rows}
    new = [row for row in rows if row.slug not in here]
    fine = [row for row in new if row.slug not in refused]
    said = tuple((row.name, refused[row.slug]) for row in new if row.slug in refused)
    return replace(typed, rows=_numbered([*typed.rows, *fine]), refused=said)


def _fresh(slug: str) -> Row:
    """An exercise with its usual dose."""
    found = named(slug)
    return Row(0, found.slug, "", str(found.dose.sets), _plain(found.dose.low), "")


def _rows_of(template: Programme) -> list[Row]:
    rows = []
    for each in template.items:
        row = _fresh(each.slug)
        rows.append(
            replace(
                row,
                sets=_plain(each.sets) if each.sets else row.sets,
                amount=_plain(each.amount) if each.amount else row.amount,
                note=each.note_label,
            )
        )
    return rows


def _row_of(planned: Planned) -> Row:
    return Row(
        0, planned.slug, planned.side, _plain(planned.sets), _plain(planned.amount), planned.note
    )


def _numbered(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(replace(row, n=n) for n, row in enumerate(rows))


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
