"""Whether things change: what is due when, and the course of each measure so far."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psoas.care.assessment import replies, reply_access
from psoas.care.assessment.plans import Plan, plan_of, today_of
from psoas.care.assessment.replies import OpenReply
from psoas.care.people.access import Viewer, shared_categories
from psoas.care.people.models import Person
from psoas.care.people.vault import Unreadable
from psoas.content.questionnaire import Questionnaire
from psoas.content.questionnaires import questionnaire, slugs
from psoas.scales.course import Course
from psoas.scales.coursing import Answered, courses_of
from psoas.scales.schedule import due_point, next_point


@dataclass(frozen=True)
class Due:
    """What waits to be answered: for which of the planned times, since when, and until when."""

    weeks: int
    since: date
    until: date
    questionnaires: tuple[Questionnaire, ...]


def due(viewer: Viewer, now: datetime) -> Due | None:
    """What is due now. What was answered inside the window of its time is no longer."""
    person = viewer.known
    plan, today = plan_of(person, now), today_of(person, now)
    point = due_point(today, plan.began) if plan else None
    if plan is None or point is None:
        return None
    answered = {
        each.slug
        for each in replies.finished(viewer, now=now)
        if point.holds(_day(each, person), plan.began)
    }
    there = set(slugs())
    open_ones = tuple(
        questionnaire(slug) for slug in plan.chosen if slug not in answered and slug in there
    )
    if not open_ones:
        return None
    return Due(point.weeks, point.day(plan.began), point.last(plan.began), open_ones)


def is_waiting(viewer: Viewer, now: datetime) -> bool:
    """Whether the first page says that something waits; what does not open never breaks it."""
    try:
        return due(viewer, now) is not None
    except Unreadable:
        logging.getLogger(__name__).warning("Something that is due does not open.")
        return False


def next_day(plan: Plan, today: date) -> date | None:
    """The day of the next planned time, where there is one."""
    point = next_point(today, plan.began)
    return point.day(plan.began) if point else None


def courses(viewer: Viewer, now: datetime, *, person_id: UUID | None = None) -> list[Course]:
    """Every measure of a person that this viewer may read, in the order of lists.

    For the person these are also the measures they follow and did not answer yet. A clinician
    reads what is shared with them; the reading is in the trail.
    """
    found = replies.finished(viewer, person_id=person_id, now=now)
    person, clinician = reply_access.whose(viewer, person_id, now)
    plan = _readable_plan(viewer, person, now)
    wanted = {each.slug for each in found} | set(plan.chosen if plan and not clinician else ())
    drawn: list[Course] = []
    for slug in slugs():
        if slug in wanted:
            drawn += _courses_of(slug, [each for each in found if each.slug == slug], person,
                                 plan, today_of(person, now))  # fmt: skip
    return drawn


def followed(viewer: Viewer, now: datetime) -> list[Course]:
    """The courses of what the person follows."""
    plan = plan_of(viewer.known, now)
    chosen = set(plan.chosen if plan else ())
    return [each for each in courses(viewer, now) if each.slug in chosen]


def _courses_of(
    slug: str, found: Iterable[OpenReply], person: Person, plan: Plan | None, today: date
) -> list[Course]:
    answered = [
        Answered(_day(each, person), each.score, each.side, each.answers)
        for each in found
        if each.score is not None
    ]
    follows = plan is not None and slug in plan.chosen
    first = answered[0].day if answered else today
    began = plan.began if plan and (follows or first <= plan.began) else first
    return courses_of(questionnaire(slug), answered, began, today, planned=follows)


def _readable_plan(viewer: Viewer, person: Person, now: datetime) -> Plan | None:
    """Own plan, or that of somebody who shares their questionnaires."""
    if person.pk != viewer.known.pk and reply_access.QUESTIONNAIRES not in shared_categories(
        viewer, person, now
    ):
        return None
    return plan_of(person, now)


def _day(reply: OpenReply, person: Person) -> date:
    return today_of(person, reply.finished_at or reply.begun_at)
