"""Deciding: the look at each pair's end, and what came out. Each is made once and kept.

Nothing here runs when a page is opened. The looks are made by the sweep, so that an experiment
with enough evidence ends whether or not its person comes by; the result at the planned end, or
after a stop, is made when its person asks for it.
"""

import logging
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.experiment.changing import keep_course, keep_course_of, today_of
from psoas.care.experiment.course import ENOUGH, STOPPED, WHOLE, Course, How, Look, Result
from psoas.care.experiment.models import Experiment
from psoas.care.experiment.outcomes import Outcome, outcome_of
from psoas.care.experiment.reading import experiment
from psoas.care.experiment.sealing import OpenExperiment, State, open_row
from psoas.care.journal.sealing import journal_sealer
from psoas.care.people import trail
from psoas.care.people.access import Viewer
from psoas.care.people.keyring import KeyRefused
from psoas.care.people.refusal import Refusal
from psoas.care.people.vault import Unreadable
from psoas.diary.experiment import early
from psoas.diary.experiment.analysis import analyse, pair_means
from psoas.diary.experiment.refusal import ExperimentRefused

# A pair is looked at when the day after it is over too: its last number may come a day late.
GRACE = timedelta(days=1)


def look_at_all(now: datetime) -> int:
    """Look at every pair that has ended since the last time, for everybody.

    Returns how many experiments have ended with enough evidence.
    """
    ended = 0
    everybodys = Experiment.objects.filter(person__is_active=True)
    for row in everybodys.select_related("person").order_by("person", "number"):
        try:
            ended += _look_at(row, now)
        except (Unreadable, KeyRefused, Refusal) as problem:
            # Damaged, or changed at this very moment: nobody else's waits for it.
            logging.getLogger(__name__).warning("Not looked at: %s", type(problem).__name__)
    return ended


def reveal(viewer: Viewer, key: UUID, *, now: datetime) -> None:
    """Decide what came out of an experiment that is over or was stopped, and keep it."""
    with transaction.atomic():
        found = experiment(viewer, key)
        today = today_of(viewer, now)
        state = found.state(today)
        if state is State.DECIDED:
            return
        if state not in (State.OVER, State.STOPPED):
            raise Refusal(_("It is not over yet. What comes out stays covered until then."))
        if not found.began:
            raise Refusal(_("It was stopped before it began, so there is nothing to tell."))
        stopped = found.course.stopped_on
        outcome = outcome_of(viewer, found, stopped - GRACE if stopped else found.last)
        course = found.course
        if stopped:
            # All pairs that were whole before the stop, the last of them too.
            course = _looked(found, outcome, found.number_of(stopped), today)
            result = _by_evidence(course, STOPPED, outcome, today)
        else:
            result = _as_a_whole(found, outcome, today)
        keep_course(viewer, found, replace(course, result=result))
        person = viewer.known
        trail.record("test answered", actor=person, subject=person, now=now, item=found.id)


def _look_at(row: Experiment, now: datetime) -> bool:
    with transaction.atomic():
        found = open_row(journal_sealer(row.person), row)
        viewer = Viewer(row.person)
        today = today_of(viewer, now)
        if found.state(today) is not State.RUNNING:
            return False
        days = found.number_of(today - GRACE)
        over = found.schedule.pairs_over(days - 1)
        if over <= len(found.course.looks):
            return False
        outcome = outcome_of(viewer, found, today)
        course = _looked(found, outcome, days, today)
        enough = bool(course.looks) and course.looks[-1].e_value >= early.ENOUGH
        if enough:
            result = _by_evidence(course, ENOUGH, outcome, today)
            course = replace(course, result=result)
        keep_course_of(row, found, course)
    return enough


def _looked(found: OpenExperiment, outcome: Outcome, days: int, today: date) -> Course:
    """Add a look for each pair that is over after ``days`` days, up to the first that is enough."""
    course = found.course
    means = pair_means(outcome, found.schedule)
    for pair in range(len(course.looks), found.schedule.pairs_over(days - 1)):
        without, with_it = (None if np.isnan(mean) else float(mean) for mean in means[pair])
        looks = (*course.looks, Look(today, without, with_it, 1.0))
        evidence = early.look(differences(looks)).e_value
        looks = (*course.looks, replace(looks[-1], e_value=evidence))
        course = replace(course, looks=looks)
        if evidence >= early.ENOUGH:
            break
    return course


def differences(looks: tuple[Look, ...]) -> Outcome:
    """With minus without, of the pairs that had both when they were looked at."""
    return np.array(
        [
            each.with_it - each.without
            for each in looks
            if each.with_it is not None and each.without is not None
        ]
    )


def _by_evidence(course: Course, how: How, outcome: Outcome, today: date) -> Result:
    found = early.look(differences(course.looks))
    return Result(how, today, _kept(outcome), early=found)


def _as_a_whole(found: OpenExperiment, outcome: Outcome, today: date) -> Result:
    try:
        verdict = analyse(outcome, found.schedule)
    except ExperimentRefused as refused:
        return Result(WHOLE, today, _kept(outcome), refused=str(refused))
    return Result(WHOLE, today, _kept(outcome), verdict=verdict)


def _kept(outcome: Outcome) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(pain) else float(pain) for pain in outcome)
