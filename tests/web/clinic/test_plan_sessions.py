"""What somebody did since last time: only while they share it; what was not told is not zero."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from psoas.care.people import sharing
from psoas.care.people.models import Person, TrailRow
from psoas.care.programme import morning, sessions
from psoas.web.acts import in_words
from tests import cast
from tests.care.programme.telling import do, item, telling
from tests.web.clinic.clinic_of import STRANGERS, cared_for, stranger
from tests.web.signing_in import as_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Person:
    cast.installation()
    return cast.mara()


@pytest.fixture
def ines() -> Person:
    return cast.ines()


def url(person: Person) -> str:
    return reverse("person-sessions", args=[person.pk])


def main(client: Client, person: Person, query: str = "") -> str:
    answer = client.get(url(person) + query)
    assert answer.status_code == 200
    return str(answer.content.decode().split("<main")[1])


def did(mara: Person, days: int, *slugs: str, **more: Any) -> None:
    # At noon, so that what began ten minutes before began on the same day.
    now = timezone.now() - timedelta(days=days)
    now = timezone.localtime(now).replace(hour=12) if days else now
    do(mara, *(slugs or ("bridge",)), now=now, **more)


def test_what_was_done_is_said_drawn_and_tabled(mara, ines) -> None:
    cared_for(ines, mara, "sessions")
    did(mara, 5, "bridge", "cat-cow", before=3, during=4, after=2)
    did(mara, 4, before=3, during=7, after=6)
    page = main(as_staff(ines), mara)
    assert "<b>2 sessions</b> on 2 of 28 days." in page
    assert "Pain mostly <b>3 before, 4 after</b>" in page
    assert "No stop signs." in page
    assert "Red" in page
    assert "chart-sessions" in page
    assert "2 of 2" in page


def test_a_morning_that_was_not_told_is_said_and_is_never_green(mara, ines) -> None:
    cared_for(ines, mara, "sessions")
    did(mara, 5, before=1, during=1, after=1)
    page = main(as_staff(ines), mara)
    assert "The morning after 1 of them was not told" in page
    assert "Lights: 1 amber." in page
    assert "not told" in page.split("<tbody")[1]


def test_a_light_that_may_still_change_is_not_said(mara, ines) -> None:
    cared_for(ines, mara, "sessions")
    did(mara, 1, before=1, during=1, after=1)
    client = as_staff(ines)
    assert "no light yet" in main(client, mara)
    key = sessions.recent(cast.viewer(mara), timezone.now())[0].id
    morning.answer(cast.viewer(mara), key, "usual", timezone.now(), pain=1)
    assert "Lights: 1 green." in main(client, mara)


def test_what_was_skipped_is_counted_with_its_reasons(mara, ines) -> None:
    cared_for(ines, mara, "sessions")
    for days in (3, 4):
        now = timezone.now() - timedelta(days=days)
        told = telling(item("bridge", "skipped", reason="hurts"), item("cat-cow"), at=now)
        sessions.tell(cast.viewer(mara), uuid4(), told, now)
    page = main(as_staff(ines), mara)
    assert "Bridge" in page
    assert "It hurts (2 times)" in page


def test_a_sign_to_stop_stands_above_everything(mara, ines) -> None:
    cared_for(ines, mara, "sessions")
    did(mara, 2, "bridge", stop="chest-pain", stopped_at="bridge")
    page = main(as_staff(ines), mara)
    alert = page.split("alert-danger")[1]
    assert "Chest pain" in alert
    assert "During: Bridge." in alert
    assert "No stop signs." not in page


def test_every_sign_of_a_session_is_shown_also_one_that_is_not_known_here(mara, ines) -> None:
    cared_for(ines, mara, "sessions")
    key = uuid4()
    did(mara, 2, "bridge", key=key, stop="groin-catch", stopped_at="bridge")
    sessions.stopped(cast.viewer(mara), key, "chest-pain", timezone.now())
    did(mara, 1, "bridge", stop="made-up")
    page = main(as_staff(ines), mara)
    for said in ("A sharp catch in the groin", "Chest pain", "not known here (made-up)"):
        assert said in page


def test_without_the_share_nothing_is_shown_and_it_is_said(mara, ines) -> None:
    cared_for(ines, mara, "pain", "feelings", "questionnaires", "movement")
    did(mara, 2, "bridge")
    page = main(as_staff(ines), mara)
    assert "Mara does not share this with you." in page
    assert "Bridge" not in page
    assert "<table" not in page
    assert not TrailRow.objects.filter(action="sessions read").exists()


def test_it_closes_at_once_when_the_share_ends(mara, ines) -> None:
    cared_for(ines, mara, "sessions")
    did(mara, 2, "bridge")
    client = as_staff(ines)
    assert "<table" in main(client, mara)
    sharing.set_shares(mara, ines.pk, set(), now=timezone.now())
    assert "<table" not in main(client, mara)
    sharing.end_care(ines, mara, actor=ines, now=timezone.now())
    assert client.get(url(mara)).status_code == 404


def test_no_session_told_does_not_say_that_nothing_was_done(mara, ines) -> None:
    cared_for(ines, mara, "sessions")
    page = main(as_staff(ines), mara)
    assert "That does not say that nothing was done." in page
    assert "<figure" not in page


def test_the_list_is_ordered_by_what_is_offered_and_nothing_else(mara, ines) -> None:
    cared_for(ines, mara, "sessions")
    for days, after in ((2, 1), (3, 5), (4, 3)):
        did(mara, days, after=after)
    client = as_staff(ines)
    expected = {"day": [3, 5, 1], "-after": [5, 3, 1], "light": [5, 3, 1]}
    for order in (*expected, "; drop table", "-"):
        answer = client.get(url(mara), {"order": order, "weeks": "12"})
        found = [row.done.after for row in answer.context["rows"]]
        assert found == expected.get(order, [1, 5, 3]), order


def test_since_last_time_is_the_last_day_on_which_she_wrote_in_the_record(mara, ines) -> None:
    cared_for(ines, mara, "sessions")
    did(mara, 2)
    did(mara, 20)
    client = as_staff(ines)
    assert "Since last time" not in main(client, mara)
    TrailRow.objects.create(
        number=10_000,
        at=timezone.now() - timedelta(days=7),
        actor=ines.pk,
        subject=mara.pk,
        action="plan made",
    )
    page = main(client, mara)
    assert "when you last wrote in this record" in page
    assert "<b>1 session</b> on 1 of 8 days." in page
    assert "<b>2 sessions</b>" in main(client, mara, "?weeks=4")


def test_each_look_stands_in_the_persons_record(mara, ines) -> None:
    cared_for(ines, mara, "sessions")
    main(as_staff(ines), mara)
    row = TrailRow.objects.get(action="sessions read", actor=ines.pk, subject=mara.pk)
    assert in_words(row, who="Ines", other="").sentence == "read your sessions"


def test_for_anyone_else_the_page_does_not_exist(mara, ines) -> None:
    cared_for(ines, mara, "sessions")
    did(mara, 2, "bridge")
    for name in STRANGERS:
        answer = stranger(name, mara).get(url(mara))
        assert answer.status_code == 404
        assert "Bridge" not in answer.content.decode()
    assert Client().get(url(mara))["Location"] == reverse("account_login")
