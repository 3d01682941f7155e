"""Every address psoas answers. Each words itself neutrally: an address bar is read by others."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

from psoas.web.clinic.urls import urlpatterns as clinic
from psoas.web.entrance import leaving
from psoas.web.entrance.urls import urlpatterns as entrance
from psoas.web.person import account as person_account
from psoas.web.person.urls import urlpatterns as person

# Of the accounts library only the doors psoas uses are built in: no sign-up without a link, no
# change of address by mail, as there may be no mail server.
library: list[URLPattern | URLResolver] = [
    path("in/", account.login, name="account_login"),
    path("out/", leaving.sign_out, name="account_logout"),
    path("closed/", account.signup, name="account_signup"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("me/password/", person_account.password, name="account_change_password"),
    path("me/keys/", include("allauth.mfa.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [*person, *clinic, *entrance, *library]

handler404 = "psoas.web.faults.not_found"
handler403 = "psoas.web.faults.not_found"
handler429 = "psoas.web.faults.too_many"
handler500 = "psoas.web.faults.broken"
