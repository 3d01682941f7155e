"""The journal by day."""

import re

import pytest
from django.urls import reverse

from psoas.care.journal import notebook, writing
from psoas.web.person.days import DELETED
from tests import cast
from tests.cast import NOW
from tests.web.person.journal_of import at_nine, note, page, tells
from tests.web.signing_in import as_

__all__ = ["at_nine"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]
DAYS = reverse("days")


def order(text: str, *parts: str) -> bool:
    places = [text.index(part) for part in parts]
    return places == sorted(places)


def test_a_new_person_meets_one_thing_to_do():
    text = page(cast.mara(), DAYS)
    assert "This diary is yours." in text
    assert f'href="{reverse("entry-new")}"' in text
    assert "days without an entry" not in text


def test_an_entry_is_told_back_with_everything_that_was_said():
    mara = cast.mara()
    own = notebook.add_own(cast.viewer(mara), "plover", number=False, now=NOW)
    key = note(
        mara,
        "2026-04-14T03:10",
        worst=7,
        places=["front-left-groin"],
        tension=["front-jaw"],
        scales={"sleep": 3},
        feelings={"worried": 3},
        triggers={own.key: 1, "deadline": 1, "conflict": 0},
        helped=["walk"],
        hindered=["stairs"],
        stiffness_min=20,
        words="kestrel\nat the window",
    )
    text = page(mara, DAYS)
    for said in (
        "Left groin",
        "03:10",
        "worst 7",
        "Tense: jaw",
        "Worried 3",
        "Plover, a deadline",
        "Sleep 3, stiff for 20 minutes",
        "kestrel<br>at the window",
        reverse("entry", args=[key]),
    ):
        assert said in text
    assert "onflict" not in text


def test_days_run_backwards_and_gaps_are_said_and_never_zero():
    mara = cast.mara()
    note(mara, "2026-04-12T20:00", words="later")
    note(mara, "2026-04-08T20:00", words="before")
    text = page(mara, DAYS)
    # Monday is a gap; Tuesday is today and not over.
    assert order(text, "1 day without an entry", "Sun 12", "3 days without an entry", "Wed 8")
    assert f"{reverse('entry-quick')}?day=2026-04-11" in text
    assert "pain-0" not in text


def test_an_entry_without_a_number_is_hatched_and_says_so():
    mara = cast.mara()
    note(mara, pain="", unsure=True)
    assert 'aria-label="No number"' in page(mara, DAYS)


def test_two_weeks_are_shown_and_earlier_leads_on():
    mara = cast.mara()
    note(mara, "2026-04-14T08:00")
    note(mara, "2026-04-01T08:00", words="within two weeks")
    note(mara, "2026-03-31T08:00", words="two weeks ago")
    text = page(mara, DAYS)
    assert "within two weeks" in text
    assert "two weeks ago" not in text
    assert f"{DAYS}?before=2026-04-01" in text
    before = page(mara, f"{DAYS}?before=2026-04-01")
    assert "two weeks ago" in before
    assert "Your journal begins on 31 March 2026." in before
    assert re.search(rf'href="{DAYS}(\?before=2026-04-15)?">Later', before)


def test_earlier_steps_over_a_gap_of_years_in_one_tap():
    mara = cast.mara()
    note(mara, "2026-04-14T08:00")
    note(mara, "2023-06-10T08:00")
    assert f"{DAYS}?before=2023-06-11" in page(mara, DAYS)


def test_after_a_long_silence_the_days_open_where_the_journal_ends():
    mara = cast.mara()
    note(mara, "2025-10-03T08:00", words="the last of them")
    note(mara, "2025-09-21T08:00", words="two weeks before that")
    text = page(mara, DAYS)
    assert order(text, "Add today", "192 days without an entry", "the last of them")
    assert "two weeks before that" in text
    asked = page(mara, f"{DAYS}?before=2026-04-15")
    assert "the last of them" not in asked


def test_a_day_that_is_told_already_is_opened_and_not_told_twice():
    mara = cast.mara()
    note(mara, "2026-04-14T03:10", kind="moment", places=["front-left-groin"])
    assert "Add today" in page(mara, DAYS)
    key = note(mara, "2026-04-14T08:00")
    text = page(mara, DAYS)
    assert "Add today" not in text
    link = text.split(f'class="button" href="{reverse("entry", args=[key])}">')[1]
    assert link.split("</a>")[0].endswith("Open today")


def test_another_day_is_chosen_by_its_date_and_never_after_today():
    mara = cast.mara()
    note(mara)
    text = page(mara, DAYS)
    assert f'method="get" action="{reverse("entry-quick")}"' in text
    assert 'name="day" value="2026-04-13" max="2026-04-14"' in text


@pytest.mark.parametrize("before", ["soon", "2026-02-30", "0001-01-01", "9999-12-31", ""])
def test_an_address_typed_by_hand_breaks_nothing(before):
    mara = cast.mara()
    note(mara)
    assert page(mara, f"{DAYS}?before={before}")


def test_a_deleted_entry_is_offered_back_once():
    mara = cast.mara()
    key = note(mara)
    writing.delete_entry(cast.viewer(mara), key, now=NOW)
    client = as_(mara)
    session = client.session
    session[DELETED] = str(key)
    session.save()
    assert reverse("entry-undo", args=[key]) in client.get(DAYS).content.decode()
    assert reverse("entry-undo", args=[key]) not in client.get(DAYS).content.decode()


def test_what_somebody_types_is_never_markup():
    mara = cast.mara()
    note(mara, words="<script>alert(1)</script>")
    assert "<script>alert" not in page(mara, DAYS)


def test_a_stranger_sees_only_a_journal_of_their_own():
    note(cast.mara(), words="kestrel")
    answer = as_(cast.tom()).get(DAYS)
    assert "This diary is yours." in answer.content.decode()
    assert not tells(answer)


def test_nobody_is_sent_to_sign_in():
    client = as_(cast.mara())
    client.logout()
    assert client.get(DAYS).status_code == 302


def test_a_page_of_days_asks_the_database_a_fixed_number_of_times(
    django_assert_max_num_queries,
):
    mara = cast.mara()
    client = as_(mara)
    for day in range(1, 15):
        for hour in ("03", "08"):
            note(mara, f"2026-04-{day:02}T{hour}:00", places=["front-left-groin"])
    # Two of them ask what is usual, for the plan for bad days.
    with django_assert_max_num_queries(14):
        client.get(DAYS)
