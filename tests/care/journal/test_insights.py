"""Answers are decided on answer days, from the days before them, and stay as they were decided."""

import json
import threading
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from django.db import IntegrityError, connection, transaction

from psoas.care.journal import decisions, exporting, insights, keeping, notebook, writing
from psoas.care.journal.decisions import Decided, newest_first
from psoas.care.journal.erasing import erase_journal
from psoas.care.journal.insights import insight
from psoas.care.journal.models import Decision, Entry, KeptPage
from psoas.care.journal.notebook import Suspect
from psoas.care.journal.reading import entries
from psoas.care.journal.sealing import journal_sealer
from psoas.care.people.access import Viewer
from psoas.care.people.models import WrappedKey
from psoas.diary.answers.answer import Answer, Lag, Level
from psoas.diary.answers.deciding import on_answer_day
from psoas.diary.table import DayTable
from tests import cast
from tests.care.journal.diary_of import entry_of, write_days
from tests.cast import NOW

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 1)
DAY_45, DAY_60, DAY_90 = (FIRST + timedelta(days=n) for n in (45, 60, 90))


@pytest.fixture
def mara():
    return cast.viewer(cast.mara())


def latest(viewer: Viewer, today: date) -> Decided:
    found = insight(viewer, today)
    assert found and found.decided
    return found.decided


def about(decided: Decided, trigger: str = "conflict", lag: Lag = Lag.NEXT) -> Answer:
    return next(
        each
        for each in decided.answers.answers
        if each.lag is lag and decided.keys[each.members[0]] == trigger
    )


def test_before_the_first_entry_there_is_nothing(mara):
    assert insight(mara, DAY_45) is None


def test_before_the_first_answer_day_nothing_is_decided_and_the_day_is_known(mara):
    write_days(mara.known, FIRST, 44)
    found = insight(mara, DAY_45 - timedelta(days=1))
    assert found
    assert (found.began, found.decided, found.next_answer_day) == (FIRST, None, DAY_45)
    assert not Decision.objects.exists()


def test_an_answer_day_is_decided_on_the_days_before_it_alone(mara):
    write_days(mara.known, FIRST, 50)
    decided = latest(mara, DAY_45 + timedelta(days=4))
    assert (decided.answer_day, decided.answers.last) == (DAY_45, DAY_45 - timedelta(days=1))
    assert decided.answers.recorded == 45
    assert decided.decided_on == DAY_45 + timedelta(days=4)


def test_what_is_there_is_found_and_the_claim_keeps_its_day(mara):
    write_days(mara.known, FIRST, 100)
    claim = about(latest(mara, DAY_90 + timedelta(days=3)))
    assert (claim.level, claim.less_sure) == (Level.FOUND, False)
    assert claim.found_on and claim.found_on < DAY_90
    assert Decision.objects.count() == 3


def test_whatever_is_edited_backfilled_or_brought_in_later_changes_no_decision(mara):
    write_days(mara.known, FIRST, 45)
    before = latest(mara, DAY_45)
    row = bytes(Decision.objects.get().sealed)
    Entry.objects.filter(day__lt=FIRST + timedelta(days=30)).delete()
    write_days(mara.known, FIRST - timedelta(days=200), 200, effect=-2.0, seed=7)
    assert latest(mara, DAY_60 - timedelta(days=1)) == before
    assert bytes(Decision.objects.get().sealed) == row


def test_an_older_diary_brought_in_later_counts_from_the_next_answer_day_and_moves_none(mara):
    write_days(mara.known, FIRST, 60)
    latest(mara, DAY_45)
    write_days(mara.known, FIRST - timedelta(days=100), 100, seed=3)
    decided = latest(mara, DAY_60)
    assert (decided.answer_day, decided.began) == (DAY_60, FIRST)
    assert decided.answers.recorded == 160
    assert decided.answers.next_answer_day == DAY_90


def test_a_diary_brought_in_whole_is_decided_on_all_its_answer_days_in_turn(mara):
    write_days(mara.known, FIRST - timedelta(days=400), 400)
    decided = latest(mara, FIRST)
    assert Decision.objects.count() == 7
    assert decided.answer_day == FIRST - timedelta(days=35)


def test_after_the_last_entry_one_answer_day_is_decided_and_then_none(mara):
    write_days(mara.known, FIRST, 50)
    latest(mara, FIRST + timedelta(days=1000))
    assert [each.answer_day for each in Decision.objects.order_by("answer_day")] == [DAY_45, DAY_60]


def test_a_decision_is_written_once_whoever_comes_second(mara):
    write_days(mara.known, FIRST, 45)
    first = latest(mara, DAY_45)
    other = replace(first, data="other")
    decisions.freeze(mara.known, journal_sealer(mara.known), other)
    assert latest(mara, DAY_45) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(person=mara.known, answer_day=DAY_45, began=FIRST, sealed=b"")


def test_the_second_of_two_at_once_builds_on_what_the_first_wrote(mara, monkeypatch):
    write_days(mara.known, FIRST, 60)
    winner: list[Decided] = []

    def beaten(table, on, stars, begun):
        if not winner:
            monkeypatch.setattr(insights, "on_answer_day", on_answer_day)
            winner.append(latest(mara, on))
        answers = on_answer_day(table, on, stars, begun)
        return replace(answers, answers=())

    monkeypatch.setattr(insights, "on_answer_day", beaten)
    assert latest(mara, DAY_45) == winner[0]
    assert winner[0].answers.answers


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_the_same_moment_leave_one_decision_a_day_and_say_the_same(mara):
    write_days(mara.known, FIRST, 100)
    at_once, said = threading.Barrier(2), []

    def look():
        try:
            at_once.wait()
            said.append(latest(cast.viewer(mara.known), DAY_90))
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 2
    assert said[0] == said[1]
    assert Decision.objects.count() == 3


def test_a_later_answer_day_may_be_less_sure_but_never_takes_the_day_away(mara, monkeypatch):
    write_days(mara.known, FIRST, 60)

    def unsure(table, on, stars, begun):
        answers = on_answer_day(table, on, stars, begun)
        level = Level.FOUND if on == DAY_45 else Level.NOT_SURE
        found_on = on if on == DAY_45 else None
        each = [replace(one, level=level, found_on=found_on) for one in answers.answers]
        return replace(answers, answers=tuple(each))

    monkeypatch.setattr(insights, "on_answer_day", unsure)
    claim = about(latest(mara, DAY_60))
    assert (claim.level, claim.found_on, claim.less_sure) == (Level.FOUND, DAY_45, True)


def test_guesses_of_the_first_week_count_all_days_later_ones_only_the_days_after():
    guesses = (
        Suspect("conflict", "2026-01-07"),
        Suspect("stairs", "2026-02-01"),
        Suspect("cold", "2026-02-15"),
        Suspect("travel", "2026-01-01"),
    )
    keys = {"conflict": "conflict", "stairs": "stairs", "cold": "cold"}
    table = DayTable((FIRST,), np.array([4.0]))
    found = insights.Analysed(table, keys)
    stars = insights.stars_of(notebook.Notebook(suspects=guesses), found, FIRST, DAY_45)
    assert [(star.trigger, star.since) for star in stars] == [
        ("conflict", None),
        ("stairs", date(2026, 2, 1)),
    ]


def test_a_guess_of_the_first_week_takes_no_days_from_an_older_diary_that_comes_later(mara):
    """Whoever brings it may have seen in it what they then named."""
    keep = notebook.Notebook(suspects=(Suspect("conflict", "2026-01-03"),))
    notebook.keep_notebook(mara, keep)
    write_days(mara.known, FIRST, 60)
    write_days(mara.known, FIRST - timedelta(days=100), 100, seed=3)
    Decision.objects.all().delete()
    # As if the first answer day had been decided before the older diary came.
    found = insights.analysed(entries(mara, date.min, DAY_60), keep)
    assert found
    stars = insights.stars_of(keep, found, FIRST, DAY_60)
    answers = on_answer_day(found.table, DAY_60, stars, begun=FIRST)
    assert {one.days_with + one.days_without for one in answers.answers if one.starred} == {60}


def test_a_slip_in_a_year_fixes_no_answer_day(mara):
    write_days(mara.known, FIRST, 20)
    write_days(mara.known, date(2016, 1, 20), 1)
    assert insight(mara, FIRST + timedelta(days=20))
    assert not Decision.objects.exists()
    Entry.objects.filter(day__year=2016).delete()
    found = insight(mara, FIRST + timedelta(days=20))
    assert found
    assert (found.began, found.next_answer_day) == (FIRST, DAY_45)


def test_a_journal_begun_anew_while_answers_are_worked_out_gets_none_of_them(mara, monkeypatch):
    write_days(mara.known, FIRST, 60)

    def begun_anew(*args, **kwargs):
        erase_journal(mara.known, now=NOW)
        write_days(mara.known, FIRST, 60, seed=5)
        return on_answer_day(*args, **kwargs)

    monkeypatch.setattr(insights, "on_answer_day", begun_anew)
    insight(mara, DAY_60)
    assert not Decision.objects.exists()


def test_a_page_drawn_from_a_journal_that_is_gone_is_not_kept(mara):
    write_days(mara.known, FIRST, 10)
    key = keeping.key_of(mara, "en")
    erase_journal(mara.known, now=NOW)
    keeping.keep(mara, key, {"svg": "plover"})
    write_days(mara.known, FIRST, 10)
    keeping.keep(mara, key, {"svg": "plover"})
    assert not KeptPage.objects.exists()


def test_out_of_patience_a_long_journal_is_gone_on_with_at_the_next_look(mara):
    write_days(mara.known, FIRST, 200)
    today = FIRST + timedelta(days=200)
    found = insight(mara, today, patience=-1)
    assert found
    assert (found.left, Decision.objects.count()) == (4, 1)
    found = insight(mara, today)
    assert found
    assert (found.left, Decision.objects.count()) == (0, 5)


@pytest.mark.parametrize("name", ["ibuprofen", "My pain medicine"])
def test_medicines_remarks_and_what_was_never_named_are_not_analysed(mara, name):
    own = notebook.add_own(mara, name, number=False, now=NOW)
    drive = notebook.add_own(mara, "long drive", number=False, now=NOW)
    values = {own.key: 1, drive.key: 1, "no-idea": 1, "flare-after-exercise": 1, "cold": 0}
    Entry.objects.bulk_create([entry_of(mara.known, FIRST, 4, values)])
    found = insights.analysed(entries(mara, FIRST, FIRST), notebook.open_notebook(mara))
    assert found
    assert found.keys == {"long drive": drive.key}
    assert found.table.triggers == ("long drive",)


def test_a_decision_that_does_not_open_is_said_stops_nothing_and_is_not_decided_again(mara):
    write_days(mara.known, FIRST, 100)
    latest(mara, DAY_60)
    Decision.objects.filter(answer_day=DAY_60).update(sealed=b"\x01" + bytes(60))
    found = insight(mara, DAY_60)
    assert found and found.decided
    assert (found.decided.answer_day, found.closed) == (DAY_45, (DAY_60,))
    assert latest(mara, DAY_90).answer_day == DAY_90
    assert Decision.objects.count() == 3


@pytest.mark.parametrize("change", ["answer_day", "began", "person"])
def test_a_decision_filed_elsewhere_does_not_open(mara, change):
    write_days(mara.known, FIRST, 45)
    latest(mara, DAY_45)
    tom = cast.viewer(cast.tom())
    moved = {"answer_day": DAY_60, "began": DAY_60, "person": tom.known}
    Decision.objects.update(**{change: moved[change]})
    (found,) = newest_first(tom if change == "person" else mara)
    assert not isinstance(found, Decided)


def test_a_stranger_has_none_of_it(mara):
    write_days(mara.known, FIRST, 45)
    latest(mara, DAY_45)
    tom = cast.viewer(cast.tom())
    assert list(newest_first(tom)) == []
    assert insight(tom, DAY_45) is None


def test_no_column_says_what_was_decided(mara):
    own = notebook.add_own(mara, "kestrel", number=False, now=NOW)
    write_days(mara.known, FIRST, 45, cause=own.key)
    decided = latest(mara, DAY_45)
    key = keeping.key_of(mara, "en")
    keeping.keep(mara, key, {"svg": "kestrel plover"})
    with connection.cursor() as cursor:
        for table, columns in (
            ("journal_decision", {"id", "person_id", "answer_day", "began", "sealed"}),
            ("journal_keptpage", {"person_id", "key", "sealed"}),
        ):
            described = connection.introspection.get_table_description(cursor, table)
            assert {column.name for column in described} == columns
            cursor.execute(f"SELECT * FROM {table}")
            clear = repr(cursor.fetchall())
            for word in ("kestrel", "plover", own.key, str(about(decided, own.key).estimate)):
                assert word not in clear
    assert len(bytes(Decision.objects.get().sealed)) % 4096 == 29


def test_decisions_go_with_the_journal_and_never_come_after_it(mara, monkeypatch):
    write_days(mara.known, FIRST, 60)
    latest(mara, DAY_45)
    keeping.keep(mara, keeping.key_of(mara), {"a": 1})

    def erased_meanwhile(*args, **kwargs):
        erase_journal(mara.known, now=NOW)
        return on_answer_day(*args, **kwargs)

    monkeypatch.setattr(insights, "on_answer_day", erased_meanwhile)
    insight(mara, DAY_60)
    assert not KeptPage.objects.exists()
    assert not Decision.objects.exists()


def test_everything_that_was_decided_is_taken_along(mara):
    write_days(mara.known, FIRST, 60)
    decided = latest(mara, DAY_60)
    taken = json.loads(exporting.export_json(mara))["answers"]
    assert [each["answer_day"] for each in taken] == [str(DAY_45), str(DAY_60)]
    assert taken[1] == decisions.as_document(decided)


def test_everybodys_answers_are_decided_and_what_does_not_open_stops_nobody(mara):
    tom, ana = cast.viewer(cast.tom()), cast.viewer(cast.person("Ana"))
    for viewer in (mara, tom, ana):
        write_days(viewer.known, NOW.date() - timedelta(days=46), 46)
    WrappedKey.objects.filter(person=mara.known, purpose="journal").update(wrapped=bytes(40))
    with connection.cursor() as cursor:
        sql = "UPDATE journal_entry SET day = 'no day' WHERE person_id = %s AND day = %s"
        cursor.execute(sql, [ana.known.pk.hex, str(NOW.date() - timedelta(days=20))])
    insights.decide_everybodys(NOW)
    assert set(Decision.objects.values_list("person", flat=True)) == {tom.known.pk, ana.known.pk}
    insights.decide_everybodys(NOW)
    assert Decision.objects.count() == 2


def test_a_fault_in_one_persons_answers_keeps_nobody_else_waiting(mara, monkeypatch, caplog):
    tom = cast.viewer(cast.tom())
    for viewer in (mara, tom):
        write_days(viewer.known, NOW.date() - timedelta(days=46), 46)

    def faulty(viewer, today):
        if viewer.known == mara.known:
            raise FloatingPointError("7.25 conflict")
        return insight(viewer, today)

    monkeypatch.setattr(insights, "insight", faulty)
    insights.decide_everybodys(NOW)
    assert set(Decision.objects.values_list("person", flat=True)) == {tom.known.pk}
    assert "conflict" not in caplog.text


def test_a_kept_page_is_found_again_until_anything_it_shows_changes(mara):
    write_days(mara.known, FIRST, 3)
    key = keeping.key_of(mara, "en")
    keeping.keep(mara, key, {"a": [1]})
    assert keeping.kept(mara, keeping.key_of(mara, "en")) == {"a": [1]}
    assert keeping.key_of(mara, "de") != key
    assert keeping.kept(cast.viewer(cast.tom()), key) is None
    one = Entry.objects.first()
    assert one
    writing.change_entry(mara, one.pk, {"pain": 9}, revision=1, now=NOW)
    assert keeping.key_of(mara, "en") != key
    KeptPage.objects.update(sealed=b"\x01" + bytes(60))
    assert keeping.kept(mara, key) is None


def test_no_picture_outlives_a_deleted_entry_that_is_in_it(mara):
    write_days(mara.known, FIRST, 3)
    keeping.keep(mara, keeping.key_of(mara), {"a": 1})
    one = Entry.objects.first()
    assert one
    writing.delete_entry(mara, one.pk, now=NOW)
    writing.forget_deleted(NOW + timedelta(hours=2))
    assert not KeptPage.objects.exists()
