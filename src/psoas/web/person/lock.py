"""The app lock: choosing a PIN, locking now, and opening again."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from psoas.care.people import applock
from psoas.care.people.models import Person
from psoas.care.people.refusal import Refusal
from psoas.web.doors import LAST_SEEN, LOCKED, door, lock_screen, viewer_of
from psoas.web.entrance.leaving import forget_pages
from psoas.web.forms import show_refusal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _pin_field(label: "StrOrPromise", help_text: "StrOrPromise" = "") -> forms.CharField:
    # Never "password" to a browser: it would offer to keep the PIN, on this very device.
    widget = forms.PasswordInput(
        {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "pin-field short"}
    )
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=64, widget=widget
    )


def _minutes() -> list[tuple[int, str]]:
    return [
        (minutes, ngettext("After %(n)s minute", "After %(n)s minutes", minutes) % {"n": minutes})
        if minutes
        else (0, gettext("Only when I leave or lock it"))
        for minutes in applock.MINUTES
    ]


class LockForm(forms.Form):
    current = _pin_field(_("PIN now"))
    pin = _pin_field(_("New PIN"), _("4 to 8 digits."))
    again = _pin_field(_("New PIN again"))
    minutes = forms.TypedChoiceField(
        label=_("Lock when nobody has touched it"), choices=_minutes, coerce=int
    )


@door("inside")
@sensitive_post_parameters("current", "pin", "again")
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    person = viewer_of(request).known
    form = LockForm(request.POST or None, initial={"minutes": person.lock_after_minutes})
    if not person.pin:
        del form.fields["current"]
    if request.method == "POST" and form.is_valid():
        left = applock.take_try(person) if person.pin else applock.TRIES
        if person.pin and not (left >= 0 and applock.fits(person, form.cleaned_data["current"])):
            if left <= 0:
                return _signed_out(request)
            form.add_error("current", gettext("This is not the PIN."))
        else:
            applock.forget_tries(person)
            if answer := _change(request, person, form):
                return answer
    context = {"form": form, "person": person}
    return render(request, "person/lock.html", context, status=422 if form.errors else 200)


def _change(request: HttpRequest, person: Person, form: LockForm) -> HttpResponse | None:
    typed, now = form.cleaned_data, timezone.now()
    if "remove" in request.POST:
        applock.clear_pin(person, now=now)
        messages.success(request, gettext("The lock is off."))
        return redirect("me-lock")
    try:
        applock.set_pin(person, typed["pin"], typed["again"], typed["minutes"], now=now)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return None
    request.session[LAST_SEEN] = now.timestamp()
    messages.success(request, gettext("The lock is on."))
    return redirect("me-lock")


@door("unlocked")
@require_POST
def now(request: HttpRequest) -> HttpResponse:
    if not viewer_of(request).known.pin:
        return redirect("me-lock")
    lock_screen(request)
    response = redirect("locked")
    forget_pages(response)
    return response


@door("signed in")
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def locked(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    if not viewer.locked:
        return redirect("today")
    if request.method != "POST":
        return render(request, "person/locked.html")
    left = applock.take_try(viewer.known)
    if left >= 0 and applock.fits(viewer.known, request.POST.get("pin", "")):
        applock.forget_tries(viewer.known)
        request.session.pop(LOCKED, None)
        request.session[LAST_SEEN] = timezone.now().timestamp()
        return redirect("today")
    if left <= 0:
        return _signed_out(request)
    return render(request, "person/locked.html", {"left": left}, status=422)


def _signed_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.error(request, gettext("Too many wrong PINs. Sign in with your password to go on."))
    response = redirect("account_login")
    forget_pages(response)
    return response
