"""Today: one button, the last check-in, and nothing that judges."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from psoas.care.journal import notebook, writing
from psoas.care.people.models import Person
from tests import cast
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Set the hour at the edge, where the view reads it."""

    def set_to(moment: datetime) -> datetime:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return moment

    return set_to


def note(
    person: Person,
    at: datetime,
    *,
    pain: int = 6,
    kind: str = "moment",
    words: str = "",
) -> UUID:
    key = uuid4()
    raw = {"at": at.isoformat(), "pain": pain, "places": ["front-left-groin"], "words": words}
    writing.write_entry(cast.viewer(person), raw, entry_id=key, kind=kind, now=at)
    return key


def today_of(person: Person) -> str:
    answer = as_(person).get(reverse("today"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_thing_is_one_button_to_hurting_now():
    page = today_of(cast.mara())
    assert page.count('class="hero"') == 1
    assert f'href="{reverse("now")}"' in page


def test_the_last_check_in_says_when_where_and_how_strong(clock):
    mara = cast.mara()
    # 21:40 in London is 20:40 UTC in April.
    clock(note_at := datetime(2026, 4, 14, 20, 40, tzinfo=UTC))
    note(mara, note_at, pain=4)
    clock(note_at + timedelta(minutes=50))
    assert "Last check-in 21:40: left groin, 4 of 10" in today_of(mara)


def test_a_stranger_sees_nothing_of_it(clock):
    mara, tom = cast.mara(), cast.tom()
    note(mara, clock(cast.NOW), words="canary-heron")
    page = today_of(tom)
    assert "left groin" not in page
    assert "canary-heron" not in page


def test_an_older_check_in_names_its_day(clock):
    mara = cast.mara()
    note(mara, clock(cast.NOW))
    clock(cast.NOW + timedelta(days=9))
    assert "Last check-in 14 April, 09:00" in today_of(mara)


def test_the_morning_after_asks_once_what_was_going_on(clock):
    mara = cast.mara()
    at_night = clock(datetime(2026, 4, 14, 2, 10, tzinfo=UTC))
    key = note(mara, at_night)
    clock(at_night + timedelta(hours=5))
    page = today_of(mara)
    assert "What was going on?" in page
    assert "About 03:10 last night" in page
    assert reverse("entry", args=[key]) in page


@pytest.mark.parametrize("hours", [1, 11])
def test_neither_in_the_night_itself_nor_after_noon_is_it_asked(clock, hours):
    mara = cast.mara()
    at_night = clock(datetime(2026, 4, 14, 2, 10, tzinfo=UTC))
    note(mara, at_night)
    clock(at_night + timedelta(hours=hours))
    assert "What was going on?" not in today_of(mara)


def test_a_night_that_was_told_already_is_not_asked_about_again(clock):
    mara = cast.mara()
    at_night = clock(datetime(2026, 4, 14, 2, 10, tzinfo=UTC))
    note(mara, at_night, words="The meeting tomorrow.")
    clock(at_night + timedelta(hours=5))
    assert "What was going on?" not in today_of(mara)


def test_a_check_in_by_day_is_no_night(clock):
    mara = cast.mara()
    evening = clock(datetime(2026, 4, 13, 18, 0, tzinfo=UTC))
    note(mara, evening)
    clock(evening + timedelta(hours=13))
    assert "What was going on?" not in today_of(mara)


def test_an_empty_yesterday_can_be_given_a_number_in_one_tap(clock):
    mara = cast.mara()
    note(mara, clock(cast.NOW))
    clock(cast.NOW + timedelta(days=3))
    page = today_of(mara)
    assert 'name="day" value="2026-04-16"' in page
    client = as_(mara)
    client.post(reverse("entry-quick"), {"key": str(uuid4()), "day": "2026-04-16", "pain": "3"})
    assert 'name="day" value="2026-04-16"' not in today_of(mara)


def test_a_yesterday_with_an_entry_is_left_alone(clock):
    mara = cast.mara()
    note(mara, clock(cast.NOW))
    clock(cast.NOW + timedelta(days=1))
    assert 'name="day"' not in today_of(mara)


def test_a_new_person_is_asked_for_suspects_until_they_named_some(clock):
    mara = cast.mara()
    clock(mara.created_at + timedelta(days=3))
    assert reverse("me-suspects") in today_of(mara)
    notebook.name_suspects(cast.viewer(mara), [("deadline", False)], now=cast.NOW)
    assert reverse("me-suspects") not in today_of(mara)


@pytest.mark.parametrize(
    ("guesses", "offered"),
    [
        (["deadline", "long-sitting"], True),
        (["period", "travel"], True),
        (["period", "crowds"], False),
    ],
)
def test_a_guess_that_can_be_switched_is_offered_as_a_test_from_day_one(clock, guesses, offered):
    mara = cast.mara()
    clock(mara.created_at + timedelta(days=3))
    notebook.name_suspects(cast.viewer(mara), [(key, False) for key in guesses], now=cast.NOW)
    text = today_of(mara)
    assert ("Test one thing" in text) == offered
    assert (f"{reverse('experiment-new')}?from=" in text) == offered
    clock(mara.created_at + timedelta(days=15))
    assert "Test one thing" not in today_of(mara)


def test_after_the_first_week_since_the_first_entry_nobody_is_asked_for_suspects(clock):
    mara = cast.mara()
    note(mara, clock(cast.NOW))
    clock(cast.NOW + timedelta(days=6))
    assert reverse("me-suspects") in today_of(mara)
    clock(cast.NOW + timedelta(days=7))
    assert reverse("me-suspects") not in today_of(mara)


def test_a_day_that_is_written_is_offered_to_be_opened(clock):
    mara = cast.mara()
    key = note(mara, clock(cast.NOW), kind="day")
    page = today_of(mara)
    assert "How was today?" not in page
    assert reverse("entry", args=[key]) in page


@pytest.mark.parametrize(("theme", "dimmed"), [("hours", True), ("light", False)])
def test_the_night_view_says_that_it_is_one(clock, theme, dimmed):
    mara = cast.mara()
    mara.theme = theme
    mara.save(update_fields=["theme"])
    clock(datetime(2026, 4, 14, 2, 10, tzinfo=UTC))
    page = today_of(mara)
    assert ("Night view" in page) is dimmed
    assert "Tuesday, 03:10" in page
