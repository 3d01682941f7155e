"""Taking one's experiments away with the journal."""

from typing import Any

from psoas.care.experiment.reading import experiments
from psoas.care.experiment.results import sentence
from psoas.care.people.access import Viewer


def documents(viewer: Viewer) -> list[dict[str, Any]]:
    """Every experiment as it was drawn and what happened since, the first one first.

    One that is still running goes without its looks: a file is no way round the cover.
    """
    found = []
    for each in reversed(experiments(viewer)):
        course = each.course.document()
        if each.course.result is None:
            course["looks"] = []
        plan = each.plan.document()
        found.append(
            {"id": str(each.id), "plan": plan, "course": course, "sentence": sentence(each)}
        )
    return found
