"""Starting an experiment: everything is drawn and sealed before its first day."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.experiment.course import Course
from psoas.care.experiment.models import Course as CourseRow
from psoas.care.experiment.models import Experiment
from psoas.care.experiment.one_at_a_time import LATEST_START, refuse_a_second
from psoas.care.experiment.plan import Plan
from psoas.care.experiment.reading import experiments
from psoas.care.experiment.sealing import seal_course, seal_plan
from psoas.care.experiment.switches import Switch
from psoas.care.journal.sealing import journal_sealer
from psoas.care.people import trail, vault
from psoas.care.people.access import Viewer, allows
from psoas.care.people.models import WrappedKey
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.diary.experiment.schedule import MOST_SEED, Schedule, make_schedule

NO, AGREED, NOT_YET = "no", "agreed", "not yet"


@dataclass(frozen=True)
class Started:
    """The acknowledgement. ``fresh`` is false where the same form came before."""

    id: UUID
    fresh: bool


def tomorrow(viewer: Viewer, now: datetime) -> date:
    """The day on which an experiment begins, unless a later one is chosen."""
    return now.astimezone(ZoneInfo(viewer.known.zone)).date() + timedelta(days=1)


def next_schedule(viewer: Viewer, switch: Switch) -> Schedule:
    """The schedule that the viewer's next experiment will have, however often they look.

    Shown before it starts, and so it cannot be drawn anew until it pleases: the seed comes from
    the installation's secret, the journal's key and how many experiments there were that came as
    far as a day that counts. One that was stopped before gives its seed to the next, so that
    stopping and starting changes the first day at most, and never the order of the days.
    """
    person = viewer.known
    key = _key(viewer)
    secret = bytes.fromhex(vault.keyring().session_key)
    told = f"schedule|{person.pk.hex}|{key.pk.hex}|{_how_many_counted(viewer)}"
    digest = hmac.digest(secret, told.encode(), "sha256")
    return make_schedule(int.from_bytes(digest[:8]) & MOST_SEED, switch.scheme)


def start(
    viewer: Viewer,
    switch: Switch,
    raw: Mapping[str, Any],
    *,
    experiment_id: UUID,
    now: datetime,
    trigger: str = "",
) -> Started:
    """Start an experiment. Sent twice under the same id, it is started once.

    ``raw`` holds ``first`` (an ISO day; tomorrow where empty) and, where a clinician may have
    advised the practice, ``clinician``: no, agreed, or not yet.
    """
    if not allows("inside", viewer):
        raise NotAllowed
    person = viewer.known
    with transaction.atomic():
        known = Experiment.objects.filter(pk=experiment_id).first()
        if known is not None:
            if known.person_id != person.pk:
                raise NotAllowed
            return Started(experiment_id, fresh=False)
        first = _first_day(raw.get("first"), tomorrow(viewer, now))
        agreed = _cleared(switch, raw.get("clinician"))
        refuse_a_second(viewer, tomorrow(viewer, now) - timedelta(days=1))
        plan = Plan(switch, next_schedule(viewer, switch), first, trigger, agreed)
        with_, number = journal_sealer(person), _next_number(viewer)
        row = Experiment.objects.create(
            id=experiment_id,
            person=person,
            key=_key(viewer),
            number=number,
            sealed=seal_plan(with_, experiment_id, number, plan),
        )
        sealed = seal_course(with_, experiment_id, 1, Course())
        CourseRow.objects.create(experiment=row, sealed=sealed)
        trail.record("test begun", actor=person, subject=person, now=now, item=experiment_id)
    return Started(experiment_id, fresh=True)


def _cleared(switch: Switch, answer: object) -> bool:
    """Whether a clinician agreed; refused where one has to be asked first."""
    if not switch.ask:
        return False
    if answer == NO:
        limit = switch.limit
        if limit is not None and limit.kind == "agree":
            raise Refusal({"clinician": [limit.said]})
        return False
    if answer == AGREED:
        return True
    if answer == NOT_YET:
        sentence = _(
            "Ask them first whether days without it, or with it, are all right for you. Nothing "
            "was started; come back when they have said yes."
        )
        raise Refusal({"clinician": [sentence]})
    raise Refusal({"clinician": [_("Answer this question first.")]})


def _first_day(text: object, earliest: date) -> date:
    if not text:
        return earliest
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        raise Refusal({"first": [_("Choose a day.")]}) from None
    if not earliest <= day <= earliest + LATEST_START:
        raise Refusal({"first": [_("Choose a day from tomorrow to two weeks after that.")]})
    return day


def _how_many_counted(viewer: Viewer) -> int:
    # One that does not open is one of them: damage is no way to a new draw either.
    everything = Experiment.objects.visible_to(viewer).count()
    return everything - sum(not each.counted for each in experiments(viewer))


def _next_number(viewer: Viewer) -> int:
    rows = Experiment.objects.visible_to(viewer).order_by("-number")
    return (rows.values_list("number", flat=True).first() or 0) + 1


def _key(viewer: Viewer) -> WrappedKey:
    key = WrappedKey.objects.filter(person=viewer.known, purpose=vault.JOURNAL).first()
    if key is None:
        raise vault.Unreadable("The key of this journal was destroyed.")
    return key
