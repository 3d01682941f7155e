"""``psoas remind``: how many went out, and plainly no where there is no mail server."""

import os

import pytest

from psoas.care.assessment import plans, reminding
from psoas.cli.main import main
from tests import cast
from tests.cast import viewer


def test_without_a_mail_server_it_says_so_and_sends_nothing(capsys):
    assert main(["remind"]) == 2
    said = capsys.readouterr().err
    assert "PSOAS_MAIL is not set" in said
    assert "Traceback" not in said


@pytest.mark.django_db
def test_it_prints_how_many_and_nobodys_name(capsys, monkeypatch, mailoutbox):
    from django.utils import timezone

    monkeypatch.setenv("PSOAS_MAIL", "smtp://notes%40example.org:x@mail.example.org:587")
    monkeypatch.setattr("psoas.cli.prepare.open_installation", lambda env: None)
    mara = cast.mara()
    plans.begin(viewer(mara), ["peg"], timezone.now())
    reminding.set_mail(viewer(mara), True)
    assert main(["remind"]) == 0
    assert main(["remind"]) == 0
    said = capsys.readouterr()
    assert said.out == "1 sent.\n0 sent.\n"
    assert "mara" not in (said.out + said.err).lower()
    assert len(mailoutbox) == 1
    assert os.environ["PSOAS_MAIL"].startswith("smtp")
