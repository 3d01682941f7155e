"""What somebody does, in two lines on their page: the plan in force, and the last two weeks."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed
from psoas.care.programme import plans, sessions
from psoas.care.programme.plan_rows import OpenPlan
from psoas.web.clinic import session_words
from psoas.web.clinic.sessions import light_of

DAYS = 14


@dataclass(frozen=True)
class Doing:
    """Two lines, each with whether it asks for a look."""

    plan: str
    sessions: str
    stopped: bool


def doing(viewer: Viewer, person: Person, now: datetime) -> Doing:
    """Say it as far as this clinician may know."""
    plan = _plan(plans.in_force(viewer, now, person_id=person.pk))
    try:
        found = sessions.recent(viewer, now, days=DAYS, person_id=person.pk)
    except NotAllowed:
        return Doing(plan, "", stopped=False)
    if not found:
        return Doing(plan, _("No session told in the last two weeks."), stopped=False)
    told = session_words.summary(found, {each.id: light_of(each, now) for each in found}, DAYS)
    said = ngettext(
        "%(n)s session on %(days)s of %(of)s days",
        "%(n)s sessions on %(days)s of %(of)s days",
        told.sessions,
    ) % {"n": told.sessions, "days": told.days, "of": told.of_days}
    stopped = session_words.stopped(found)
    parts = [said, *([told.lights] if told.lights else [])]
    parts += [
        _("stopped: %(sign)s") % {"sign": each.sign[:1].lower() + each.sign[1:]} for each in stopped
    ]
    return Doing(plan, "; ".join(parts) + ".", stopped=bool(stopped))


def _plan(plan: OpenPlan | None) -> str:
    if plan is None:
        return _("No plan yet.")
    count = ngettext("%(n)s exercise", "%(n)s exercises", len(plan.items))
    said = {"number": plan.number, "count": count % {"n": len(plan.items)}}
    if plan.made_by_name:
        text = _("Plan %(number)s by %(who)s: %(count)s") % {**said, "who": plan.made_by_name}
    else:
        text = _("Plan %(number)s by the rules: %(count)s") % said
    return f"{text}, {_('locked')}." if plan.locked else f"{text}."
