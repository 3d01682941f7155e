"""Sealed, bound to its place, gone with the journal's key, and readable nowhere in clear."""

import json
from uuid import UUID, uuid4

import pytest
from django.db import connection

from psoas.care.experiment import changing, deciding, exporting, reading, starting, switches
from psoas.care.experiment.models import Course, Experiment
from psoas.care.experiment.sealing import closed_rows
from psoas.care.journal.erasing import erase_again, erase_journal
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
    told = (*WORDS.values(), "no-screen-in-bed", "screen", arms[:12], str(estimate)[:8])
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
