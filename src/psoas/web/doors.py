"""Every page is a door, and every door names the policy that guards it.

A view without a policy is not reachable by anyone: forgetting to think about access shows
at the first request, and in the tests before that.
"""

from collections.abc import Callable
from datetime import datetime

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from psoas.care.people import access, applock, vault
from psoas.care.people.access import Viewer
from psoas.care.people.keyring import KeyRefused
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed
from psoas.content.redflags import questions
from psoas.web import faults, gated

View = Callable[..., HttpResponseBase]

GATED = frozenset(each.slug for each in questions().doors)
LOCKED = "locked"
LAST_SEEN = "last_seen"
# How often the time of the last visit is written down: not at each request, as every
# write costs a durable commit.
_SEEN_EVERY = 20

# Doors that come with the accounts library; ours carry their policy on the view itself.
LIBRARY_POLICIES = {
    "account_login": "anyone",
    "account_logout": "signed in",
    "account_signup": "anyone",
    "account_inactive": "anyone",
    "account_reauthenticate": "unlocked",
    "account_change_password": "unlocked",
    "mfa_authenticate": "anyone",
    "mfa_login_webauthn": "anyone",
    "mfa_reauthenticate": "unlocked",
    "mfa_reauthenticate_webauthn": "unlocked",
    "mfa_index": "unlocked",
    "mfa_activate_totp": "unlocked",
    "mfa_deactivate_totp": "unlocked",
    "mfa_list_webauthn": "unlocked",
    "mfa_add_webauthn": "unlocked",
    "mfa_remove_webauthn": "unlocked",
    "mfa_edit_webauthn": "unlocked",
    "mfa_view_recovery_codes": "unlocked",
    "mfa_generate_recovery_codes": "unlocked",
    "mfa_download_recovery_codes": "unlocked",
}


def door(policy: str, opens: str = "", *, takes: bool = False) -> Callable[[View], View]:
    """Guard a view with a policy of ``access.POLICIES``.

    ``opens`` names what stands behind it in the table of the safety check ("routine", "breath",
    "writing", "entry", "reading", "booking"): then the gate is asked as well, before the view runs.
    ``takes``: what is posted there was done already, and is taken down wherever the person stands;
    the view asks the gate after it.
    """
    if policy not in access.POLICIES:
        raise LookupError(f"There is no policy called “{policy}”.")
    if opens and opens not in GATED:
        raise LookupError(f"The safety check knows no door called “{opens}”.")

    def guard(view: View) -> View:
        view.policy = policy  # type: ignore[attr-defined]
        view.opens = opens  # type: ignore[attr-defined]
        view.takes = takes  # type: ignore[attr-defined]
        return view

    return guard


def opens_of(view: View) -> str:
    """What a door opens in the table of the safety check; empty where it asks nothing."""
    opens: str = getattr(view, "opens", "")
    return opens


def policy_of(view: View, url_name: str | None) -> str | None:
    policy: str | None = getattr(view, "policy", None)
    return policy or LIBRARY_POLICIES.get(url_name or "")


def viewer_of(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


@receiver(user_logged_in)
def begin_visit(request: HttpRequest, user: Person, **signal: object) -> None:
    """Whoever has just signed in is here, and has shown more than a PIN."""
    applock.forget_tries(user)
    request.session[LAST_SEEN] = timezone.now().timestamp()


class DoorMiddleware:
    """Works out who is looking, and stops whoever the door does not admit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.viewer = _see(request, timezone.now())  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        match = request.resolver_match or resolve(request.path)
        policy = policy_of(view, match.url_name)
        viewer = viewer_of(request)
        if policy is None:
            raise PermissionDenied
        if not access.allows(policy, viewer):
            return _turn_away(request, viewer)
        opens = opens_of(view)
        if request.method == "POST" and getattr(view, "takes", False):
            return None
        return gated.ask(request, viewer, opens) if opens else None

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, NotAllowed):
            # The same answer for "not yours" and "not there": nothing to learn by trying.
            raise Http404
        if isinstance(problem, vault.Unreadable | KeyRefused):
            return _cannot_open(request)
        return None


def _cannot_open(request: HttpRequest) -> HttpResponse:
    """A damaged notebook or key: said calmly, with whatever was typed."""
    if request.method == "POST":
        return faults.kept(request, _("This cannot be opened just now."), status=503)
    return faults.plain("unreadable.html", status=503)


def _see(request: HttpRequest, now: datetime) -> Viewer:
    person = request.user
    if not isinstance(person, Person):
        return Viewer(None)
    if not person.is_active:
        logout(request)
        return Viewer(None)
    return Viewer(
        person,
        locked=_is_locked(request, person, now),
        second_factor_missing=_second_factor_missing(person),
    )


def _is_locked(request: HttpRequest, person: Person, now: datetime) -> bool:
    if not person.pin:
        return False
    if request.session.get(LOCKED):
        return True
    stamp = now.timestamp()
    seen = request.session.get(LAST_SEEN)
    last_seen = None if seen is None else datetime.fromtimestamp(seen, tz=now.tzinfo)
    if applock.is_due(person, last_seen, now):
        lock_screen(request)
        return True
    # What a page asks for by itself must not keep a screen open that nobody touches.
    by_itself = "HTTP_X_BY_ITSELF" in request.META
    if seen is None or (stamp - seen >= _SEEN_EVERY and not by_itself):
        request.session[LAST_SEEN] = stamp
    return False


def lock_screen(request: HttpRequest) -> None:
    """Lock this session until the PIN is given."""
    if request.session.get(LOCKED):
        return
    request.session[LOCKED] = True
    # Under a new key: a request still under way holds the old one, and cannot save its older,
    # open copy of the session over the lock.
    request.session.cycle_key()


def _second_factor_missing(person: Person) -> bool:
    if not person.is_staff_member or (settings.DEMO and settings.LOOPBACK):
        return False
    return not is_mfa_enabled(person)


def _turn_away(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    asks_for_data = request.headers.get("Accept") == "application/json"
    if asks_for_data and not access.allows("inside", viewer):
        # A script would follow a redirect and take the sign-in page for its answer.
        return JsonResponse({"state": "sign in"}, status=401)
    if viewer.person is None:
        return redirect("account_login")
    if viewer.locked:
        return redirect("locked")
    if viewer.second_factor_missing:
        return redirect("mfa_index")
    raise Http404
