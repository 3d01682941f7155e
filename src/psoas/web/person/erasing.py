"""Deleting one's journal, or the whole account. Nothing here can be undone, and it says so."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import reauthentication
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext, pgettext
from django.views.decorators.http import require_http_methods

from psoas.care.journal.erasing import erase_journal
from psoas.care.people.erasing import erase_account
from psoas.care.people.refusal import Refusal
from psoas.web.doors import door, viewer_of
from psoas.web.entrance.leaving import forget_pages
from psoas.web.forms import show_refusal


def word() -> str:
    return pgettext("the word to type before everything is deleted", "delete")


class ErasingForm(forms.Form):
    """One form for each thing that can be deleted; the word is typed, not ticked."""

    def __init__(self, what: str, data: object = None) -> None:
        super().__init__(data, auto_id=f"{what}-%s")  # type: ignore[arg-type]
        self.fields["word"] = forms.CharField(
            label=gettext("Type the word “%(word)s”") % {"word": word()},
            required=False,
            max_length=40,
            widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
        )

    def clean_word(self) -> str:
        typed: str = self.cleaned_data["word"]
        if typed.strip().casefold() != word().casefold():
            raise forms.ValidationError(
                gettext("To go on, type exactly “%(word)s”. Nothing was deleted.")
                % {"word": word()}
            )
        return typed


@door("inside")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if reauthentication.is_reauthentication_required(request, app="psoas"):
        # An unlocked phone in another hand is not enough to destroy a journal.
        ways = get_adapter().get_reauthentication_methods(request.user)
        return redirect(f"{ways[0]['url']}?{urlencode({'next': reverse('me-erase')})}")
    what = request.POST.get("what")
    forms_shown = {
        each: ErasingForm(each, request.POST if what == each else None)
        for each in ("journal", "account")
    }
    wanted = forms_shown.get(what or "")
    if wanted is not None and wanted.is_valid():
        try:
            return _erase_journal(request) if what == "journal" else _erase_account(request)
        except Refusal as refusal:
            show_refusal(wanted, refusal)
    wrong = wanted is not None and bool(wanted.errors)
    return render(request, "person/erase.html", forms_shown, status=422 if wrong else 200)


def _erase_journal(request: HttpRequest) -> HttpResponse:
    gone = erase_journal(viewer_of(request).known, now=timezone.now())
    messages.success(
        request,
        ngettext(
            "Your journal is deleted: %(n)s entry.", "Your journal is deleted: %(n)s entries.", gone
        )
        % {"n": gone},
    )
    response = redirect("me")
    forget_pages(response)
    return response


def _erase_account(request: HttpRequest) -> HttpResponse:
    erase_account(viewer_of(request).known, now=timezone.now())
    logout(request)
    messages.success(request, gettext("Your account is deleted. You are signed out."))
    response = redirect("account_login")
    forget_pages(response)
    return response
