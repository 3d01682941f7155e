"""The clinic's rooms: who is there, and what a person lets their clinician read."""

from django.urls import path

from psoas.web.clinic import (
    check,
    licences,
    measure,
    people,
    plan,
    progress,
    sessions,
    shared,
    tasks,
)

urlpatterns = [
    path("people/", people.page, name="people"),
    path("people/invite/", people.invite, name="people-invite"),
    path("people/clinic/", people.clinic, name="people-clinic"),
    path("people/licences/", licences.page, name="people-licences"),
    path("people/tasks/", tasks.page, name="tasks"),
    path("people/tasks/<uuid:key>/", tasks.done, name="task-done"),
    path("people/<uuid:key>/", shared.page, name="people-shared"),
    path("people/<uuid:key>/care/", people.care, name="people-care"),
    path("people/<uuid:key>/close/", people.close, name="people-close"),
    path("people/<uuid:key>/check/", check.page, name="person-check"),
    path("people/<uuid:key>/measure/", measure.page, name="person-measure"),
    path("people/<uuid:key>/plan/", plan.page, name="person-plan"),
    path("people/<uuid:key>/sessions/", sessions.page, name="person-sessions"),
    path("people/<uuid:key>/progress/", progress.page, name="person-progress"),
]
