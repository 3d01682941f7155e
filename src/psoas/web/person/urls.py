"""A person's own rooms."""

from django.urls import path

from psoas.web.person import (
    account,
    carry,
    days,
    entry,
    erasing,
    lock,
    now,
    outbox,
    sharing,
    suspects,
    today,
    weeks,
)

urlpatterns = [
    path("", today.page, name="today"),
    path("now/", now.page, name="now"),
    path("outbox/", outbox.receive, name="outbox"),
    path("days/", days.page, name="days"),
    path("days/quick/", entry.quick, name="entry-quick"),
    path("days/new/", entry.new, name="entry-new"),
    path("days/<uuid:key>/", entry.edit, name="entry"),
    path("days/<uuid:key>/delete/", entry.delete, name="entry-delete"),
    path("days/<uuid:key>/undo/", entry.undo, name="entry-undo"),
    path("weeks/", weeks.page, name="weeks"),
    path("me/", account.page, name="me"),
    path("me/suspects/", suspects.page, name="me-suspects"),
    path("me/own/", suspects.own, name="me-own"),
    path("me/import/", carry.bring, name="me-import"),
    path("me/export/", carry.take, name="me-export"),
    path("me/sharing/", sharing.page, name="me-sharing"),
    path("me/record/", sharing.record, name="me-record"),
    path("me/lock/", lock.settings, name="me-lock"),
    path("me/everywhere/", account.everywhere, name="me-everywhere"),
    path("me/erase/", erasing.page, name="me-erase"),
    path("lock/", lock.now, name="lock"),
    path("locked/", lock.locked, name="locked"),
]
