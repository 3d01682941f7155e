"""One thing is tested at a time: two would answer for each other."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from psoas.care.experiment.models import Experiment
from psoas.care.experiment.reading import latest, under_way
from psoas.care.people.access import Viewer
from psoas.care.people.models import TrailRow
from psoas.care.people.refusal import Refusal
from psoas.diary.experiment.schedule import DAYS

# Nobody is held to a day that lies far ahead.
LATEST_START = timedelta(days=14)
_ONE_DAY = timedelta(days=1)


def refuse_a_second(viewer: Viewer, today: date) -> None:
    """Refuse to start while another is under way, or may be as it does not open."""
    if under_way(viewer, today) is not None:
        raise Refusal(_("One thing at a time: stop the one under way first, or let it end."))
    until = _closed_until(viewer)
    if until is not None and today <= until:
        sentence = _(
            "The test you started last does not open, so nobody can tell whether it is under way. "
            "It is over by %(day)s at the latest. Start another after that, or ask whoever runs "
            "this place."
        )
        raise Refusal(sentence % {"day": date_format(until, "j F Y")})


def _closed_until(viewer: Viewer) -> date | None:
    """The last day there can be of the one begun last, where it does not open.

    What is sealed in it is out of reach, so the trail has to tell: when it was begun, whether it
    was stopped, and whether days were added.
    """
    row = Experiment.objects.visible_to(viewer).order_by("-number").first()
    if row is None or latest(viewer) is not None:
        return None
    acts = TrailRow.objects.filter(subject=viewer.known.pk, item=str(row.pk)).order_by("number")
    told = list(acts.values_list("action", "at"))
    if not told or told[-1][0] in ("test stopped", "test answered"):
        return None
    days = DAYS * (2 if any(action == "test made longer" for action, _at in told) else 1)
    return told[0][1].date() + _ONE_DAY + LATEST_START + timedelta(days=days)
