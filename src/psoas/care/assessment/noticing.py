"""Telling a clinician that it is time to talk, where the person lets them read the answers.

It is looked for by the sweep, and not while somebody answers: what several measures show together
is known when the last of them is answered, and nobody waits for it.
"""

import logging
from datetime import datetime, timedelta
from typing import Any, Final

from psoas.care.assessment import outcomes, tasks
from psoas.care.assessment.models import OutcomePlan, Reply
from psoas.care.assessment.reply_access import QUESTIONNAIRES
from psoas.care.people.access import Viewer
from psoas.care.people.keyring import KeyRefused
from psoas.care.people.vault import Unreadable
from psoas.scales.course import WORSE, Course
from psoas.scales.together import GOT_WORSE, Together, together

# Who answered nothing for longer has nothing new to tell.
LATELY: Final = timedelta(days=2)


def tell_clinicians(now: datetime) -> int:
    """Make the tasks that follow from what people answered lately; return how many."""
    lately = Reply.objects.filter(finished_at__gt=now - LATELY, finished_at__lte=now)
    plans = OutcomePlan.objects.filter(person__in=lately.values("person"), person__is_active=True)
    made = 0
    for plan in plans.select_related("person").order_by("pk"):
        try:
            made += _tell(plan, now)
        except (Unreadable, KeyRefused) as problem:
            # Damaged: nobody else's waits for it.
            logging.getLogger(__name__).warning("Not looked at: %s", type(problem).__name__)
    return made


def _tell(plan: OutcomePlan, now: datetime) -> int:
    courses = outcomes.followed(Viewer(plan.person), now)
    found = together(courses)
    if not found.talk:
        return 0
    # Once for each of the planned times at which it is so.
    weeks = [each.weeks for course in courses for each in course.readings if each.weeks is not None]
    return tasks.make(
        plan.person,
        tasks.WORSE,
        _facts(found, courses),
        needs=QUESTIONNAIRES,
        now=now,
        cause=f"{found.talk} {plan.began.isoformat()} {max(weeks, default=0)}",
    )


def _facts(found: Together, courses: list[Course]) -> dict[str, Any]:
    """What the task says: which measure is worse, or that two of them did not fall enough."""
    if found.talk != GOT_WORSE:
        return {"talk": found.talk, "slug": "", "sentence": ""}
    worse = next(each for each in courses if each.word == WORSE and each.matters)
    return {"talk": found.talk, "slug": worse.slug, "sentence": worse.said}
