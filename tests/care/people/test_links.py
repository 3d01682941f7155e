"""A one-time link works once, for its purpose, for its time."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from psoas.care.people import links, sharing
from psoas.care.people.models import OWNER, OneTimeLink
from psoas.care.people.refusal import NotAllowed
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def refused(act, *args):
    with pytest.raises(NotAllowed):
        act(*args)
    return True


def test_a_link_works_once():
    mara = cast.mara()
    token = links.make("enter", now=NOW, person=mara)
    assert links.use("enter", token, NOW).person == mara
    assert refused(links.use, "enter", token, NOW)
    assert refused(links.look_up, "enter", token, NOW)


def test_looking_at_a_link_does_not_use_it_up():
    token = links.make("setup", now=NOW)
    for _n in range(3):
        links.look_up("setup", token, NOW)
    links.use("setup", token, NOW)


@pytest.mark.parametrize("purpose", links.LASTS)
def test_a_link_expires(purpose):
    person = cast.mara() if purpose == "enter" else None
    token = links.make(purpose, now=NOW, person=person)
    end = NOW + links.LASTS[purpose]
    links.look_up(purpose, token, end - SECOND)
    assert refused(links.look_up, purpose, token, end)
    assert refused(links.use, purpose, token, end + SECOND)


@pytest.mark.parametrize("purpose", ["setup", "join"])
def test_a_link_for_one_thing_does_nothing_else(purpose):
    token = links.make("enter", now=NOW, person=cast.mara())
    assert refused(links.use, purpose, token, NOW)
    links.use("enter", token, NOW)


@pytest.mark.parametrize("token", ["", "x", "a" * 32, "' OR 1=1 --", "é", "\x00"])
def test_a_made_up_token_opens_nothing(token):
    links.make("setup", now=NOW)
    assert refused(links.use, "setup", token, NOW)


def test_the_token_itself_is_kept_nowhere():
    token = links.make("join", now=NOW, name="Mara")
    row = OneTimeLink.objects.values().get()
    assert token not in str(row)
    assert refused(links.use, "join", row["digest"], NOW)


def test_tokens_are_long_and_never_alike():
    tokens = {links.make("join", now=NOW) for _n in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 32


def test_a_link_that_was_withdrawn_works_no_more():
    mara, tom = cast.mara(), cast.tom()
    hers, his = (links.make("enter", now=NOW, person=each) for each in (mara, tom))
    links.withdraw_unused("enter", mara)
    assert refused(links.use, "enter", hers, NOW)
    links.use("enter", his, NOW)


def test_a_used_link_stays_on_record_when_the_rest_are_withdrawn():
    mara = cast.mara()
    links.use("enter", links.make("enter", now=NOW, person=mara), NOW)
    links.withdraw_unused("enter", mara)
    assert OneTimeLink.objects.count() == 1


def test_somebody_whose_account_was_closed_does_not_come_in_by_a_link():
    mara, olga = cast.mara(), cast.olga()
    token = links.make("enter", now=NOW, person=mara)
    type(mara).objects.filter(pk=mara.pk).update(is_active=False)
    assert refused(links.use, "enter", token, NOW)
    type(mara).objects.filter(pk=mara.pk).update(is_active=True)
    sharing.deactivate(mara, actor=olga, now=NOW)
    assert not OneTimeLink.objects.exists()


def test_invitations_of_somebody_whose_account_was_closed_are_taken_back():
    olga, other = cast.olga(), cast.person("Other", OWNER)
    token = links.make("join", now=NOW, role=OWNER, made_by=other)
    standing = links.make("join", now=NOW, made_by=olga)
    sharing.deactivate(other, actor=olga, now=NOW)
    assert refused(links.use, "join", token, NOW)
    links.use("join", standing, NOW)


def test_the_name_on_an_invitation_does_not_outlive_its_use():
    token = links.make("join", now=NOW, name="Mara")
    assert links.use("join", token, NOW).name == "Mara"
    assert OneTimeLink.objects.get().name == ""


def test_the_database_refuses_a_link_to_enter_as_nobody():
    with pytest.raises(IntegrityError), transaction.atomic():
        links.make("enter", now=NOW)


def test_the_database_refuses_a_link_to_join_as_somebody():
    with pytest.raises(IntegrityError), transaction.atomic():
        links.make("join", now=NOW, person=cast.mara())


@pytest.mark.django_db(transaction=True)
def test_of_two_people_with_the_same_link_one_gets_in():
    token = links.make("setup", now=NOW)
    both_looked, outcomes = threading.Barrier(2), []
    look_up = links.look_up

    def look_and_wait(*args):
        found = look_up(*args)
        both_looked.wait(30)
        return found

    def come_in():
        try:
            links.use("setup", token, NOW)
            outcomes.append("in")
        except NotAllowed:
            outcomes.append("refused")
        finally:
            connection.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(links, "look_up", look_and_wait)
        threads = [threading.Thread(target=come_in) for _n in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert sorted(outcomes) == ["in", "refused"]
