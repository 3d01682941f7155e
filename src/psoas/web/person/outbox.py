"""The device's outbox hands in here what was noted and answered, one by one, and drops each one
named back.

What a device may send and what it is answered is set down in ``docs/outbox.md``.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from psoas.care.assessment import screenings, taking
from psoas.care.journal.models import MOMENT
from psoas.care.journal.writing import write_entry
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.care.programme import sessions
from psoas.web.doors import door, viewer_of

MOST_BYTES = 64 * 1024
_NEEDED = {"id": str, "owner": str, "kind": str, "entry": dict}


@door("inside")
@require_POST
def receive(request: HttpRequest) -> JsonResponse:
    if request.content_type != "application/json":
        return _refused(_("This entry could not be read."), status=415)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _refused(_("This entry is too long to be sent."), status=413)
    sent = _read(request.body)
    if sent is None:
        return _refused(_("This entry could not be read."), status=400)
    viewer = viewer_of(request)
    if sent["owner"] != str(viewer.known.outbox_owner):
        # Two people may share a device: an entry is never written into another's journal.
        return JsonResponse({"id": sent["id"], "state": "other owner"}, status=409)
    try:
        TAKEN_BY[sent["kind"]](viewer, UUID(sent["id"]), sent["entry"], timezone.now())
    except NotAllowed:
        # Said so that the device keeps it and goes on with the others.
        return _refused(_("This entry cannot be written here."), status=404)
    except Refusal as refusal:
        answer = {"id": sent["id"], "state": "refused", "fields": refusal.fields}
        return JsonResponse(answer, status=422)
    return JsonResponse({"id": sent["id"], "state": "kept"})


def _entry(viewer: Viewer, key: UUID, raw: dict[str, Any], now: datetime) -> None:
    write_entry(viewer, raw, entry_id=key, kind=MOMENT, now=now)


def _check(viewer: Viewer, key: UUID, raw: dict[str, Any], now: datetime) -> None:
    """A round of the safety check. Which version was asked is said too, and taken as it comes."""
    kind, answers = _of(raw, "kind", str), _of(raw, "answers", dict)
    screenings.whole(viewer, answers, key=key, kind=kind, at=_at(raw, now), now=now)


def _advised(viewer: Viewer, key: UUID, raw: dict[str, Any], now: datetime) -> None:
    """The advice of a round was on the screen, and the person said that they read it."""
    check = _of(raw, "check", str)
    if not _is_id(check):
        raise _unreadable()
    screenings.advised(viewer, UUID(check), now)


def _reply(viewer: Viewer, key: UUID, raw: dict[str, Any], now: datetime) -> None:
    """One questionnaire about how somebody feels, all of it at once."""
    slug, digest = _of(raw, "slug", str), _of(raw, "digest", str)
    answers = _of(raw, "answers", list)
    taking.take(viewer, slug, digest, answers, key, at=_at(raw, now), now=now)


def _session(viewer: Viewer, key: UUID, raw: dict[str, Any], now: datetime) -> None:
    """A session as far as it got; told again with each step, and the latest counts."""
    sessions.tell(viewer, key, raw, now)


TAKEN_BY: dict[str, Callable[[Viewer, UUID, dict[str, Any], datetime], None]] = {
    MOMENT: _entry,
    "check": _check,
    "advised": _advised,
    "reply": _reply,
    "session": _session,
}


def _of(raw: dict[str, Any], name: str, kind: type[Any]) -> Any:
    if type(raw.get(name)) is not kind:
        raise _unreadable()
    return raw[name]


def _at(raw: dict[str, Any], now: datetime) -> datetime:
    """When it was answered, by the clock of the device; without an hour that can be read, now."""
    try:
        at = datetime.fromisoformat(_of(raw, "at", str))
    except ValueError:
        return now
    return now if at.tzinfo is None else min(at, now)


def _unreadable() -> Refusal:
    return Refusal({"": [_("These answers could not be read.")]})


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        sent = json.loads(body, parse_constant=_no_such_number)
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, dict) or set(sent) != set(_NEEDED):
        return None
    if any(type(sent[name]) is not kind for name, kind in _NEEDED.items()):
        return None
    return sent if sent["kind"] in TAKEN_BY and _is_id(sent["id"]) else None


def _is_id(text: str) -> bool:
    try:
        # Only the form a browser writes: one entry must not be sent under two spellings.
        return str(UUID(text)) == text
    except ValueError:
        return False


def _no_such_number(text: str) -> float:
    raise ValueError(text)


def _refused(sentence: str, *, status: int) -> JsonResponse:
    return JsonResponse({"state": "refused", "fields": {"": [sentence]}}, status=status)
