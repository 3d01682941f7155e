"""A clinician's yes to exercise: told to the person elsewhere, or written here by the clinician.

It covers the questions that hold the person back at this moment, and ends for each of them when
that question is answered again. It never covers an emergency, nor what no yes changes.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.assessment import gate
from psoas.care.assessment.models import OVERRIDE, TOLD, Clearance
from psoas.care.assessment.rounds import asked_since, rounds_of
from psoas.care.assessment.sealing import Document, clinical_sealer, open_sealed, seal
from psoas.care.people import trail
from psoas.care.people.access import Viewer, allows, people_looked_after, shared_categories
from psoas.care.people.joining import tidy_name
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.care.people.vault import Unreadable

LONGEST_NAME = 80
LONGEST = 300


@dataclass(frozen=True)
class OpenClearance:
    """A yes as it stands. ``covers`` are the questions for which it still holds."""

    id: UUID
    kind: str
    at: datetime
    ended_at: datetime | None
    who: str
    when: str
    what_for: str
    reason: str
    level: str
    covers: frozenset[str]

    @property
    def holds(self) -> bool:
        return self.ended_at is None and bool(self.covers)


def told(viewer: Viewer, who: str, when: date | str, what_for: str, now: datetime) -> UUID:
    """The person notes that a clinician said exercise is fine: who, when and what for."""
    person = _inside(viewer)
    who, what_for = tidy_name(who), tidy_name(what_for)
    wrong: dict[str, list[str]] = {}
    if not 0 < len(who) <= LONGEST_NAME:
        wrong["who"] = [_("Write who said it, in 1 to %(most)s letters.") % {"most": LONGEST_NAME}]
    day = _day(when)
    if day is None:
        wrong["when"] = [_("Write the day on which it was said.")]
    elif day > now.astimezone(ZoneInfo(person.zone)).date():
        wrong["when"] = [_("That day is still to come. Write the day on which it was said.")]
    if not 0 < len(what_for) <= LONGEST:
        wrong["what_for"] = [
            _("Write what it was said for, in 1 to %(most)s letters: walking, all exercises …")
            % {"most": LONGEST}
        ]
    if wrong:
        raise Refusal(wrong)
    said = {"who": who, "when": day.isoformat() if day else "", "what_for": what_for}
    with transaction.atomic():
        if there := _said_already(clearances(viewer, now), TOLD, said):
            return there
        covers, screening = _held(person, "C", now)
        document = {"covers": covers, "level": "C", "screening": screening, **said}
        return _keep(person, TOLD, None, document, "yes of a clinician noted", person, now)


def override(viewer: Viewer, person_id: UUID, reason: str, now: datetime) -> UUID:
    """A clinician says with name and reason that this person may go on."""
    clinician = _clinician(viewer)
    person = people_looked_after(viewer, now).filter(pk=person_id).first()
    if person is None:
        raise NotAllowed
    reason = tidy_name(reason)
    if not reason:
        raise Refusal({"reason": [_("Write the reason; it stands in the record with your name.")]})
    if len(reason) > LONGEST:
        raise Refusal({"reason": [_("Keep it to %(most)s letters.") % {"most": LONGEST}]})
    day = now.astimezone(ZoneInfo(person.zone)).date()
    said = {"who": clinician.name, "when": day.isoformat(), "reason": reason}
    with transaction.atomic():
        mine = clearances(viewer, now, person_id=person_id)
        if there := _said_already(mine, OVERRIDE, said):
            return there
        covers, screening = _held(person, "CS", now)
        document = {"covers": covers, "level": "S", "screening": screening, **said}
        return _keep(person, OVERRIDE, clinician, document, "check overridden", clinician, now)


def withdraw(viewer: Viewer, key: UUID, now: datetime) -> None:
    """Take a yes back: the person any of theirs, a clinician one that they wrote themselves."""
    _inside(viewer)
    with transaction.atomic():
        row = _own_or_written(viewer, key, now)
        if row is None:
            raise NotAllowed
        if row.ended_at is None:
            row.ended_at = now
            row.save(update_fields=["ended_at"])
            trail.record(
                "yes of a clinician withdrawn",
                actor=viewer.known,
                subject=row.person,
                now=now,
                item=key,
            )


def clearances(
    viewer: Viewer, now: datetime, *, person_id: UUID | None = None
) -> list[OpenClearance]:
    """Every yes of the viewer's own; for a clinician, of a person, the newest first.

    A clinician sees those they wrote, and all of them where the person shares questionnaires.
    """
    person = me = _inside(viewer)
    rows = Clearance.objects.visible_to(viewer)
    if person_id is not None and person_id != me.pk:
        found = people_looked_after(viewer, now).filter(pk=person_id).first()
        if found is None:
            raise NotAllowed
        person, rows = found, Clearance.objects.filter(person=found)
        if "questionnaires" not in shared_categories(viewer, person, now):
            rows = rows.filter(clinician=me)
    rounds = rounds_of(person)
    opened = []
    for row in rows.order_by("-at", "-pk"):
        try:
            document = open_sealed(clinical_sealer(person), "clearance", row.pk, row.sealed)
        except Unreadable:
            logging.getLogger(__name__).warning("A clinician's yes does not open.")
            continue
        covers = [each for each in document["covers"] if not asked_since(rounds, each, row.at)]
        opened.append(_opened(row, document, frozenset(covers)))
    return opened


def _said_already(standing: list[OpenClearance], kind: str, said: Mapping[str, str]) -> UUID | None:
    """The yes that holds and says just this: a form that was sent twice."""
    alike = (
        each.id
        for each in standing
        if each.holds
        and each.kind == kind
        and all(getattr(each, name) == text for name, text in said.items())
    )
    return next(alike, None)


def _held(person: Person, levels: str, now: datetime) -> tuple[list[str], str]:
    """The questions that hold the person back, as far as a yes of this kind reaches."""
    standing = gate.stand(person, now)
    screening, decision = standing.screening, standing.decision
    if standing.disposition == "E":
        raise Refusal(_("This is an emergency. No yes stands above it: help comes first."))
    if screening is None or decision is None or standing.state in ("never", "under way"):
        raise Refusal(_("The check comes first. Answer it to its end."))
    if standing.disposition in "MG":
        raise Refusal(_("Nothing is held back now, so no yes is needed."))
    if standing.mind is not None:
        raise Refusal(_("This is not about exercise. Help today comes first."))
    if standing.disposition not in levels:
        raise Refusal(
            _(
                "What you answered needs a clinician today. A yes from before does not cover it; "
                "a clinician here can say so with their name."
            )
        )
    if standing.state != "holds":
        raise Refusal(_("The check is due again. Answer it first; what is said now would end."))
    by_slug = screening.question_set.by_slug
    final = {
        (slug, rule.slug) for slug, each in by_slug.items() for rule in each.rules if rule.final
    }
    held = [each for each in decision.reasons if each.disposition in levels]
    if any((each.question, each.rule) in final for each in held):
        raise Refusal(_("This is for a clinician to see in person; no yes changes it here."))
    return sorted({each.question for each in held}), str(screening.id)


def _keep(
    person: Person,
    kind: str,
    clinician: Person | None,
    document: Document,
    action: str,
    actor: Person,
    now: datetime,
) -> UUID:
    key = uuid4()
    sealed = seal(clinical_sealer(person), "clearance", key, {"v": 1, **document})
    Clearance.objects.create(
        id=key, person=person, kind=kind, clinician=clinician, at=now, sealed=sealed
    )
    trail.record(action, actor=actor, subject=person, now=now, item=key)
    return key


def _own_or_written(viewer: Viewer, key: UUID, now: datetime) -> Clearance | None:
    cared = people_looked_after(viewer, now)
    written = Clearance.objects.filter(clinician=viewer.known, person__in=cared)
    for rows in (Clearance.objects.visible_to(viewer), written):
        row: Clearance | None = rows.filter(pk=key).select_related("person").first()
        if row is not None:
            return row
    return None


def _opened(row: Clearance, document: Document, covers: frozenset[str]) -> OpenClearance:
    return OpenClearance(
        id=row.pk,
        kind=row.kind,
        at=row.at,
        ended_at=row.ended_at,
        who=document["who"],
        when=document["when"],
        what_for=document.get("what_for", ""),
        reason=document.get("reason", ""),
        level=document["level"],
        covers=covers,
    )


def _day(raw: date | str) -> date | None:
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(raw.strip())
    except ValueError:
        return None


def _clinician(viewer: Viewer) -> Person:
    if not allows("clinician", viewer):
        raise NotAllowed
    return viewer.known


def _inside(viewer: Viewer) -> Person:
    if not allows("inside", viewer):
        raise NotAllowed
    return viewer.known
