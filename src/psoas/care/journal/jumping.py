"""A jump of pain: the safety check is then asked again. How large a jump is common knowledge."""

import logging
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from psoas.care.assessment import screenings
from psoas.care.journal.models import Entry
from psoas.care.journal.sealing import Document, journal_sealer, open_rows
from psoas.care.people.access import Viewer
from psoas.care.people.vault import Unreadable

JUMP: Final = 3
# Against what was noted last, as long as that is no other time altogether.
_REACH: Final = timedelta(weeks=4)
# An entry about last week is no news of today.
_FRESH: Final = timedelta(hours=36)
_LATEST: Final = 8


def watch_for_a_jump(viewer: Viewer, entry_id: UUID, document: Document, now: datetime) -> None:
    """Ask the check again where pain rose by three or more since it was last noted."""
    pain = document.get("pain")
    at = datetime.fromisoformat(document["at"])
    if pain is None or pain < JUMP or not -_FRESH <= at - now <= _FRESH:
        return
    before = _noted_before(viewer, entry_id, at)
    if before is not None and pain - before >= JUMP:
        try:
            screenings.ask_again(viewer.known, "pain", now)
        except Unreadable:
            # A damaged clinical key keeps nobody from writing down that it hurts.
            logging.getLogger(__name__).warning("A check could not be asked again.")


def _noted_before(viewer: Viewer, entry_id: UUID, at: datetime) -> float | None:
    rows = (
        Entry.objects.visible_to(viewer)
        .standing()
        .between((at - _REACH).date(), at.date())
        .exclude(pk=entry_id)
        .order_by("-day")
    )
    # By id, as a slice cannot be opened in another order than it was cut.
    latest = Entry.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:_LATEST]))
    noted = [
        each.document["pain"]
        for each in open_rows(journal_sealer(viewer.known), latest)
        if each.at <= at and each.document.get("pain") is not None
    ]
    return noted[-1] if noted else None
