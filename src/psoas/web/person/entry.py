"""One entry of the journal: write it, change it, delete it, bring it back; or a number alone."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from psoas.care.journal import reading, writing
from psoas.care.journal.drafts import LONGEST_WORDS
from psoas.care.journal.models import BACKFILL, DAY, MOMENT
from psoas.care.journal.notebook import open_notebook, set_choices
from psoas.care.journal.repeating import write_form
from psoas.care.journal.sealing import OpenEntry
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import Refusal
from psoas.care.people.sharing import who_reads
from psoas.web.doors import door, viewer_of
from psoas.web.person.days import DELETED, ONE_DAY, address_of, asked_day
from psoas.web.person.entry_form import Raw, fields, places_of, posted
from psoas.web.person.retold import Level, level_of

# A day whose entry is written later is filed in its evening, when a day is usually told.
EVENING = time(20)


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    if request.method != "POST":
        raw = _fresh(asked_day(request.GET.get("day")), now)
        return _form(request, raw, now=now)
    raw = posted(request.POST)
    try:
        write_form(viewer, raw, entry_id=_key(request), kind=DAY, now=now)
    except Refusal as refusal:
        return _form(request, raw, now=now, wrong=refusal.fields)
    _remember_how(viewer, raw)
    messages.success(request, _("Saved."))
    return redirect(_back_to(raw["at"], now))


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: UUID) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    entry = reading.entry(viewer, key)
    if request.method != "POST":
        return _form(request, entry.document, now=now, entry=entry)
    raw = posted(request.POST, entry.document)
    try:
        revision = int(request.POST.get("revision", ""))
    except ValueError:
        revision = 0
    try:
        writing.change_entry(viewer, key, raw, revision=revision, now=now)
    except Refusal as refusal:
        return _form(request, raw, now=now, wrong=refusal.fields, entry=entry, revision=revision)
    messages.success(request, _("Saved."))
    return redirect(_back_to(raw["at"], now))


@door("inside")
@require_POST
def delete(request: HttpRequest, key: UUID) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    day = reading.day_of(viewer, key)
    writing.delete_entry(viewer, key, now=now)
    request.session[DELETED] = str(key)
    return redirect(address_of(day, timezone.localdate(now)))


@door("inside")
@require_POST
def undo(request: HttpRequest, key: UUID) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    writing.undo_delete(viewer, key, now=now)
    messages.success(request, _("It is back."))
    return redirect(address_of(reading.day_of(viewer, key), timezone.localdate(now)))


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def quick(request: HttpRequest) -> HttpResponse:
    """A number alone for a day that is over: one tap. It asks nothing, so nothing is assumed."""
    viewer, now = viewer_of(request), timezone.now()
    today = timezone.localdate(now)
    day = asked_day((request.POST or request.GET).get("day")) or today - ONE_DAY
    if request.method != "POST":
        return _quick_page(request, viewer, day, today)
    entry_id = _key(request)
    pain = request.POST.get("pain", "")
    raw: Raw = {"day": request.POST.get("day") or day.isoformat()}
    raw |= {"unsure": True} if pain == "unsure" else {"pain": pain}
    try:
        if not pain:
            raise Refusal({"pain": [_("Choose a number, or “not sure”.")]})
        if _number_of(viewer, day, but=entry_id):
            raise Refusal(_("This day has a number already. Change its entry instead."))
        write_form(viewer, raw, entry_id=entry_id, kind=BACKFILL, now=now)
    except Refusal as refusal:
        return _quick_page(request, viewer, day, today, refusal.fields)
    messages.success(request, _("Saved."))
    return redirect(address_of(day, today))


def _remember_how(viewer: Viewer, raw: Raw) -> None:
    """Offer feelings next time the way they were answered this time: words, or the pad."""
    on_pad, in_words = bool(raw.get("mood")), bool(raw.get("feelings"))
    notebook = open_notebook(viewer)
    if on_pad != in_words and notebook.pad != on_pad:
        set_choices(viewer, cycle=notebook.cycle, pad=on_pad)


def _quick_page(
    request: HttpRequest,
    viewer: Viewer,
    day: date,
    today: date,
    wrong: dict[str, list[str]] | None = None,
) -> HttpResponse:
    day = min(day, today)
    context = {
        "day": day,
        "today": today,
        "earlier": day - ONE_DAY,
        "later": day + ONE_DAY if day < today else None,
        "key": uuid4(),
        "there": _number_of(viewer, day, but=None),
        "wrong": [text for texts in (wrong or {}).values() for text in texts],
    }
    return render(request, "person/entry/quick.html", context, status=422 if wrong else 200)


def _number_of(viewer: Viewer, day: date, *, but: UUID | None) -> tuple[UUID, Level] | None:
    """The entry that speaks for the whole of a day already, if there is one."""
    for entry in reversed(reading.entries(viewer, day, day)):
        level = level_of(entry.document.get("pain"))
        if entry.kind != MOMENT and level and entry.id != but:
            return entry.id, level
    return None


def _fresh(day: date | None, now: datetime) -> Raw:
    """A new day entry: the time, and nothing else chosen.

    What is sent without having been looked at must not become a fact. So the places of last time
    are offered beside the number and not chosen, and no list counts as gone through until its
    person says so or chooses something in it (``asked.mjs``): until then it is unknown.
    """
    local = timezone.localtime(now)
    at = local if day is None or day >= local.date() else datetime.combine(day, EVENING)
    return {"at": at.strftime("%Y-%m-%dT%H:%M")}


def _form(
    request: HttpRequest,
    raw: Raw,
    *,
    now: datetime,
    wrong: dict[str, list[str]] | None = None,
    entry: OpenEntry | None = None,
    revision: int | None = None,
) -> HttpResponse:
    viewer = viewer_of(request)
    notebook = open_notebook(viewer)
    kind = entry.kind if entry else DAY
    day = entry.day if entry else asked_day(raw["at"][:10]) or timezone.localdate(now)
    context = fields(raw, notebook, wrong or {}, kind) | {
        "entry": entry,
        "is_day": kind == DAY,
        "last_time": () if entry else places_of(notebook.remembered, raw),
        "is_now": entry is None and day == timezone.localdate(now),
        "day": day,
        "key": None if entry else _key(request),
        "revision": revision or (entry.revision if entry else None),
        "outdated": bool(entry and wrong and "" in wrong),
        "latest": (timezone.localtime(now) + timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M"),
        "readers": ", ".join(who_reads(viewer.known, "feelings", now=now)),
        "longest": LONGEST_WORDS,
        "back_to": address_of(entry.day, timezone.localdate(now)) if entry else None,
    }
    return render(request, "person/entry/form.html", context, status=422 if wrong else 200)


def _key(request: HttpRequest) -> UUID:
    """The id a form carries, so that sending it twice writes one entry."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _back_to(at: str, now: datetime) -> str:
    return address_of(asked_day(at[:10]) or timezone.localdate(now), timezone.localdate(now))
