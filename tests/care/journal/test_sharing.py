"""What a clinician reads: what is shared, while it is shared, and the person sees that."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from psoas.care.journal import notebook, writing
from psoas.care.journal.sharing import FIELDS, SharedRecord, shared_record
from psoas.care.people import sharing
from psoas.care.people.models import Person, TrailRow
from psoas.care.people.refusal import NotAllowed
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara():
    person = cast.mara()
    viewer = cast.viewer(person)
    own = notebook.add_own(viewer, "plover", number=False, now=NOW)
    raw = {
        "pain": 6,
        "places": ["front-left-groin"],
        "words": "kestrel",
        "feelings": {"worried": 3},
        "triggers": {own.key: 1},
        "cycle_day": 9,
    }
    writing.write_entry(viewer, raw, entry_id=uuid4(), kind="day", now=NOW)
    return person


def read(by: Person, person: Person) -> SharedRecord:
    return shared_record(
        cast.viewer(by), person.pk, first=date(2026, 4, 1), last=date(2026, 4, 30), now=NOW
    )


def test_pain_alone_opens_pain_alone(mara):
    ines = cast.ines()
    cast.under_care(ines, mara, "pain")
    record = read(ines, mara)
    assert set(record.entries[0].document) == {"v", "at", "zone", "pain", "places"}
    assert record.table is not None
    assert record.table.triggers == ()
    assert "kestrel" not in repr(record)
    assert "plover" not in repr(record)


def test_feelings_alone_open_no_pain(mara):
    ines = cast.ines()
    cast.under_care(ines, mara, "feelings")
    record = read(ines, mara)
    assert record.table is None
    assert "pain" not in record.entries[0].document
    assert record.entries[0].document["words"] == "kestrel"


def test_the_cycle_day_is_in_no_category(mara):
    assert not any("cycle_day" in fields for fields in FIELDS.values())


def test_care_without_a_share_opens_nothing(mara):
    ines = cast.ines()
    cast.under_care(ines, mara)
    record = read(ines, mara)
    assert (record.entries, record.table) == ((), None)


@pytest.mark.parametrize("who", [cast.tom, cast.jonas, cast.rosa, cast.olga])
def test_nobody_else_reads_anything(mara, who):
    cast.under_care(cast.ines(), mara, "pain", "feelings")
    with pytest.raises(NotAllowed):
        read(who(), mara)


def test_it_ends_when_the_person_says_so_and_with_the_care(mara):
    ines = cast.ines()
    cast.under_care(ines, mara, "pain", "feelings")
    sharing.set_shares(mara, ines.pk, {"pain"}, now=NOW)
    assert read(ines, mara).categories == {"pain"}
    sharing.end_care(ines, mara, actor=mara, now=NOW)
    with pytest.raises(NotAllowed):
        read(ines, mara)


def test_each_look_is_in_the_persons_trail(mara):
    ines = cast.ines()
    cast.under_care(ines, mara, "pain")
    read(ines, mara)
    looked = TrailRow.objects.get(subject=mara.pk, action="shared journal read")
    assert (looked.actor, looked.item) == (ines.pk, "pain")


def test_who_reads_names_those_and_only_those_who_can_now(mara):
    ines, jonas = cast.ines(), cast.jonas()
    assert sharing.who_reads(mara, "feelings", now=NOW) == []
    cast.under_care(ines, mara, "feelings")
    cast.under_care(jonas, mara, "pain")
    assert sharing.who_reads(mara, "feelings", now=NOW) == ["Ines"]
    assert sharing.who_reads(mara, "feelings", now=NOW - timedelta(days=60)) == []
    sharing.end_care(ines, mara, actor=mara, now=NOW)
    assert sharing.who_reads(mara, "feelings", now=NOW) == []
