"""A session: told as it goes on, survived when it breaks off, finished, and read again."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.assessment.reply_rows import open_all as replies_of
from psoas.care.people import trail
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.care.people.vault import Unreadable
from psoas.care.programme import clocks, stopping, told
from psoas.care.programme.looking import own, whose_sessions
from psoas.care.programme.merging import PAINS, done_since, highest, merged, with_signs
from psoas.care.programme.models import Session
from psoas.care.programme.session_rows import OpenSession, open_all, open_one, write
from psoas.care.programme.told import OUTSIDE, Telling
from psoas.care.programme.usual import usual_of

KEPT, ANOTHER = "kept", "went on as another"


@dataclass(frozen=True)
class Told:
    """The acknowledgement: what was told is on disk.

    Attributes:
        id: The session it was written to.
        state: "kept", or "went on as another": it was taken up again after more than a day, the
            one before is closed as it was, and ``id`` is the one that goes on.
        step: The latest telling that is known.
        fresh: This was the first that was heard of it.
        stop: What follows where it was stopped for a sign.
    """

    id: UUID
    state: str
    step: int
    fresh: bool
    stop: stopping.Stop | None = None


def tell(viewer: Viewer, key: UUID, raw: object, now: datetime) -> Told:
    """Take what a device tells of a session. Told twice, in any order, it is one session."""
    person = own(viewer)
    try:
        return _tell(viewer, key, raw, now)
    except Refusal:
        # A refused telling stays on the device and is not sent again by itself. What may be an
        # emergency follows all the same: a number that cannot be is no reason to lose it.
        sign = stopping.named_in(raw)
        if sign:
            with transaction.atomic():
                stopping.follow(person, key, [sign], now)
        raise


def _tell(viewer: Viewer, key: UUID, raw: object, now: datetime) -> Told:
    person, telling = viewer.known, told.check(raw)
    with transaction.atomic():
        row = Session.objects.select_for_update().filter(pk=key).first()
        if row is None:
            opened = _begin(person, key, telling, now)
            stop = _stop(viewer, [], opened, now)
            return Told(key, KEPT, telling.step, fresh=True, stop=stop)
        if row.person_id != person.pk:
            raise NotAllowed
        before = _opened(row)
        if before is None:
            # Damaged: what is told now is kept beside it.
            beside = _free(uuid5(key, "beside"), person.pk)
            return replace(_tell(viewer, beside, raw, now), state=ANOTHER)
        if _too_late(before, telling, now):
            return _go_on_as_another(viewer, row, before, telling, now)
        opened = _take(row, before, telling, now)
        stop = _stop(viewer, before.signs, opened, now)
        return Told(key, KEPT, opened.document["step"], fresh=False, stop=stop)


def finish(
    viewer: Viewer,
    key: UUID,
    now: datetime,
    *,
    during: object = None,
    after: object = None,
    effort: object = None,
) -> OpenSession:
    """End a session, with what it was like; what was answered before and not now stays.

    Of pain the highest stays: no second answer takes back what was too much.
    """
    numbers = told.numbers(during=during, after=after, effort=effort)
    with transaction.atomic():
        row = own_row(viewer, key)
        opened = open_one(row)
        for name in PAINS:
            numbers[name] = highest(numbers[name], opened.document.get(name))
        given = {name: value for name, value in numbers.items() if value is not None}
        if opened.finished_at is not None and given.items() <= opened.document.items():
            return opened
        _finish(row, now)
        return write(row, {**opened.document, **given})


def record(
    viewer: Viewer,
    kind: str,
    minutes: object,
    pain: object,
    effort: object,
    now: datetime,
    *,
    key: UUID | None = None,
) -> OpenSession:
    """Note a walk, a swim, yoga or a massage that took place; sent twice, it is noted once."""
    person = own(viewer)
    if kind not in OUTSIDE:
        raise Refusal({"kind": [_("Choose a walk, water, yoga or self-massage.")]})
    numbers = told.numbers(minutes=minutes, pain=pain, effort=effort)
    if not numbers["minutes"]:
        raise Refusal({"minutes": [_("Write how many minutes it took.")]})
    key = key or uuid4()
    with transaction.atomic():
        row = Session.objects.filter(pk=key).first()
        if row is not None:
            if row.person_id != person.pk:
                raise NotAllowed
            return open_one(row)
        seconds = round(numbers["minutes"] * 60)
        item = {"slug": OUTSIDE[kind], "side": "both", "state": "done", "done_s": seconds}
        document = {
            "v": told.VERSION, "kind": kind, "plan": None, "items": [item], "before": None,
            "during": numbers["pain"], "after": numbers["pain"], "effort": numbers["effort"],
            "minutes": numbers["minutes"], "next_day": None, "stop": None, "stopped_at": None,
            "clock_off": 0, "step": 0, "usual": usual_of(person, now, replies_of(person).replies),
        }  # fmt: skip
        day = now.astimezone(ZoneInfo(person.zone)).date()
        row = Session(id=key, person=person, day=day, begun_at=now, told_at=now, finished_at=now)
        opened = write(row, document)
        trail.record("session told", actor=person, subject=person, now=now, item=key)
    return opened


def stopped(
    viewer: Viewer, key: UUID, sign: object, now: datetime, *, at: str = ""
) -> stopping.Stop:
    """Stop a session for a sign; said twice, it follows once. The gravest says what is shown.

    ``at`` is the exercise it came with, where that is known.
    """
    slug = stopping.checked(sign)
    with transaction.atomic():
        row = own_row(viewer, key)
        before = open_one(row)
        _finish(row, now)
        signs = [*before.signs, (slug, str(at)[:40])]
        opened = write(row, with_signs(before.document, signs))
        _stop(viewer, before.signs, opened, now)
    return stopping.stop_of(opened.stop)


def read(viewer: Viewer, key: UUID, now: datetime, *, person_id: UUID | None = None) -> OpenSession:
    """One session of the viewer's own, or of a person who shares them with this clinician."""
    person = whose_sessions(viewer, now, person_id)
    row = Session.objects.filter(pk=key, person=person).select_related("person").first()
    if row is None:
        raise NotAllowed
    return open_one(row)


def recent(
    viewer: Viewer, now: datetime, *, days: int = 28, person_id: UUID | None = None
) -> list[OpenSession]:
    """The sessions of the last days, the newest first."""
    person = whose_sessions(viewer, now, person_id)
    first = today_of(person, now) - timedelta(days=days - 1)
    rows = Session.objects.filter(person=person, day__gte=first)
    return open_all(person, rows).sessions[::-1]


def under_way(viewer: Viewer, now: datetime) -> OpenSession | None:
    """The session that was begun within a day and is not finished; None where there is none."""
    own(viewer)
    rows = Session.objects.visible_to(viewer).filter(
        finished_at=None, begun_at__gt=now - clocks.RESUMES
    )
    found = open_all(viewer.known, rows).sessions
    return found[-1] if found else None


def own_row(viewer: Viewer, key: UUID) -> Session:
    """The viewer's own row, to be changed."""
    own(viewer)
    rows = Session.objects.visible_to(viewer).select_for_update(of=("self",))
    row: Session | None = rows.select_related("person").filter(pk=key).first()
    if row is None:
        raise NotAllowed
    return row


def today_of(person: Person, now: datetime) -> date:
    return now.astimezone(ZoneInfo(person.zone)).date()


def _opened(row: Session) -> OpenSession | None:
    try:
        return open_one(row)
    except Unreadable:
        logging.getLogger(__name__).warning("A session does not open.")
        return None


def _begin(person: Person, key: UUID, telling: Telling, now: datetime) -> OpenSession:
    at = clocks.when(telling.begun_at, now, person.zone)
    row = Session(id=key, person=person, day=at.day, begun_at=at.at, told_at=now)
    if telling.finished:
        _finish(row, now)
    # What was usual at the time; a light is held against that and not against a later day.
    usual = usual_of(person, now, replies_of(person).replies)
    more = {"next_day": None, "clock_off": at.off, "step": telling.step, "usual": usual}
    opened = write(row, {**telling.document, **more})
    trail.record("session told", actor=person, subject=person, now=now, item=key)
    return opened


def _take(row: Session, before: OpenSession, telling: Telling, now: datetime) -> OpenSession:
    step = before.document["step"]
    document = merged(before.document, telling.document, later=telling.step >= step)
    document["step"] = max(step, telling.step)
    if len(document["items"]) > 2 * told.MOST_ITEMS:
        raise told.too_many()
    finishes = telling.finished and before.finished_at is None
    if document == before.document and not finishes:
        # Told before: nothing is written for it.
        return before
    row.told_at = max(row.told_at, now)
    if finishes:
        _finish(row, now)
    return write(row, document)


def _too_late(before: OpenSession, telling: Telling, now: datetime) -> bool:
    """Whether it was taken up again after more than a day, and does not merely arrive late.

    By the server's clock and by the device's own: what was told without a network two days ago
    arrives late and is still that session.
    """
    late_here = now - before.begun_at > clocks.RESUMES
    late_there = telling.at - telling.begun_at > clocks.RESUMES
    newer = telling.step > before.document["step"]
    return newer and late_here and late_there


def _go_on_as_another(
    viewer: Viewer, row: Session, before: OpenSession, telling: Telling, now: datetime
) -> Told:
    """Close the session as it was; what was done since is another, and is not lost."""
    if row.finished_at is None:
        # When it was left, nobody told of an end.
        row.finished_at = row.told_at
        row.save(update_fields=["finished_at"])
    key = _free(uuid5(row.pk, "taken up again"), row.person_id)
    since = {
        **telling.document,
        "items": done_since(before.document, telling.document),
        "before": None,
    }
    told_now = replace(telling, begun_at=telling.at, document=since)
    again = Session.objects.select_for_update().filter(pk=key).first()
    if again is None:
        opened, earlier = _begin(viewer.known, key, told_now, now), []
    else:
        standing = open_one(again)
        opened, earlier = _take(again, standing, told_now, now), standing.signs
    stop = _stop(viewer, [*earlier, *before.signs], opened, now)
    return Told(key, ANOTHER, opened.document["step"], fresh=again is None, stop=stop)


def _free(key: UUID, person_id: object) -> UUID:
    """The id, or the next one that is not somebody else's: nothing of hers goes into his row."""
    while Session.objects.filter(pk=key).exclude(person=person_id).exists():
        key = uuid5(key, "somebody else's")
    return key


def _finish(row: Session, now: datetime) -> None:
    if row.finished_at is None:
        row.finished_at = now


def _stop(
    viewer: Viewer, before: Sequence[tuple[str, str]], opened: OpenSession, now: datetime
) -> stopping.Stop | None:
    """What follows from a session's signs; each follows once, also one after another."""
    if not opened.stop:
        return None
    known = {sign for sign, _at in before}
    new = [sign for sign, _at in opened.signs if sign not in known]
    if new:
        stopping.follow(viewer.known, opened.id, new, now)
    return stopping.stop_of(opened.stop)
