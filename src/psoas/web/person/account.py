"""One's own account: name, time zone, language, help lines, theme, and the ways on from here."""

from allauth.account import views as library
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from psoas.care.people import account, joining
from psoas.care.people.models import Person
from psoas.care.people.refusal import Refusal
from psoas.web.doors import door, viewer_of
from psoas.web.forms import countries, show_refusal, zone_field


def _countries() -> list[tuple[str, str]]:
    return [("", gettext("The same as this installation")), *countries()]


class AccountForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    zone = zone_field(
        _("Time zone"), _("Where you live now. Entries made before keep their own time.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    country = forms.ChoiceField(
        label=_("Country, for the help lines"), required=False, choices=_countries
    )
    theme = forms.ChoiceField(
        label=_("Light or dark"),
        choices=[
            ("hours", _("Dark from 21:00 to 07:00")),
            ("auto", _("As this device")),
            ("light", _("Light")),
            ("dark", _("Dark")),
        ],
        widget=forms.RadioSelect,
    )


@door("inside")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    # A copy to write to: a refused name must not appear anywhere as if it were saved.
    person = Person.objects.get(pk=viewer_of(request).known.pk)
    form = AccountForm(request.POST or None, initial=_now(person))
    if request.method == "POST" and form.is_valid():
        try:
            account.change(person, account.Wishes(**form.cleaned_data))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("me")
    context = {"form": form, "zones": sorted(joining.known_zones()), "person": person}
    return render(request, "person/account.html", context, status=422 if form.errors else 200)


@door("inside")
@require_POST
def everywhere(request: HttpRequest) -> HttpResponse:
    person = viewer_of(request).known
    account.end_sessions(person, now=timezone.now())
    update_session_auth_hash(request, person)
    messages.success(request, gettext("Signed out everywhere else. Only this device is signed in."))
    return redirect("me")


@door("unlocked")
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponseBase:
    """Change the password, or choose a first one after coming in by a link."""
    has_one = viewer_of(request).known.has_usable_password()
    view = library.password_change if has_one else library.password_set
    response: HttpResponseBase = view(request)
    return response


def _now(person: Person) -> dict[str, str]:
    return {
        "name": person.name,
        "zone": person.zone,
        "language": person.language,
        "country": person.country,
        "theme": person.theme,
    }
