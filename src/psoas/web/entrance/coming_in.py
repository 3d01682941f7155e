"""Coming in by a one-time link: setting psoas up, joining it, signing in.

Looking at a link never uses it up, as mail programs look at links, too; only its button does.
"""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal import flows
from allauth.account.utils import perform_login
from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from psoas.care.people import joining, links, trail
from psoas.care.people.models import Installation, OneTimeLink, Person
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.web.doors import door
from psoas.web.forms import countries, show_refusal, zone_field

Page = Callable[[HttpRequest, str], HttpResponse]


class ArrivalForm(forms.Form):
    """Whoever comes in names themselves; the story behind it refuses, field by field."""

    name = forms.CharField(
        label=_("What should we call you?"),
        help_text=_("A first name is enough."),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        help_text=_("You sign in with it. It is not checked, and no mail is sent."),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 10 characters. A few words in a row are easy to keep in mind."),
        required=False,
        strip=False,
        max_length=512,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    zone = zone_field(
        _("Time zone"), _("So that a night stays a night. For example Europe/London.")
    )
    country = forms.ChoiceField(
        label=_("Country, for the help lines"),
        required=False,
        choices=countries,
        initial="other",
        widget=forms.Select({"data-country": ""}),
    )

    def arrival(self) -> joining.Arrival:
        typed = self.cleaned_data
        return joining.Arrival(
            typed["name"],
            typed["email"],
            typed["password"],
            typed["zone"],
            typed["country"],
            typed.get("clinic_name", ""),
            typed.get("use") == "clinic",
        )


class SetUpForm(ArrivalForm):
    """The first account also says what this installation is for."""

    use = forms.ChoiceField(
        label=_("Who is it for?"),
        choices=[("me", _("Just for me")), ("clinic", _("For a clinic"))],
        initial="me",
        widget=forms.RadioSelect,
    )
    clinic_name = forms.CharField(label=_("The clinic’s name"), required=False, max_length=120)


def works_once(purpose: str) -> Callable[[Page], Page]:
    """Answer a link that is wrong, used or too old with one and the same page."""

    def wrap(view: Page) -> Page:
        @wraps(view)
        def guarded(request: HttpRequest, token: str) -> HttpResponse:
            try:
                links.look_up(purpose, token, timezone.now())
                return view(request, token)
            except NotAllowed:
                return render(request, "entrance/used.html", {"purpose": purpose}, status=404)

        return guarded

    return wrap


@door("anyone")
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@works_once("setup")
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = joining.set_up(
                token, form.arrival(), now=timezone.now(), is_demo=settings.DEMO
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _in_by_password(request, person)
    return _page(request, form, {"first": True})


@door("anyone")
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@works_once("join")
def join(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = links.look_up("join", token, now)
    form = ArrivalForm(request.POST or None, initial=_known_of(link))
    if request.method == "POST" and form.is_valid():
        try:
            person = joining.join(token, form.arrival(), now=now)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return _in_by_password(request, person)
    return _page(request, form, {"first": False, "link": link})


@door("anyone")
@require_http_methods(["GET", "POST"])
@works_once("enter")
def enter(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    person = links.look_up("enter", token, now).person
    if person is None or not person.is_active:
        raise NotAllowed
    if request.method != "POST":
        return render(request, "entrance/enter.html", {"person": person})
    links.use("enter", token, now)
    trail.record("signed in by link", actor=person, subject=person, now=now)
    return _sign_in(request, person, method="link")


def _known_of(link: OneTimeLink) -> dict[str, str]:
    installation = Installation.objects.filter(id=1).first()
    return {"name": link.name, "country": installation.country if installation else "other"}


def _page(request: HttpRequest, form: forms.Form, more: dict[str, object]) -> HttpResponse:
    context = {"form": form, "zones": sorted(joining.known_zones()), **more}
    return render(request, "entrance/arrive.html", context, status=422 if form.errors else 200)


def _in_by_password(request: HttpRequest, person: Person) -> HttpResponse:
    # The password was typed a moment ago: setting up a second factor need not ask again.
    return _sign_in(request, person, method="password", reauthenticated=True)


def _sign_in(
    request: HttpRequest, person: Person, *, method: str, reauthenticated: bool = False
) -> HttpResponse:
    """Sign in through the accounts library, which asks for a second factor where there is one."""
    if request.user.is_authenticated:
        logout(request)
    flows.login.record_authentication(
        request, person, method=method, reauthenticated=reauthenticated
    )
    next_page = "mfa_index" if person.is_staff_member and reauthenticated else "today"
    response: HttpResponse = perform_login(
        request, person, email_verification="none", redirect_url=reverse(next_page)
    )
    return response
