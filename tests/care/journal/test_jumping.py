"""Pain that rose by three asks the safety check again, and nothing else does."""

from datetime import timedelta
from uuid import uuid4

import pytest

from psoas.care.assessment import gate
from psoas.care.journal.writing import write_entry
from tests import cast
from tests.care.assessment.checks import go_through
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara():
    cast.installation()
    person = cast.mara()
    go_through(person, now=NOW - timedelta(days=3))
    return person


def note(person, pain, *, hours=0, kind="moment"):
    at = NOW + timedelta(hours=hours)
    now = max(at, NOW)
    raw = {"pain": pain, "at": at.isoformat(), "places": ["front-left-groin"]}
    raw |= {"unsure": pain is None}
    write_entry(viewer(person), raw, entry_id=uuid4(), kind=kind, now=now)


@pytest.mark.parametrize(("before", "after", "why"), [(2, 5, "pain"), (2, 4, ""), (6, 3, "")])
def test_a_rise_of_three_asks_again(mara, before, after, why):
    note(mara, before, hours=-20)
    note(mara, after)
    assert gate.stand(mara, NOW).why_due == why


def test_the_last_number_counts_and_not_the_lowest(mara):
    note(mara, 0, hours=-60)
    note(mara, 4, hours=-2)
    note(mara, 6)
    # The rise from 0 to 4 was told when it happened.
    go_through(mara, kind="again", now=NOW + timedelta(minutes=1))
    assert gate.stand(mara, NOW + timedelta(minutes=2)).why_due == ""


def test_a_first_number_is_no_jump(mara):
    note(mara, 9)
    assert gate.stand(mara, NOW).why_due == ""


def test_a_day_added_afterwards_is_no_news(mara):
    note(mara, 1, hours=-24 * 10)
    note(mara, 8, hours=-24 * 9, kind="backfill")
    assert gate.stand(mara, NOW).why_due == ""


def test_not_sure_is_no_number(mara):
    note(mara, 1, hours=-5)
    note(mara, None)
    assert gate.stand(mara, NOW).why_due == ""


def test_somebody_elses_pain_asks_nothing_of_mara(mara):
    tom = cast.tom()
    note(tom, 1, hours=-5)
    note(tom, 9)
    assert gate.stand(mara, NOW).why_due == ""
    assert gate.stand(tom, NOW).why_due == ""


def test_an_entry_is_written_although_the_clinical_key_is_damaged(mara):
    note(mara, 1, hours=-5)
    mara.keys.filter(purpose="clinical").update(wrapped=b"damaged")
    note(mara, 9)
    assert mara.entries.count() == 2
