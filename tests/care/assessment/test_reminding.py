"""One quiet mail, only where it was asked for, and not a word about health in it."""

import re
from datetime import timedelta
from email import message_from_bytes
from smtplib import SMTPServerDisconnected
from unittest import mock

import pytest
from django.core import mail

from psoas.care.assessment import plans, reminding
from psoas.care.assessment.models import OutcomePlan
from psoas.care.people import sharing
from psoas.care.people.models import Person, TrailRow
from psoas.content.questionnaires import questionnaires
from tests import cast
from tests.care.assessment.asking import done
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db
# Words of what psoas is about; none of them may leave it by mail.
HEALTH = re.compile(
    r"pain|hip|ache|hurt|psoas|muscle|phq|gad|mood|depress|anxi|suicid|trauma|questionnaire|"
    r"physio|clinic|patient|health|symptom|therap|journal|diary|score|sleep|exercise|weeks?\b",
    re.IGNORECASE,
)


def day(number: int):
    return NOW + timedelta(days=number)


def reminded(*, on: bool = True, who: Person | None = None) -> Person:
    mara = who or cast.mara()
    plans.begin(viewer(mara), ["nprs", "peg", "phq-9"], NOW)
    if on:
        reminding.set_mail(viewer(mara), True)
    return mara


def test_it_goes_out_once_for_each_time_something_is_due():
    reminded()
    sent = {
        number: reminding.send_due(day(number)).sent
        for number in (0, 1, 6, 7, 13, 14, 15, 30, 42, 60, 84, 100, 120, 300)
    }
    assert {number for number, count in sent.items() if count} == {0, 14, 42, 84}
    assert len(mail.outbox) == 4


def test_it_is_off_until_somebody_switches_it_on_and_off_again_when_they_do():
    mara = reminded(on=False)
    assert reminding.send_due(NOW).sent == 0
    reminding.set_mail(viewer(mara), True)
    reminding.set_mail(viewer(mara), False)
    assert reminding.send_due(NOW).sent == 0
    assert mail.outbox == []


def test_who_has_answered_is_not_written_to():
    mara = reminded()
    done(viewer(mara), "nprs", [5, None, None])
    done(viewer(mara), "peg", [5, 5, 5])
    done(viewer(mara), "phq-9", [0] * 9)
    assert reminding.send_due(day(1)).sent == 0


def test_a_closed_account_is_not_written_to():
    mara = reminded()
    sharing.deactivate(mara, actor=cast.olga(), now=NOW)
    assert reminding.send_due(NOW).sent == 0


def test_nothing_that_leaves_speaks_of_health_or_of_what_was_chosen():
    reminded()
    reminding.send_due(NOW)
    (sent,) = mail.outbox
    whole = message_from_bytes(sent.message().as_bytes())
    told = {**dict(whole.items()), "body": str(whole.get_payload(decode=True))}
    assert told["To"] == "mara@example.org"
    assert told["Subject"] == "Notes: something is waiting for you"
    for part, text in told.items():
        assert not HEALTH.search(text), (part, HEALTH.search(text))
        for each in questionnaires():
            for word in (each.slug, each.name, each.short):
                assert word.lower() not in text.lower(), (part, word)
    assert "http://localhost:8000/" in sent.body
    assert sent.body.count("http") == 1, "the address of the site, and no deeper one"
    # Neither the name of the person nor that of this machine.
    assert "Mara" not in f"{sent.body} {sent.subject}"
    assert told["Message-ID"].endswith(f"@{sent.from_email.rpartition('@')[2].rstrip('>')}>")


def test_the_canary_would_find_a_health_word():
    assert HEALTH.search("Your pain questions are waiting")
    assert HEALTH.search("hip-clinic.example.org")


def test_what_the_mail_server_does_not_take_is_tried_again():
    mara = reminded()
    with mock.patch(
        "django.core.mail.backends.locmem.EmailBackend.send_messages",
        side_effect=SMTPServerDisconnected("mara@example.org"),
    ):
        done_ = reminding.send_due(NOW)
    assert (done_.sent, done_.failed) == (0, 1)
    assert OutcomePlan.objects.get(person=mara).reminded_for is None
    assert reminding.send_due(NOW).sent == 1


def test_no_log_line_holds_a_name_or_an_address(caplog):
    reminded()
    with mock.patch(
        "django.core.mail.backends.locmem.EmailBackend.send_messages",
        side_effect=OSError("mara@example.org refused"),
    ):
        reminding.send_due(NOW)
    assert "reminding.py" in caplog.text
    assert "mara" not in caplog.text.lower()


def test_two_runs_at_once_send_one():
    mara = reminded()

    def second_run(*args):
        # While the first is talking to the mail server, a second one begins.
        if not seen:
            seen.append(reminding.send_due(NOW))
        return 1

    seen: list[reminding.Sent] = []
    with mock.patch(
        "django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=second_run
    ):
        assert reminding.send_due(NOW).sent == 1
    assert seen[0].sent == 0
    assert OutcomePlan.objects.get(person=mara).reminded_for == NOW.date()


def test_one_persons_damage_keeps_nobody_elses_mail():
    mara, tom = reminded(), reminded(who=cast.tom())
    OutcomePlan.objects.filter(person=mara).update(sealed=b"\x01damaged")
    assert reminding.send_due(NOW).sent == 1
    assert mail.outbox[0].to == [tom.email]


def test_that_a_mail_went_out_is_in_the_persons_record():
    mara = reminded()
    reminding.send_due(NOW)
    assert TrailRow.objects.filter(subject=mara.pk, action="reminder sent", actor=None).exists()
