"""The weeks: a sentence, two pictures, and the same numbers as tables."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from psoas.care.journal import notebook
from psoas.care.people.models import Person
from tests import cast
from tests.cast import NOW
from tests.web.person.journal_of import at_nine, note, page, tells
from tests.web.signing_in import as_

__all__ = ["at_nine"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]
WEEKS = reverse("weeks")
TODAY = date(2026, 4, 14)


def a_month(person: Person, days: int = 30, triggers: tuple[str, ...] = ()) -> None:
    for back in range(1, days + 1):
        day = TODAY - timedelta(days=back)
        note(person, f"{day}T20:00", pain=3 + back % 3, asked={"triggers": True}, triggers=triggers)


def test_before_the_first_entry_there_is_one_thing_to_do():
    text = page(cast.mara(), WEEKS)
    assert f'href="{reverse("entry-new")}"' in text
    assert "<svg" not in text.split("<main")[1].replace('<svg class="icon"', "")


def test_the_sentence_stands_before_the_pictures_and_each_has_its_table():
    mara = cast.mara()
    a_month(mara)
    text = page(mara, WEEKS)
    assert text.index("Pain was mostly 3 to 5.") < text.index('role="img"')
    assert text.count('role="img"') >= 2
    assert text.count("<table") == 2
    assert "No entry, not zero" in text
    assert "chart.css" in text


def test_one_entry_is_enough_to_look_at():
    mara = cast.mara()
    note(mara)
    assert "Pain was 4." in page(mara, WEEKS)


def test_an_entry_without_a_number_draws_no_zero():
    mara = cast.mara()
    note(mara, pain="", unsure=True)
    assert "No day has a pain entry yet." in page(mara, WEEKS)


def test_today_without_an_entry_is_not_a_missing_day():
    mara = cast.mara()
    for back in (1, 2, 3):
        note(mara, f"{TODAY - timedelta(days=back)}T20:00")
    assert "Every day has an entry." in page(mara, WEEKS)


def test_suspects_come_first_under_the_line_then_the_most_frequent():
    mara = cast.mara()
    notebook.name_suspects(cast.viewer(mara), [("cold", False)], now=NOW)
    often = ("stairs", "deadline", "money", "travel", "illness", "alcohol", "crowds", "period")
    a_month(mara, days=3, triggers=often)
    text = page(mara, WEEKS)
    line = text.split('id="line-heading"')[1]
    assert line.index(">Cold<") < line.index(">Alcohol<")
    shown = [name for name in often if f">{name.capitalize()}<" in line.split("<details")[0]]
    assert len(shown) <= 6


def test_a_journal_that_ended_long_ago_opens_where_it_ended():
    mara = cast.mara()
    note(mara, "2019-09-19T20:00", pain=7)
    assert "Pain was 7." in page(mara, WEEKS)


@pytest.mark.parametrize("weeks", [5, 13, 52])
def test_days_after_the_end_of_a_journal_are_no_gaps_in_it(weeks):
    mara = cast.mara()
    for day in (9, 11, 12):
        note(mara, f"2026-02-{day:02}T20:00")
    text = page(mara, f"{WEEKS}?weeks={weeks}")
    assert "1 of 4 days has no entry." in text or "1 of 4 days have no entry." in text
    assert f"until={TODAY}" not in text


def test_a_pause_that_may_yet_end_is_a_gap():
    mara = cast.mara()
    note(mara, "2026-04-07T20:00")
    assert "6 of 7 days have no entry." in page(mara, WEEKS)


def test_longer_and_earlier_is_asked_for_by_links():
    mara = cast.mara()
    a_month(mara, days=60)
    text = page(mara, WEEKS)
    assert "?weeks=13" in text
    assert f"{WEEKS}?weeks=5&amp;until=2026-03-15" in text
    earlier = page(mara, f"{WEEKS}?weeks=5&until=2026-03-15")
    assert f"{WEEKS}?weeks=5&amp;until=2026-04-14" in earlier


@pytest.mark.parametrize(
    "query",
    ["weeks=9999", "weeks=-5", "weeks=x", "until=0001-01-01", "until=9999-12-31", "until=x"],
)
def test_an_address_typed_by_hand_breaks_nothing(query):
    mara = cast.mara()
    note(mara)
    assert page(mara, f"{WEEKS}?{query}")


def test_a_trigger_named_as_markup_stays_words():
    mara = cast.mara()
    own = notebook.add_own(cast.viewer(mara), "<svg onload=x>", number=False, now=NOW)
    note(mara, triggers={own.key: 1})
    text = page(mara, WEEKS)
    assert "<svg onload" not in text.lower()
    assert "&lt;svg onload=x&gt;" in text.lower()


def test_nothing_in_a_picture_breaks_the_content_policy():
    mara = cast.mara()
    a_month(mara)
    main = page(mara, WEEKS).split("<main")[1]
    assert " style=" not in main
    assert "<style" not in main


def test_a_stranger_sees_only_weeks_of_their_own():
    mara = cast.mara()
    own = notebook.add_own(cast.viewer(mara), "plover", number=False, now=NOW)
    note(mara, words="kestrel", triggers={own.key: 1})
    answer = as_(cast.tom()).get(WEEKS)
    assert not tells(answer)
    assert "Pain was" not in answer.content.decode()


def test_the_weeks_ask_the_database_a_fixed_number_of_times(django_assert_max_num_queries):
    mara = cast.mara()
    client = as_(mara)
    a_month(mara)
    with django_assert_max_num_queries(10):
        client.get(WEEKS)
