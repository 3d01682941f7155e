"""One quiet mail for a time at which something is due, where the person switched it on.

It names nothing but that something waits. Whoever reads it over a shoulder, on a mail server or in
a lock screen's preview learns that somebody keeps notes.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import make_msgid, parseaddr
from smtplib import SMTPException

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation
from django.utils.translation import gettext as _

from psoas.care.assessment import outcomes
from psoas.care.assessment.choices import choose, chosen
from psoas.care.assessment.models import OutcomePlan
from psoas.care.people import trail
from psoas.care.people.access import Viewer
from psoas.care.people.keyring import KeyRefused
from psoas.care.people.models import Person
from psoas.care.people.vault import Unreadable

# What this choice is called among a person's choices.
BY_MAIL = "mail"


@dataclass(frozen=True)
class Sent:
    """How many reminders went out, and how many the mail server would not take."""

    sent: int
    failed: int


def wants_mail(person: Person) -> bool:
    """Whether the person switched the mail on; it is off until they do."""
    try:
        return bool(chosen(person).get(BY_MAIL, False))
    except Unreadable:
        # Nobody is written to who may have said no.
        return False


def set_mail(viewer: Viewer, on: bool) -> None:
    """Switch the mail on or off."""
    choose(viewer.known, BY_MAIL, on)


def send_due(now: datetime) -> Sent:
    """Send every reminder that is due and was not sent yet; each goes out once at most."""
    sent = failed = 0
    connection: BaseEmailBackend = mail.get_connection()
    for plan, since in _to_remind(now):
        before = plan.reminded_for
        # Claimed first: two that run at once, or one that is killed, must not write twice.
        mine = OutcomePlan.objects.filter(pk=plan.pk, reminded_for=before)
        if not mine.update(reminded_for=since):
            continue
        try:
            _message(plan.person, connection).send()
        except (SMTPException, OSError) as problem:
            OutcomePlan.objects.filter(pk=plan.pk, reminded_for=since).update(reminded_for=before)
            # Its own text may hold an address.
            logging.getLogger(__name__).warning("A mail did not go: %s", type(problem).__name__)
            failed += 1
            continue
        # What leaves this installation is in the trail: that it did, and to whom.
        trail.record("reminder sent", actor=None, subject=plan.person, now=now)
        sent += 1
    connection.close()
    return Sent(sent, failed)


def _to_remind(now: datetime) -> Iterator[tuple[OutcomePlan, date]]:
    """Yield whoever is to be written to, with the day since which something is due."""
    plans = OutcomePlan.objects.filter(person__is_active=True).select_related("person")
    for plan in plans.order_by("pk"):
        try:
            due = outcomes.due(Viewer(plan.person), now) if wants_mail(plan.person) else None
        except (Unreadable, KeyRefused):
            # Damaged: nobody else's waits for it; psoas doctor names it.
            logging.getLogger(__name__).warning("Something that is due does not open.")
            continue
        if due and due.since != plan.reminded_for:
            yield plan, due.since


def _message(person: Person, connection: BaseEmailBackend) -> mail.EmailMessage:
    sender = settings.DEFAULT_FROM_EMAIL
    with translation.override(person.language):
        subject = _("Notes: something is waiting for you")
        body = _(
            "Something is waiting for you in your notes:\n\n{address}/\n\n"
            "There is no hurry. This mail comes once. To have none, open Me, then Reminders."
        ).format(address=settings.PUBLIC_ORIGIN)
    # Made here, because what is made otherwise names the machine.
    headers = {"Message-ID": make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])}
    return mail.EmailMessage(
        subject, body, sender, [person.email], headers=headers, connection=connection
    )
