"""What a person chose to follow, and from which day on the weeks are counted. What is sealed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.assessment import licences, reply_access
from psoas.care.assessment.models import OutcomePlan
from psoas.care.assessment.sealing import clinical_sealer, open_sealed, seal
from psoas.care.people.access import Viewer, allows
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.content import questionnaires
from psoas.content.questionnaire import Questionnaire
from psoas.scales.schedule import is_over

TABLE = "outcome plan"
USUAL = ("nprs", "peg", "own-activities")
# Asked once, or as the door to a longer one: none of them is a measure of change.
NO_MEASURE = frozenset({"asq", "pc-ptsd-5", "pcl-5", "phq-2", "gad-2"})
MOST = 6


@dataclass(frozen=True)
class Plan:
    """What is followed since when. ``running`` ends when the last window has closed."""

    began: date
    chosen: tuple[str, ...]
    running: bool


def today_of(person: Person, now: datetime) -> date:
    return now.astimezone(ZoneInfo(person.zone)).date()


def plan_of(person: Person, now: datetime) -> Plan | None:
    """The person's plan, where they have one.

    Raises:
        Unreadable: It is damaged.
    """
    row = OutcomePlan.objects.filter(person=person).first()
    return _open(person, row, now) if row else None


def to_follow() -> list[Questionnaire]:
    """What can be followed: a person answers it alone, and it measures a change."""
    licensed = licences.in_force()
    return [
        each
        for each in questionnaires.questionnaires()
        if each.slug not in NO_MEASURE and reply_access.for_person(each, licensed)
    ]


def begin(viewer: Viewer, chosen: Iterable[str], now: datetime) -> Plan:
    """Begin today with what was chosen; while it runs, change only what is chosen."""
    if not allows("inside", viewer):
        raise NotAllowed
    person = viewer.known
    wanted = set(chosen)
    known = [each.slug for each in to_follow()]
    if not wanted <= set(known):
        raise NotAllowed
    if not wanted:
        raise Refusal({"chosen": [_("Choose one at least.")]})
    if len(wanted) > MOST:
        raise Refusal({"chosen": [_("Choose %(n)s at most; each is asked four times.")
                                  % {"n": MOST}]})  # fmt: skip
    ordered = tuple(slug for slug in known if slug in wanted)
    with transaction.atomic():
        row = OutcomePlan.objects.select_for_update().filter(person=person).first()
        today = today_of(person, now)
        runs = row is not None and not is_over(today, row.began)
        began = row.began if row and runs else today
        revision = row.revision + 1 if row else 1
        document = {"v": 1, "chosen": list(ordered)}
        sealed = seal(clinical_sealer(person), TABLE, person.pk, document, revision=revision)
        fresh = {"began": began, "revision": revision, "sealed": sealed}
        if not runs:
            fresh["reminded_for"] = None
        OutcomePlan.objects.update_or_create(person=person, defaults=fresh)
    return Plan(began, ordered, True)


def _open(person: Person, row: OutcomePlan, now: datetime) -> Plan:
    document = open_sealed(
        clinical_sealer(person), TABLE, person.pk, row.sealed, revision=row.revision
    )
    running = not is_over(today_of(person, now), row.began)
    return Plan(row.began, tuple(document["chosen"]), running)
