"""Bringing a diary in, and taking the journal away."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from psoas.care.assessment.exporting import documents as record_of
from psoas.care.experiment.exporting import documents as experiments
from psoas.care.journal import exporting, importing
from psoas.care.people.refusal import Refusal
from psoas.care.programme.exporting import documents as programme_of
from psoas.web.doors import door, viewer_of

# A page of refused rows that nobody reads to its end helps nobody; the count says the rest.
MOST_REFUSED = 200


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Choose a file, see row by row what it would add, then say yes or choose another."""
    try:
        if request.method == "POST":
            return _carry_on(request)
        plan = importing.waiting(viewer_of(request), now=timezone.now())
    except Refusal as refusal:
        return _choose(request, refusal)
    if plan is None:
        return _choose(request)
    if not plan.rows:
        # Nothing waits for a yes any more: shown this once, not whenever one comes back.
        importing.put_away(viewer_of(request))
    return _show(request, plan)


def _show(request: HttpRequest, plan: importing.Plan) -> HttpResponse:
    context = {
        "plan": plan,
        "fresh": [column for column in plan.columns if column.fresh],
        "refused": [str(problem) for problem in plan.refused[:MOST_REFUSED]],
        "more_refused": max(len(plan.refused) - MOST_REFUSED, 0),
    }
    return render(request, "person/carry/plan.html", context, status=200 if plan.rows else 422)


def _carry_on(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    match request.POST.get("do"):
        case "add":
            count = importing.carry_out(viewer, now=now)
            added = ngettext("%(count)s day added.", "%(count)s days added.", count)
            messages.success(request, added % {"count": count})
            return redirect("weeks")
        case "another":
            importing.put_away(viewer)
            return redirect("me-import")
    file = request.FILES.get("file")
    if file is None:
        raise Refusal({"file": [_("Choose a file first.")]})
    data, name = file.read(), file.name or _("your file")
    plan = importing.examine(viewer, data, name, now=now)
    if not plan.rows:
        # The file that was chosen before is not the one looked at now.
        importing.put_away(viewer)
        return _show(request, plan)
    importing.keep(viewer, data, name, now=now)
    return redirect("me-import")


def _choose(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    wrong = [text for texts in refusal.fields.values() for text in texts] if refusal else []
    context = {"wrong": wrong}
    return render(request, "person/carry/choose.html", context, status=422 if wrong else 200)


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    today = timezone.localdate()
    match request.POST.get("as"):
        case "csv":
            return _download(exporting.export_csv(viewer), "text/csv", f"notes-{today}.csv")
        case "json":
            text = exporting.export_json(viewer, experiments=experiments(viewer))
            return _download(text, "application/json", f"notes-{today}.json")
        case "record":
            record = {**record_of(viewer, timezone.now()), "programme": programme_of(viewer)}
            text = json.dumps(record, ensure_ascii=False, indent=1)
            return _download(text, "application/json", "record.json")
    return render(request, "person/carry/take.html")


def _download(text: str, kind: str, filename: str) -> HttpResponse:
    return HttpResponse(
        text.encode(),
        content_type=f"{kind}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Cache-Control": "no-store, private",
        },
    )
