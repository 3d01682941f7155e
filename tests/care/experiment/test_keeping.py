"""Sealed, bound to its place, gone with the journal's key, and readable nowhere in clear."""

import json
from unittest import mock
from uuid import UUID, uuid4

import pytest
from django.db import connection

from psoas.care.experiment import (
    changing,
    deciding,
    exporting,
    reading,
    sealing,
    starting,
    switches,
)
from psoas.care.experiment.models import Course, Experiment
from psoas.care.experiment.sealing import closed_rows
from psoas.care.journal.erasing import erase_again, erase_journal
from psoas.care.journal.sealing import journal_sealer
from psoas.care.people import backup, vault
from psoas.care.people.access import Viewer
from psoas.care.people.erasing import erase_account
from psoas.care.people.keyring import Keyring
from psoas.care.people.models import WrappedKey
from psoas.care.people.vault import Unreadable
from tests import cast
from tests.care.experiment.lab import begin, morning, write_days
from tests.care.journal.test_canary import files, shapes
from tests.cast import NOW

pytestmark = pytest.mark.django_db
WORDS = {"name": "zelkovagrove", "on": "quokkameadow", "off": "numbatburrow"}


@pytest.fixture(autouse=True)
def ring(tmp_path, settings):
    settings.KEYRING = Keyring.create(tmp_path / "keys")


@pytest.fixture
def mara() -> Viewer:
    return cast.viewer(cast.mara())


def own_words(viewer):
    switch = switches.in_own_words(*WORDS.values())
    raw = {"clinician": "no"}
    return starting.start(viewer, switch, raw, experiment_id=uuid4(), now=NOW).id


def test_no_word_arm_or_number_of_it_lies_in_any_file(tmp_path, transactional_db):
    viewer = cast.viewer(cast.mara())
    key = own_words(viewer)
    found = write_days(viewer, key, effect=-1.0, noise=0.8, days=30)
    changing.note_day(viewer, key, found.first, otherwise=True, now=morning(found, 0))
    deciding.look_at_all(morning(found, 30))
    changing.stop(viewer, key, now=morning(found, 30))
    deciding.reveal(viewer, key, now=morning(found, 30))
    second = begin(viewer, now=morning(found, 30), slug="no-screen-in-bed")
    result = reading.experiment(viewer, key).course.result
    assert result and result.early
    estimate = result.early.estimate
    connection.ensure_connection()
    live = tmp_path / "psoas.sqlite3"
    live.write_bytes(connection.connection.serialize())
    backup.make(live, tmp_path / "backups", NOW)
    arms = "".join(map(str, found.schedule.arms))
    told = (*WORDS.values(), "no-screen-in-bed", "screen in bed", arms[:12], str(estimate)[:8])
    seeds = [reading.experiment(viewer, each).schedule.seed for each in (key, second)]
    held = files(tmp_path)
    assert len(held) >= 2 and all(b"mara@example.org" in data for data in held.values())
    for path, data in held.items():
        for word in (*told, *map(str, seeds)):
            assert not any(shape in data for shape in shapes(word)), (path, word)


def test_the_row_of_an_experiment_holds_no_day_in_clear(mara):
    found = reading.experiment(mara, begin(mara))
    with connection.cursor() as cursor:
        for table in ("experiment_experiment", "experiment_course"):
            cursor.execute(f'SELECT * FROM "{table}"')
            row = repr(cursor.fetchall())
            assert "2026" not in row and found.first.isoformat() not in row


def length_of(row):
    return len(bytes(row.sealed))


def test_the_length_of_a_plan_does_not_tell_what_is_tested(mara):
    lengths = set()
    for switch in switches.all_offered():
        raw, key = {"clinician": "no"}, uuid4()
        starting.start(mara, switch, raw, experiment_id=key, now=NOW, trigger="long-sitting")
        lengths.add(length_of(Experiment.objects.get(pk=key)))
        changing.stop(mara, key, now=NOW)
    lengths.add(length_of(Experiment.objects.get(pk=own_words(mara))))
    assert len(lengths) == 1
    assert lengths.pop() // 1024 == 2


@pytest.mark.parametrize("effect", [0.0, -0.8, -2.5])
def test_the_length_of_a_course_tells_neither_days_nor_looks_nor_a_result(mara, effect):
    key = begin(mara)
    lengths = [length_of(Course.objects.get())]
    found = write_days(mara, key, effect=effect, noise=1.0)
    for day in (3, 30, 60, 84):
        deciding.look_at_all(morning(found, day))
        lengths.append(length_of(Course.objects.get()))
    deciding.reveal(mara, key, now=morning(found, 86))
    lengths.append(length_of(Course.objects.get()))
    assert reading.experiment(mara, key).course.result
    assert len(set(lengths)) == 1


def test_what_was_sealed_before_lengths_were_filled_up_still_opens(mara):
    found = reading.experiment(mara, begin(mara))
    with_, key = journal_sealer(mara.known), uuid4()
    with mock.patch.multiple(sealing, _PLAN_BLOCK=1, _COURSE_BLOCK=1):
        plan = sealing.seal_plan(with_, key, 2, found.plan)
        course = sealing.seal_course(with_, key, 1, found.course)
    assert len(plan) < 1024 and len(course) < 1024
    under = WrappedKey.objects.get(person=mara.known, purpose=vault.JOURNAL)
    row = Experiment.objects.create(id=key, person=mara.known, key=under, number=2, sealed=plan)
    Course.objects.create(experiment=row, sealed=course)
    assert reading.experiment(mara, key).plan == found.plan


def test_a_row_moved_to_another_person_number_or_revision_does_not_open(mara):
    one = begin(mara)
    tom = cast.viewer(cast.tom())
    other = begin(tom)
    plan = bytes(Experiment.objects.get(pk=one).sealed)
    Experiment.objects.filter(pk=other).delete()
    key = WrappedKey.objects.get(person=tom.known, purpose=vault.JOURNAL)
    Experiment.objects.create(id=other, person=tom.known, key=key, number=1, sealed=plan)
    with pytest.raises(Unreadable):
        reading.experiment(tom, other)
    assert reading.experiments(tom) == []
    assert closed_rows(tom.known) == [other]
    Course.objects.filter(pk=one).update(revision=7)
    with pytest.raises(Unreadable):
        reading.experiment(mara, one)
    assert reading.latest(mara) is None


@pytest.mark.parametrize("written_over", [b"", b"\x01short", "text"])
def test_one_that_is_damaged_keeps_no_other_from_being_read(mara, written_over):
    first = begin(mara)
    found = reading.experiment(mara, first)
    changing.stop(mara, first, now=morning(found, 3))
    second = begin(mara, now=morning(found, 3))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE experiment_course SET sealed = %s WHERE experiment_id = %s",
            [written_over, first.hex],
        )
    assert [each.id for each in reading.experiments(mara)] == [second]
    assert deciding.look_at_all(morning(found, 20)) == 0


def test_deleting_the_journal_takes_it_along_and_nobody_elses(mara):
    own_words(mara)
    tom = cast.viewer(cast.tom())
    kept = begin(tom)
    erase_journal(mara.known, now=NOW)
    assert [row.pk for row in Experiment.objects.all()] == [kept]
    assert Course.objects.count() == 1
    begin(mara)
    assert Experiment.objects.count() == 2


def test_deleting_the_account_takes_it_along(mara):
    begin(mara)
    erase_account(mara.known, now=NOW)
    assert not Experiment.objects.exists() and not Course.objects.exists()


def test_a_restored_backup_does_not_bring_it_back(settings, transactional_db):
    viewer = cast.viewer(cast.mara())
    begin(viewer)
    row, course = Experiment.objects.get(), Course.objects.get()
    key = WrappedKey.objects.get(person=viewer.known, purpose=vault.JOURNAL)
    erase_journal(viewer.known, now=NOW)
    # As an older database has it: the destroyed key is back, and the rows it sealed.
    WrappedKey.objects.filter(person=viewer.known, purpose=vault.JOURNAL).delete()
    key.save(force_insert=True)
    row.save(force_insert=True)
    course.save(force_insert=True)
    assert erase_again(settings.KEYRING.folder, now=NOW) == 1
    assert not Experiment.objects.exists() and not Course.objects.exists()


def test_it_is_taken_away_with_the_journal_as_it_was_drawn(mara):
    key = own_words(mara)
    found = write_days(mara, key, effect=-1.0, noise=0.8)
    deciding.reveal(mara, key, now=morning(found, 84))
    (document,) = json.loads(json.dumps(exporting.documents(mara), allow_nan=False))
    assert UUID(document["id"]) == key
    assert document["plan"]["switch"]["name"] == WORDS["name"]
    assert document["plan"]["arms"] == "".join(map(str, found.schedule.arms))
    assert document["course"]["result"]["verdict"]["p_value"] <= 0.05
    assert document["sentence"].startswith("Zelkovagrove lowered your pain")
    assert exporting.documents(cast.viewer(cast.tom())) == []
