"""The clinic's rooms: who is there, and what a person lets their clinician read."""

from django.urls import path

from psoas.web.clinic import people, shared

urlpatterns = [
    path("people/", people.page, name="people"),
    path("people/invite/", people.invite, name="people-invite"),
    path("people/clinic/", people.clinic, name="people-clinic"),
    path("people/<uuid:key>/", shared.page, name="people-shared"),
    path("people/<uuid:key>/care/", people.care, name="people-care"),
    path("people/<uuid:key>/close/", people.close, name="people-close"),
]
