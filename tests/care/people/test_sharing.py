"""Consent: off until given, for one clinician and one category, ended at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from psoas.care.people import access, sharing
from psoas.care.people.models import CATEGORIES, Care, Person, Share, TrailRow
from psoas.care.people.refusal import NotAllowed, Refusal
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def clinic():
    people = {"mara": cast.mara(), "ines": cast.ines(), "olga": cast.olga()}
    sharing.start_care(people["ines"], people["mara"], actor=people["olga"], now=NOW - DAY)
    return people


def readable(clinic, now=NOW, clinician="ines"):
    return set(access.shared_categories(cast.viewer(clinic[clinician]), clinic["mara"], now))


def share(clinic, *categories, now=NOW):
    sharing.set_shares(clinic["mara"], clinic["ines"].pk, set(categories), now=now)


def acts():
    return [row.action for row in TrailRow.objects.order_by("number") if row.action != "joined"]


def test_nothing_is_shared_at_first(clinic):
    assert readable(clinic) == set()
    assert not Share.objects.exists()


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_opens_itself_and_no_other(clinic, category):
    share(clinic, category)
    assert readable(clinic) == {category}


def test_what_is_taken_back_ends_at_that_moment(clinic):
    share(clinic, "pain", "feelings")
    share(clinic, "pain", now=NOW + DAY)
    assert readable(clinic, NOW + DAY) == {"pain"}
    share(clinic, now=NOW + DAY)
    assert readable(clinic, NOW + DAY) == set()


def test_a_share_is_not_in_force_before_it_was_given(clinic):
    share(clinic, "pain")
    assert readable(clinic, NOW - timedelta(seconds=1)) == set()


def test_a_share_with_an_end_ends_then(clinic):
    share(clinic, "pain")
    Share.objects.update(until=NOW + DAY)
    assert readable(clinic, NOW + DAY - timedelta(seconds=1)) == {"pain"}
    assert readable(clinic, NOW + DAY) == set()


def test_a_share_that_ran_out_can_be_given_again(clinic):
    share(clinic, "pain")
    Share.objects.update(until=NOW + DAY)
    share(clinic, "pain", now=NOW + 2 * DAY)
    assert readable(clinic, NOW + 2 * DAY) == {"pain"}


def test_sharing_the_same_again_changes_and_records_nothing(clinic):
    share(clinic, "pain")
    before = acts()
    share(clinic, "pain", now=NOW + DAY)
    assert acts() == before
    assert Share.objects.get().given_at == NOW


def test_sharing_with_one_clinician_opens_nothing_to_another(clinic):
    clinic["jonas"] = cast.jonas()
    sharing.start_care(clinic["jonas"], clinic["mara"], actor=clinic["olga"], now=NOW - DAY)
    share(clinic, "pain")
    assert readable(clinic, clinician="jonas") == set()


@pytest.mark.parametrize("who", ["jonas", "rosa", "tom", "olga"])
def test_nobody_can_be_given_anything_who_does_not_look_after_the_person(clinic, who):
    other = clinic.get(who) or getattr(cast, who)()
    with pytest.raises(NotAllowed):
        sharing.set_shares(clinic["mara"], other.pk, {"pain"}, now=NOW)
    assert not Share.objects.exists()


def test_an_unknown_category_is_refused_and_nothing_is_shared(clinic):
    with pytest.raises(Refusal, match="everything"):
        share(clinic, "pain", "everything")
    assert not Share.objects.exists()


def test_everything_ends_with_the_care(clinic):
    share(clinic, "pain", "feelings")
    sharing.end_care(clinic["ines"], clinic["mara"], actor=clinic["olga"], now=NOW + DAY)
    assert readable(clinic, NOW + DAY) == set()
    assert not Share.objects.filter(ended_at=None).exists()


def test_care_taken_up_again_opens_nothing_that_was_shared_before(clinic):
    share(clinic, "pain")
    sharing.end_care(clinic["ines"], clinic["mara"], actor=clinic["olga"], now=NOW + DAY)
    sharing.start_care(clinic["ines"], clinic["mara"], actor=clinic["olga"], now=NOW + DAY)
    assert readable(clinic, NOW + 2 * DAY) == set()


def test_care_begins_and_ends_once_however_often_it_is_said(clinic):
    for _n in range(2):
        sharing.start_care(clinic["ines"], clinic["mara"], actor=clinic["olga"], now=NOW)
    assert Care.objects.count() == 1
    for _n in range(2):
        sharing.end_care(clinic["ines"], clinic["mara"], actor=clinic["olga"], now=NOW)
    assert acts() == ["care began", "care ended"]


@pytest.mark.parametrize("who", ["rosa", "tom", "olga"])
def test_only_a_physiotherapist_looks_after_somebody(clinic, who):
    other = clinic.get(who) or getattr(cast, who)()
    with pytest.raises(Refusal, match="physiotherapist"):
        sharing.start_care(other, clinic["mara"], actor=clinic["olga"], now=NOW)


def test_nobody_looks_after_themselves(clinic):
    with pytest.raises(Refusal):
        sharing.start_care(clinic["ines"], clinic["ines"], actor=clinic["olga"], now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Care.objects.create(clinician=clinic["ines"], person=clinic["ines"], since=NOW)


def test_a_closed_account_reads_nothing_and_gives_nothing(clinic):
    share(clinic, "pain")
    sharing.deactivate(clinic["ines"], actor=clinic["olga"], now=NOW + DAY)
    ines = Person.objects.get(pk=clinic["ines"].pk)
    assert access.shared_categories(cast.viewer(ines), clinic["mara"], NOW + DAY) == frozenset()
    assert not Share.objects.filter(ended_at=None).exists()
    assert not Care.objects.filter(ended_at=None).exists()


def test_a_person_whose_account_was_closed_shares_nothing_should_it_open_again(clinic):
    share(clinic, "pain")
    sharing.deactivate(clinic["mara"], actor=clinic["olga"], now=NOW + DAY)
    Person.objects.filter(pk=clinic["mara"].pk).update(is_active=True)
    assert readable(clinic, NOW + DAY) == set()


def test_closing_an_account_ends_its_sessions(clinic):
    before = clinic["ines"].get_session_auth_hash()
    sharing.deactivate(clinic["ines"], actor=clinic["olga"], now=NOW)
    assert Person.objects.get(pk=clinic["ines"].pk).get_session_auth_hash() != before


def test_who_reads_names_those_who_can_at_this_moment(clinic):
    assert sharing.who_reads(clinic["mara"], "pain", now=NOW) == []
    share(clinic, "pain")
    assert sharing.who_reads(clinic["mara"], "pain", now=NOW) == ["Ines"]
    assert sharing.who_reads(clinic["mara"], "feelings", now=NOW) == []
    sharing.end_care(clinic["ines"], clinic["mara"], actor=clinic["olga"], now=NOW)
    assert sharing.who_reads(clinic["mara"], "pain", now=NOW) == []


def test_who_reads_and_who_can_read_agree_when_care_begins_later(clinic):
    share(clinic, "pain")
    Care.objects.update(since=NOW + DAY)
    named = bool(sharing.who_reads(clinic["mara"], "pain", now=NOW))
    assert named == bool(readable(clinic))


def test_every_step_is_in_the_trail(clinic):
    share(clinic, "pain", "feelings")
    share(clinic, "pain", now=NOW + DAY)
    sharing.end_care(clinic["ines"], clinic["mara"], actor=clinic["olga"], now=NOW + DAY)
    assert acts() == [
        "care began",
        "feelings shared",
        "pain shared",
        "feelings no longer shared",
        "care ended",
    ]
    last = TrailRow.objects.latest("number")
    assert (last.actor, last.subject) == (clinic["olga"].pk, clinic["mara"].pk)


def test_the_database_itself_knows_no_share_twice(clinic):
    share(clinic, "pain")
    with pytest.raises(IntegrityError), transaction.atomic():
        Share.objects.create(
            person=clinic["mara"], clinician=clinic["ines"], category="pain", given_at=NOW
        )
