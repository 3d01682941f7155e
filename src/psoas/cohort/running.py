"""The story of a cohort: opened, cut, answered part by part, put together."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from psoas.cohort.cutting import Stretch, cut
from psoas.cohort.engines import Engine
from psoas.cohort.joining import errors_path, join
from psoas.cohort.keeping import Folder, Plan
from psoas.cohort.progress import Progress
from psoas.cohort.refusal import CohortRefused
from psoas.cohort.source import Source, open_source
from psoas.cohort.spilling import spill
from psoas.cohort.work import Job, free_at, no_room, size
from psoas.content.language import gettext as _

# Bytes of one answer in a part and in the end, measured with room to spare.
_ANSWER = 160
# Bytes of one cell of a row that was moved, measured with room to spare.
_MOVED = 4


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    Attributes:
        people: Persons answered.
        left_out: Persons that could not be.
        rows: Answers.
        errors: Where those left out are listed; None where there are none.
        notes: What should be known about the table, in sentences.
    """

    people: int
    left_out: int
    rows: int
    errors: Path | None
    notes: tuple[str, ...]


def answer_cohort(path: Path, out: Path, engine: Engine, progress: Progress) -> Outcome:
    """Answer for every person of a table.

    Finished parts are kept in a folder beside ``out`` until all are done; a run of the same table
    to the same place goes on with them.

    Args:
        path: A Parquet file of days.
        out: Where the answers go, put in place when all are there.
        engine: Who does the work.
        progress: Told how far it is.

    Returns:
        What came of it. Where nobody could be answered, ``out`` is as it was.

    Raises:
        CohortRefused: With one sentence; ``out`` is as it was.
    """
    source = open_source(path)
    _check_out(out, source)
    folder = Folder(parts_path(out))
    # Until it is known how many persons there are: rows to move, and then answers.
    needed = _moving(source) + source.rows * _MOVED * (len(source.columns.read) + 1)
    try:
        with folder.held():
            plan = _planned(source, folder, progress)
            needed = _answering(source, plan.stretches)
            _work(source, folder, plan, engine, progress)
            progress.begin(_("putting {n} of {all} parts together"), len(plan.stretches))
            rows, left_out = join(
                folder, len(plan.stretches), source.columns.person, out, progress.done
            )
            progress.end()
            folder.remove()
    except OSError as error:
        raise no_room(Path(error.filename or out), error, needed) from None
    answered = rows // (2 * len(source.columns.triggers))
    errors = errors_path(out) if left_out else None
    return Outcome(answered, left_out, rows, errors, _notes(source))


def parts_path(out: Path) -> Path:
    """Return where the finished parts of ``out`` are kept."""
    return out.with_name(f"{out.name}.parts")


def _check_out(out: Path, source: Source) -> None:
    if not out.parent.is_dir():
        raise CohortRefused(_("{path} is no folder.").format(path=out.parent))
    if out.is_dir():
        raise CohortRefused(_("{path} is a folder. Name a file.").format(path=out))
    if out.exists() and not out.is_file():
        raise CohortRefused(_("{path} is not a file that can be written over.").format(path=out))
    for written in (out, errors_path(out)):
        if written.exists() and written.samefile(source.path):
            raise CohortRefused(
                _("{path} is the table itself; choose another name for the answers.").format(
                    path=out
                )
            )


def _planned(source: Source, folder: Folder, progress: Progress) -> Plan:
    plan = folder.plan_of(source)
    if plan is not None:
        return plan
    if folder.begun():
        progress.say(_("The table or psoas has changed since parts were finished; beginning anew."))
    folder.clear()
    stretches = cut(source)
    _check_room(source, folder, stretches)
    if stretches is not None:
        plan = Plan(stretches, False)
    else:
        progress.begin(
            _("{n} of {all} rows brought together, each person's in one place"), source.rows
        )
        plan = Plan(spill(source, folder.piece, progress.done), True)
        progress.end()
    folder.begin(source, plan)
    return plan


def _check_room(source: Source, folder: Folder, stretches: tuple[Stretch, ...] | None) -> None:
    """Refuse what surely finds no room, before hours of work rather than after."""
    # Where persons are scattered, how many there are is known only after the rows were moved.
    needed = _moving(source) if stretches is None else _answering(source, stretches)
    free = free_at(folder.path)
    if needed > free:
        raise CohortRefused(
            _("{path} needs about {needed}; {free} are free there.").format(
                path=folder.path, needed=size(needed), free=size(free)
            )
        )


def _moving(source: Source) -> int:
    return 2 * int(str(source.fingerprint["size"]))


def _answering(source: Source, stretches: tuple[Stretch, ...]) -> int:
    return sum(s.people for s in stretches) * 2 * len(source.columns.triggers) * _ANSWER


def _work(source: Source, folder: Folder, plan: Plan, engine: Engine, progress: Progress) -> None:
    room = _answering(source, plan.stretches)
    jobs = [
        Job(number, source, folder.path, None if plan.moved else s.first, s.last, s.people, room)
        for number, s in enumerate(plan.stretches)
    ]
    left = [job for job in jobs if not folder.finished(job.number)]
    before = plan.people - sum(job.people for job in left)
    if before:
        progress.say(
            _("Going on: {n} of {all} people were finished before.").format(
                n=f"{before:,}", all=f"{plan.people:,}"
            )
        )
    progress.begin(_("{n} of {all} people"), plan.people, before)
    if left:
        with contextlib.closing(engine.run(left)) as finished:
            for done in finished:
                progress.advance(done.people)
    progress.end()


def _notes(source: Source) -> tuple[str, ...]:
    return tuple(
        _("{column} is an index of a data frame, not a trigger, and was left out.").format(
            column=column
        )
        for column in source.columns.ignored
    )
