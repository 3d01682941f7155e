"""Reading one's own experiments."""

import logging
from datetime import date
from uuid import UUID

from psoas.care.experiment.models import Experiment, Experiments
from psoas.care.experiment.sealing import OpenExperiment, State, open_row
from psoas.care.journal.sealing import journal_sealer
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import NotAllowed
from psoas.care.people.vault import Unreadable

# States in which another one cannot begin.
UNDER_WAY = (State.COMING, State.RUNNING)


def experiment(viewer: Viewer, key: UUID) -> OpenExperiment:
    """Return one of the viewer's own experiments; anybody else's does not exist for them."""
    row = Experiment.objects.visible_to(viewer).filter(pk=key).first()
    if row is None:
        raise NotAllowed
    return open_row(journal_sealer(viewer.known), row)


def experiments(viewer: Viewer) -> list[OpenExperiment]:
    """Return the viewer's experiments that open, the latest first."""
    return _opened(viewer, Experiment.objects.visible_to(viewer).order_by("-number"))


def latest(viewer: Viewer) -> OpenExperiment | None:
    """Return the experiment begun last, where there is one and it opens."""
    rows = Experiment.objects.visible_to(viewer).order_by("-number")[:1]
    return next(iter(_opened(viewer, rows)), None)


def under_way(viewer: Viewer, today: date) -> OpenExperiment | None:
    """Return the experiment that is running or about to begin. There is one at most."""
    found = latest(viewer)
    return found if found and found.state(today) in UNDER_WAY else None


def finished(viewer: Viewer) -> list[OpenExperiment]:
    """Return the experiments with a result, the latest first; for the answers' page.

    The sentence of each is ``results.sentence``. One whose result is not decided yet is not among
    them, so nothing is told before its time.
    """
    return [each for each in experiments(viewer) if each.course.result is not None]


def _opened(viewer: Viewer, rows: Experiments) -> list[OpenExperiment]:
    if not rows:
        return []
    with_ = journal_sealer(viewer.known)
    found = []
    for row in rows:
        try:
            found.append(open_row(with_, row))
        except Unreadable:
            # It keeps no other from being read, nor the first page; psoas doctor names it.
            logging.getLogger(__name__).warning("An experiment does not open.")
    return found
