"""What a rule asks a named clinician to see to, and only one the person lets know.

A task stays as it was made: it was told. What it says beyond the name opens only while the
person shares the category it was made under, so that ending consent closes it again at once.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from psoas.care.assessment import named
from psoas.care.assessment.models import Task
from psoas.care.assessment.named import Otherwise
from psoas.care.assessment.sealing import Document, clinical_sealer, open_sealed, seal
from psoas.care.assessment.suicide_step import HELP_NOW
from psoas.care.people import trail
from psoas.care.people.access import Viewer, allows, shared_categories
from psoas.care.people.models import CLINICIAN, Care, Person, Share, TrailRow
from psoas.care.people.refusal import NotAllowed
from psoas.care.people.vault import Unreadable

CHECK, HARD_ANSWER, SCORES, WORSE = "check", "hard-answer", "scores", "worse"
# A rule of the plan asks for a clinician: nothing of it is left, or it does somebody no good.
PLAN = "plan"
# Of such a task: a session was stopped for a sign.
STOPPED = "stopped"
# So long, the lists of one page are one look.
_ONE_LOOK = timedelta(minutes=1)
KINDS = frozenset({CHECK, HARD_ANSWER, SCORES, WORSE, PLAN})


@dataclass(frozen=True)
class OpenTask:
    """A task as its clinician may see it now; ``facts`` is None where they may not know more."""

    id: UUID
    person: Person
    kind: str
    made_at: datetime
    done_at: datetime | None
    facts: Mapping[str, Any] | None
    # A check that brought the same up again, while this was open.
    again_at: datetime | None = None
    # With the facts: what was named and is answered otherwise since.
    otherwise: tuple[Otherwise, ...] = ()

    @property
    def latest(self) -> datetime:
        """When what it is about was said last."""
        return self.again_at or self.made_at


def make(
    person: Person,
    kind: str,
    facts: Mapping[str, Any],
    *,
    needs: str,
    now: datetime,
    cause: object = "",
) -> int:
    """Give every clinician who looks after the person and may know of it one task.

    ``needs`` is the category that opens the facts. For a check it is not needed to be told that
    the person should be contacted; for anything else nobody without it hears at all. ``cause``
    names what the task follows from: the same cause makes no second task, and while the first is
    not done it takes up facts that changed. A check that names a sign again, in whichever round,
    is taken up by the open task that named it. Returns how many were made.
    """
    if kind not in KINDS:
        raise LookupError(f"There is no task of the kind “{kind}”.")
    document = {"v": 1, "kind": kind, "facts": dict(facts), "needs": needs, "cause": str(cause)}
    if kind == CHECK:
        document["named"] = dict.fromkeys(named.signs(document), now.isoformat())
    made = 0
    with transaction.atomic():
        standing = _about(person)
        for clinician in may_know(person, "" if kind == CHECK else needs, now):
            alike = [
                (row, each)
                for row, each in standing
                if row.clinician_id == clinician.pk and _alike(row, each, document)
            ]
            if not _take_up(person, alike, document):
                _make_one(person, clinician, document, now)
                made += 1
    return made


def may_know(person: Person, category: str, now: datetime) -> "QuerySet[Person]":
    """The active clinicians who look after the person now and are let read the category."""
    care = Care.objects.filter(person=person, since__lte=now, ended_at=None)
    found = Person.objects.filter(
        pk__in=care.values("clinician"), is_active=True, role=CLINICIAN
    ).order_by("name", "pk")
    if category:
        shares = Share.objects.in_force(now).filter(person=person, category=category)
        found = found.filter(pk__in=shares.values("clinician"))
    return found


def told_of(person: Person, kind: str, cause: object, *, needs: str, now: datetime) -> list[str]:
    """The names of those who have a task with this cause, and may know what it says."""
    having = {
        row.clinician_id
        for row, each in _about(person)
        if (each["kind"], each["cause"]) == (kind, str(cause))
    }
    return [each.name for each in may_know(person, needs, now) if each.pk in having]


def open_tasks(viewer: Viewer, now: datetime, *, about: Person | None = None) -> list[OpenTask]:
    """The viewer's tasks that are not done: the urgent ones first, then the newest."""
    rows = Task.objects.visible_to(viewer, now).filter(done_at=None)
    if about is not None:
        rows = rows.filter(person=about)
    found = _as_allowed(viewer, rows.order_by("-made_at", "-pk"), now)
    return sorted(found, key=lambda task: (_place(task), -task.latest.timestamp()))


def waiting(viewer: Viewer, now: datetime) -> int:
    """How many tasks wait for the viewer: for anybody but a clinician there are none."""
    if not allows("clinician", viewer):
        return 0
    return Task.objects.visible_to(viewer, now).filter(done_at=None).count()


def done_tasks(viewer: Viewer, since: datetime, now: datetime) -> list[OpenTask]:
    """The viewer's tasks seen to since then, the latest first."""
    rows = Task.objects.visible_to(viewer, now).filter(done_at__gte=since)
    return _as_allowed(viewer, rows.order_by("-done_at", "-pk"), now)


def done(viewer: Viewer, key: UUID, now: datetime) -> None:
    """Mark one of the viewer's own tasks as seen to; said twice, it is done once."""
    with transaction.atomic():
        row = _own(viewer, key, now)
        if row.done_at is None:
            row.done_at = now
            row.save(update_fields=["done_at"])
            trail.record("task done", actor=viewer.known, subject=row.person, now=now, item=key)


def take_up_again(viewer: Viewer, key: UUID, now: datetime) -> None:
    """Take back that a task is done: a tap too quick must not lose one."""
    with transaction.atomic():
        row = _own(viewer, key, now)
        if row.done_at is not None:
            row.done_at = None
            row.save(update_fields=["done_at"])
            trail.record(
                "task taken up again", actor=viewer.known, subject=row.person, now=now, item=key
            )


def _own(viewer: Viewer, key: UUID, now: datetime) -> Task:
    rows = Task.objects.visible_to(viewer, now).select_for_update(of=("self",))
    row = rows.select_related("person").filter(pk=key).first()
    if row is None:
        raise NotAllowed
    return row


def _as_allowed(viewer: Viewer, rows: "QuerySet[Task]", now: datetime) -> list[OpenTask]:
    found = []
    for row in rows.select_related("person"):
        document = _open(row)
        if document is not None:
            allowed = shared_categories(viewer, row.person, now) | {""}
            facts = document["facts"] if document["needs"] in allowed else None
            when = named.times(document, row.made_at) if document["kind"] == CHECK else {}
            last = max(when.values(), default=row.made_at)
            seen = facts is None or row.done_at is not None
            otherwise = () if seen else named.answered_otherwise(row.person, when)
            if otherwise:
                _looked(viewer, row.person, now)
            found.append(
                OpenTask(
                    row.pk,
                    row.person,
                    document["kind"],
                    row.made_at,
                    row.done_at,
                    facts,
                    last if last > row.made_at else None,
                    otherwise,
                )
            )
    return found


def _place(task: OpenTask) -> int:
    """Emergencies, then what cannot wait until tomorrow and what somebody said of dying."""
    if task.kind == CHECK:
        # How urgent it is is not shared either, so it stands where the urgent ones do.
        disposition = "S" if task.facts is None else task.facts.get("disposition")
        return {"E": 0, "S": 1}.get(str(disposition), 2)
    if task.kind == HARD_ANSWER and task.facts is not None:
        return 0 if task.facts.get("level") == HELP_NOW else 1
    if task.kind == PLAN and task.facts is not None and task.facts.get("why") == STOPPED:
        return 0 if task.facts.get("urgent") else 1
    return 2


def _looked(viewer: Viewer, person: Person, now: datetime) -> None:
    """Write down that later answers were read; one list is one look."""
    row = {"actor": viewer.known.pk, "subject": person.pk, "action": "check read"}
    if not TrailRow.objects.filter(**row, at__gt=now - _ONE_LOOK).exists():
        trail.record(
            "check read", actor=viewer.known, subject=person, now=now, item="questionnaires"
        )


def _make_one(person: Person, clinician: Person, document: Document, now: datetime) -> None:
    key = uuid4()
    sealed = seal(clinical_sealer(person), "task", key, document)
    Task.objects.create(id=key, person=person, clinician=clinician, made_at=now, sealed=sealed)
    # A rule made it, nobody did.
    trail.record("task made", actor=None, subject=person, now=now, item=clinician.pk)


def _alike(row: Task, each: Document, document: Document) -> bool:
    """Whether a task follows from the same, or is open and names a sign that is named again."""
    if each["kind"] != document["kind"]:
        return False
    if each["cause"] == document["cause"]:
        return True
    again = each["kind"] == CHECK and named.signs(each) & named.signs(document)
    return bool(again) and row.done_at is None


def _take_up(person: Person, alike: list[tuple[Task, Document]], document: Document) -> bool:
    """Whether a task of the same cause says this already, or can be made to say it."""
    for row, each in alike:
        if _says(each) == _says(document):
            return True
        if row.done_at is None:
            check = document["kind"] == CHECK
            told = named.joined(each, row.made_at, document) if check else document
            row.sealed = seal(clinical_sealer(person), "task", row.pk, told)
            row.save(update_fields=["sealed"])
            return True
    return False


def _says(document: Document) -> Document:
    """What a task says and what it follows from, whenever that was."""
    return {key: each for key, each in document.items() if key != "named"}


def _about(person: Person) -> list[tuple[Task, Document]]:
    rows = Task.objects.filter(person=person).select_related("person")
    opened = ((row, _open(row)) for row in rows)
    return [(row, document) for row, document in opened if document is not None]


def _open(row: Task) -> Document | None:
    try:
        return open_sealed(clinical_sealer(row.person), "task", row.pk, row.sealed)
    except Unreadable:
        # It keeps no other from being seen; psoas doctor names it.
        logging.getLogger(__name__).warning("A task does not open.")
        return None
