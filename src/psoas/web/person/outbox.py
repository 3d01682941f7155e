"""The device's outbox hands its entries in here, one by one, and drops each one named back.

What a device may send and what it is answered is set down in ``docs/outbox.md``.
"""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from psoas.care.journal.models import MOMENT
from psoas.care.journal.writing import write_entry
from psoas.care.people.refusal import NotAllowed, Refusal
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
        written = write_entry(
            viewer,
            sent["entry"],
            entry_id=UUID(sent["id"]),
            kind=MOMENT,
            now=timezone.now(),
        )
    except NotAllowed:
        # Said so that the device keeps it and goes on with the others.
        return _refused(_("This entry cannot be written here."), status=404)
    except Refusal as refusal:
        answer = {"id": sent["id"], "state": "refused", "fields": refusal.fields}
        return JsonResponse(answer, status=422)
    return JsonResponse({"id": str(written.id), "state": "kept"})


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        sent = json.loads(body, parse_constant=_no_such_number)
    except (ValueError, RecursionError):
        return None
    if not isinstance(sent, dict) or set(sent) != set(_NEEDED):
        return None
    if any(type(sent[name]) is not kind for name, kind in _NEEDED.items()):
        return None
    return sent if sent["kind"] == MOMENT and _is_id(sent["id"]) else None


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
