"""Doors that stand open to someone who is not signed in."""

from django.urls import path

from psoas.web.entrance import coming_in, help, leaving, shell

urlpatterns = [
    path("setup/<str:token>/", coming_in.set_up, name="setup"),
    path("join/<str:token>/", coming_in.join, name="join"),
    path("enter/<str:token>/", coming_in.enter, name="enter"),
    path("help/", help.page, name="help"),
    path("leave/", leaving.leave, name="leave"),
    path("healthz", shell.healthz, name="healthz"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("sw.js", shell.worker, name="worker"),
    path("now/shell/", shell.page, name="shell"),
    path("now/shell/care/", shell.care, name="shell-care"),
    path("now/shell/move/", shell.move, name="shell-move"),
    path("now/shell/questions/", shell.questions, name="shell-questions"),
]
