"""A clinician builds a plan for somebody they look after: from a template, changed, locked or not.

What is taken out for this person cannot be built in: it is refused by name, and why is said as far
as this clinician may know it. Which answers of the check speak against it is the person's to share.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.people import trail
from psoas.care.people.access import Viewer, shared_categories
from psoas.care.people.models import Person
from psoas.care.people.refusal import Refusal
from psoas.care.programme import plan_rows, preferences, walks
from psoas.care.programme.circumstances import Known, gather
from psoas.care.programme.forbidding import Reason, forbidden
from psoas.care.programme.looking import in_care_of, whose_plan
from psoas.care.programme.models import Plan
from psoas.care.programme.plan_drafts import check
from psoas.care.programme.plan_rows import OpenPlan, Planned
from psoas.care.programme.plans import built_from
from psoas.care.programme.wanted import Circumstances
from psoas.content.exercise import Exercise
from psoas.content.exercises import exercises
from psoas.content.programmes import Programme, programme, programmes


@dataclass(frozen=True)
class Offer:
    """What a clinician may build from.

    Attributes:
        person: Whom it is for.
        templates: Where a plan may begin.
        allowed: What can be built in.
        refused: Slug of what cannot, to the sentence that says why.
        plan: The plan in force; its ``number`` goes with the form as ``seen``.
        given: The person's circumstances, for showing what today would hold.
        told: Categories and conditions a clinician told.
        opens: Whether the check lets the person do exercises now; while it does not, nothing of a
            plan is shown to them.
    """

    person: Person
    templates: tuple[Programme, ...]
    allowed: tuple[Exercise, ...]
    refused: Mapping[str, str]
    plan: OpenPlan | None
    given: Circumstances
    told: tuple[str, ...]
    opens: bool


def offer(viewer: Viewer, person_id: UUID, now: datetime) -> Offer:
    """What can be built in for this person now, and what cannot."""
    in_care_of(viewer, person_id, now)
    person = whose_plan(viewer, now, person_id)
    known = gather(person, now)
    against = _against(viewer, person, known, now)
    refused = {each.slug: sentence for each in exercises() if (sentence := against(each))}
    return Offer(
        person=person,
        templates=programmes(),
        allowed=tuple(each for each in exercises() if each.slug not in refused),
        refused=refused,
        plan=plan_rows.in_force_of(person),
        given=known.given,
        told=known.told.told_by_clinician,
        opens=known.leave.allowed,
    )


def build(
    viewer: Viewer, person_id: UUID, raw: Mapping[str, Any], *, seen: int, now: datetime
) -> OpenPlan:
    """Write the next version of a person's plan.

    Args:
        viewer: A clinician who looks after them.
        person_id: Whose plan it is; that the form is about them is for the page's token to say.
        raw: "template", "note", "lock", "minutes", "when", "items", "walking".
        seen: Number of the version the form was opened with; 0 where there was none.
        now: The time.
    """
    person = in_care_of(viewer, person_id, now)
    clinician = viewer.known
    with transaction.atomic():
        plan = plan_rows.in_force_of(person)
        _still_seen(plan.number if plan else 0, seen)
        known = gather(person, now)
        draft = check(raw, _against(viewer, person, known, now))
        document = {**draft.document, "built_from": built_from(known.given)}
        made = plan_rows.write(person, document, now, by=clinician, locked=draft.lock)
        if draft.walking is not None:
            walks.set_for(person, "walk", draft.walking, now)
        trail.record("plan made", actor=clinician, subject=person, now=now, item=made.id)
        if draft.lock:
            trail.record("plan locked", actor=clinician, subject=person, now=now, item=made.id)
    return made


def lock(viewer: Viewer, person_id: UUID, *, seen: int, now: datetime) -> None:
    """Only clinicians in care change the plan from here on; ``seen`` as for building."""
    _set(viewer, person_id, seen, now, locked=True)


def unlock(viewer: Viewer, person_id: UUID, *, seen: int, now: datetime) -> None:
    """The person may have another one made by the rules again; ``seen`` as for building."""
    _set(viewer, person_id, seen, now, locked=False)


def tell_about(
    viewer: Viewer, person_id: UUID, categories: object, conditions: object, now: datetime
) -> None:
    """A clinician says what a person has, for the plan: what they said before and not now ends."""
    person = in_care_of(viewer, person_id, now)
    told = (
        *preferences.several(categories, preferences.CATEGORIES, "categories"),
        *preferences.several(conditions, preferences.CONDITIONS, "conditions"),
    )
    with transaction.atomic():
        preferences.keep(person, {"told_by_clinician": told})
        trail.record("preferences told", actor=viewer.known, subject=person, now=now)


def from_template(slug: str) -> tuple[Planned, ...]:
    """The items of a template, to be changed."""
    return tuple(
        Planned(each.slug, "", each.sets, each.amount, each.note_label)
        for each in programme(slug).items
    )


def _still_seen(number: int, seen: int) -> None:
    """Nobody changes or locks a plan that they have not read."""
    if number != seen:
        raise Refusal(_("This plan was changed in another window. Open it again, then change it."))


def _set(viewer: Viewer, person_id: UUID, seen: int, now: datetime, *, locked: bool) -> None:
    person = in_care_of(viewer, person_id, now)
    with transaction.atomic():
        rows = Plan.objects.select_for_update(of=("self",)).select_related("person")
        row = rows.filter(person=person, ended_at=None).first()
        if row is None:
            raise Refusal(_("There is no plan yet."))
        _still_seen(row.number, seen)
        if row.locked != locked:
            plan_rows.set_locked(row, locked=locked)
            action = "plan locked" if locked else "plan unlocked"
            trail.record(action, actor=viewer.known, subject=person, now=now, item=row.pk)


def _against(
    viewer: Viewer, person: Person, known: Known, now: datetime
) -> Callable[[Exercise], str]:
    """What says why an exercise is not built in for this person; empty where it may be."""
    told = known.told.told_by_clinician
    answers_too = "questionnaires" in shared_categories(viewer, person, now)
    # How somebody's pain is today takes it off their screen, and not out of the plan.
    given = known.given.of(gentle=False)

    def against(found: Exercise) -> str:
        reasons = forbidden(found, given)
        if not reasons:
            return ""
        said = [each.text for each in reasons if answers_too or _is_no_answer(each, told)]
        if said:
            return " ".join(dict.fromkeys(said))
        sentence = _("The safety check takes it out. %(name)s does not share the answers: ask.")
        return sentence % {"name": person.name}

    return against


def _is_no_answer(reason: Reason, told: Collection[str]) -> bool:
    """Whether a reason says nothing of what the person answered."""
    return reason.rule in ("information", "parts") or reason.datum in told
