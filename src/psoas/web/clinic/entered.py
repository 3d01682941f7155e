"""What was just typed in, said back: whose it is, each side by its name, and what comes of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from psoas.care.assessment import replies
from psoas.care.assessment.reply_rows import OpenReply
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed
from psoas.content.questionnaire import Item
from psoas.web.clinic.numbers import shown
from psoas.web.clinic.score_words import ScoreTold, told
from psoas.web.clinic.typed import without_side


@dataclass(frozen=True)
class Line:
    """One value: what it is, and how it was typed in."""

    label: str
    value: str


@dataclass(frozen=True)
class Said:
    """What stands under one heading: a side of the body, or all there is."""

    side: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Entered:
    reply: OpenReply
    score: ScoreTold | None
    groups: tuple[Said, ...]


def entered(viewer: Viewer, person: Person, key: str, now: datetime) -> Entered:
    """One reply as its clinician reads it back; nothing where they may not."""
    try:
        reply = replies.read(viewer, UUID(key), now)
    except ValueError:
        raise NotAllowed from None
    if reply.person_id != person.pk or reply.finished_at is None:
        raise NotAllowed
    return Entered(reply, told(reply), groups(reply))


def groups(reply: OpenReply) -> tuple[Said, ...]:
    """The values that were given, by side; what was left empty is not said."""
    given = [
        (item, answer)
        for item, answer in zip(reply.questionnaire.items, reply.answers, strict=True)
        if answer is not None
    ]
    sides = {"left": _("Left"), "right": _("Right"), "": ""}
    return tuple(
        Said(heading, lines)
        for side, heading in sides.items()
        if (lines := tuple(_line(item, answer) for item, answer in given if item.side == side))
    )


def _line(item: Item, answer: float | str) -> Line:
    label = without_side(item) if item.side else item.label
    if isinstance(answer, str):
        return Line(label, answer)
    chosen = next((each.said for each in item.options if each.value == answer), "")
    if item.kind == "yes-no":
        chosen = _("Yes") if answer else _("No")
    return Line(label, chosen or f"{shown(answer)} {item.unit_label}".strip())
