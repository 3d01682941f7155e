"""Whatever is done to the trail behind psoas's back shows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psoas.care.people import trail
from psoas.care.people.models import TrailHead, TrailRow
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db
ROWS = 8
COLUMNS = ("number", "at", "actor", "subject", "action", "item", "digest")


@pytest.fixture
def rows():
    mara, ines = cast.mara(), cast.ines()
    for n in range(ROWS - 4):
        actor = (mara, ines, None)[n % 3]
        when = NOW + timedelta(minutes=n, microseconds=n)
        trail.record("shared journal read", actor=actor, subject=mara, now=when, item=uuid4())
    trail.record("backed up", actor=None, subject=None, now=NOW)
    trail.record("care began", actor=ines, subject=mara, now=NOW - timedelta(days=9), item="é|\x1f")
    assert TrailRow.objects.count() == ROWS
    assert sentences() == []


def sentences():
    return [fault.sentence for fault in trail.faults()]


def sql(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        assert cursor.rowcount == 1, "the test did not change what it set out to change"


class Undone(Exception):
    pass


def found_after(*acts):
    """The faults after these acts, which are then taken back."""
    try:
        with transaction.atomic():
            for query, *values in acts:
                sql(query, *values)
            found = sentences()
            raise Undone
    except Undone:
        return found


def test_an_untouched_trail_has_no_fault(rows):
    assert sentences() == []


def test_an_empty_trail_of_an_empty_installation_has_no_fault():
    assert sentences() == []


def test_rows_are_numbered_in_the_order_of_writing(rows):
    assert list(TrailRow.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, ROWS + 1)
    )


OTHER: dict[str, list[str | None]] = {
    "at": ["2026-04-14 08:00:00.000009", "yesterday", "", "9999"],
    "actor": ["0" * 32, None, "nobody", ""],
    "subject": ["f" * 32, None, "zz", ""],
    "action": ["entry written", "", "joined "],
    "item": ["somebody else", "x\x1f"],
    "digest": ["0" * 64, "", "A" * 64],
}


@pytest.mark.parametrize("column", OTHER)
def test_any_column_of_any_row_changed_is_found_by_its_number(rows, column):
    for number in range(1, ROWS + 1):
        standing = TrailRow.objects.values_list(column, flat=True).get(number=number)
        for value in OTHER[column]:
            if value == standing:
                continue
            query = f"UPDATE people_trailrow SET {column} = %s WHERE number = %s"
            found = found_after((query, value, number))
            assert f"Row {number} of the trail was changed." in found, value


@pytest.mark.parametrize("column", OTHER)
def test_bytes_that_are_no_text_are_found_not_stumbled_over(rows, column):
    query = f"UPDATE people_trailrow SET {column} = %s WHERE number = %s"
    assert found_after((query, b"\xff\xfe", 3)) != []


@pytest.mark.parametrize("number", range(1, ROWS))
def test_a_row_taken_out_is_found_by_its_number(rows, number):
    found = found_after(("DELETE FROM people_trailrow WHERE number = %s", number))
    assert found == [f"Row {number} of the trail is missing."]


@pytest.mark.parametrize("left", range(ROWS))
def test_a_trail_cut_short_at_its_end_is_found(rows, left):
    cut = [("DELETE FROM people_trailrow WHERE number = %s", n) for n in range(left + 1, ROWS + 1)]
    assert found_after(*cut) == [f"The trail ends at row {left}, but should end at {ROWS}."]


def test_a_trail_cut_short_together_with_its_head_number_is_found(rows):
    found = found_after(
        ("DELETE FROM people_trailrow WHERE number = %s", ROWS),
        ("UPDATE people_trailhead SET number = %s", ROWS - 1),
    )
    assert found == [f"Row {ROWS - 1} of the trail is not the one that was written last."]


def test_a_lost_head_is_found(rows):
    assert found_after(("DELETE FROM people_trailhead WHERE id = %s", 1)) != []


def test_a_trail_emptied_altogether_is_found_while_anybody_has_an_account(rows):
    TrailRow.objects.all().delete()
    TrailHead.objects.all().delete()
    assert sentences() == ["There are accounts, but the trail of how they came is empty."]


@pytest.mark.parametrize(("one", "two"), [(1, 2), (2, 5), (7, 8)])
def test_two_rows_that_changed_places_are_found(rows, one, two):
    swap = [
        ("UPDATE people_trailrow SET number = %s WHERE number = %s", new, old)
        for old, new in ((one, 999), (two, one), (999, two))
    ]
    found = found_after(*swap)
    assert any(f"Row {one} " in each for each in found)
    assert any(f"Row {two} " in each for each in found)


INSERT = (
    "INSERT INTO people_trailrow (number, at, actor, subject, action, item, digest) "
    "SELECT %s, at, actor, subject, action, item, digest FROM people_trailrow WHERE number = %s"
)


def test_a_row_put_in_at_the_end_is_found(rows):
    assert found_after((INSERT, ROWS + 1, ROWS)) != []


def test_a_row_put_in_before_the_first_is_found(rows):
    assert found_after((INSERT, 0, 1)) != []


def test_a_row_put_in_between_with_all_later_ones_moved_up_is_found(rows):
    up = [
        ("UPDATE people_trailrow SET number = %s WHERE number = %s", n + 1, n)
        for n in range(ROWS, 3, -1)
    ]
    head = ("UPDATE people_trailhead SET number = %s", ROWS + 1)
    assert found_after(*up, (INSERT, 4, 3), head) != []


def test_a_row_added_with_a_right_hash_but_behind_the_head_is_found(rows):
    head = TrailHead.objects.get()
    trail.record("joined", actor=None, subject=None, now=NOW)
    TrailHead.objects.update(number=head.number, digest=head.digest)
    assert sentences() == [f"The trail ends at row {ROWS + 1}, but should end at {ROWS}."]


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    number=st.integers(1, ROWS),
    column=st.sampled_from(COLUMNS[1:]),
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
)
def test_whatever_text_is_written_over_a_column_is_found(rows, number, column, text):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM people_trailrow WHERE number = %s", [number])
        standing = cursor.fetchone()[0]
    if text == standing:
        return
    query = f"UPDATE people_trailrow SET {column} = %s WHERE number = %s"
    assert found_after((query, text, number)) != []


def test_moving_text_between_two_neighbouring_columns_is_found(rows):
    # "care began" + item, cut elsewhere, is the same run of letters.
    query = "UPDATE people_trailrow SET action = %s, item = %s WHERE number = %s"
    assert found_after((query, "care began\x1fé|", "", ROWS)) != []


def test_a_record_of_a_story_that_failed_is_not_kept(rows):
    with pytest.raises(Undone), transaction.atomic():
        trail.record("joined", actor=None, subject=None, now=NOW)
        raise Undone
    assert TrailRow.objects.count() == ROWS
    assert sentences() == []


def test_the_trail_keeps_a_moment_the_same_in_every_zone(rows):
    from zoneinfo import ZoneInfo

    lord_howe = NOW.astimezone(ZoneInfo("Australia/Lord_Howe"))
    trail.record("joined", actor=None, subject=None, now=lord_howe)
    assert sentences() == []
