"""Two ways out: leaving at once for a neutral page, and signing out."""

from allauth.account import views as account
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from psoas.web.doors import LOCKED, door, viewer_of


def forget_pages(response: HttpResponseBase) -> None:
    """Have the browser drop the pages it kept, so that Back shows nothing.

    Never "storage": entries that still wait to be sent are kept there.
    """
    response["Clear-Site-Data"] = '"cache"'


# Without a token: pages that stand without database or session have a way out, too. Another site
# cannot misuse it, since the session's cookie does not travel with a form from elsewhere.
@csrf_exempt
@door("anyone")
def leave(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("today")
    person = viewer_of(request).person
    # The worker makes up for a sign-out that did not arrive by leaving, and says so.
    if person is not None and person.pin and "out" not in request.POST:
        # Under the same key: the browser is on its way elsewhere, and an answer with a new one
        # could be lost, which would sign the person out.
        request.session[LOCKED] = True
    else:
        logout(request)
    response = HttpResponseRedirect(settings.LEAVE_URL)
    forget_pages(response)
    return response


# Also open to someone halfway in: "cancel" before the second factor comes this way.
@door("anyone")
def sign_out(request: HttpRequest) -> HttpResponseBase:
    response: HttpResponseBase = account.logout(request)
    if request.method == "POST":
        forget_pages(response)
    return response


def ways_out() -> tuple[str, str]:
    return reverse("leave"), reverse("account_logout")


def out_anyway(request: HttpRequest) -> HttpResponse:
    """The way out where the server failed: this browser at least forgets who it was."""
    leaving = request.path == reverse("leave")
    response = HttpResponseRedirect(settings.LEAVE_URL if leaving else reverse(settings.LOGIN_URL))
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        response.delete_cookie(
            settings.SESSION_COOKIE_NAME,
            path=settings.SESSION_COOKIE_PATH,
            domain=settings.SESSION_COOKIE_DOMAIN,
            samesite="Lax",
        )
    forget_pages(response)
    return response
