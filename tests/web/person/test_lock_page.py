"""The app lock."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from psoas.care.people import applock
from psoas.care.people.models import Person
from psoas.care.people.sessions import SessionStore
from psoas.web.doors import LAST_SEEN
from tests import cast
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db

PIN = "2580"


def mara_with_pin() -> Person:
    mara = cast.mara()
    applock.set_pin(mara, PIN, PIN, 5, now=cast.NOW)
    return mara


def locked(person: Person) -> Client:
    client = as_(person)
    client.post(reverse("lock"))
    return client


def test_a_pin_is_set_and_kept_as_a_hash() -> None:
    mara = cast.mara()
    typed = {"pin": PIN, "again": PIN, "minutes": "1"}
    assert as_(mara).post(reverse("me-lock"), typed)["Location"] == reverse("me-lock")
    mara.refresh_from_db()
    assert PIN not in mara.pin
    assert applock.fits(mara, PIN)
    assert mara.lock_after_minutes == 1


@pytest.mark.parametrize(
    ("pin", "again", "says"),
    [
        ("12", "12", "4 to 8 digits"),
        ("1111", "1111", "first one somebody would try"),
        ("2580", "2581", "differ"),
    ],
)
def test_a_pin_that_will_not_do_is_refused_and_never_echoed(
    pin: str, again: str, says: str
) -> None:
    answer = as_(cast.mara()).post(reverse("me-lock"), {"pin": pin, "again": again, "minutes": "5"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert f'value="{pin}"' not in page


def test_changing_or_removing_it_needs_the_pin_of_now() -> None:
    mara = mara_with_pin()
    client = as_(mara)
    for act in ({"set": "1", "pin": "1397", "again": "1397"}, {"remove": "1"}):
        answer = client.post(reverse("me-lock"), {**act, "current": "0000", "minutes": "5"})
        assert answer.status_code == 422
    mara.refresh_from_db()
    assert applock.fits(mara, PIN)
    client.post(reverse("me-lock"), {"current": PIN, "remove": "1", "minutes": "5"})
    mara.refresh_from_db()
    assert mara.pin == ""


def test_locked_shows_nothing_and_the_pin_opens_it() -> None:
    client = locked(mara_with_pin())
    assert client.get(reverse("me"))["Location"] == reverse("locked")
    page = client.get(reverse("locked")).content.decode()
    assert "Mara" not in page
    assert "mara@example.org" not in page
    assert client.post(reverse("locked"), {"pin": PIN})["Location"] == reverse("today")
    assert client.get(reverse("me")).status_code == 200


def test_locking_drops_the_pages_the_browser_kept() -> None:
    answer = as_(mara_with_pin()).post(reverse("lock"))
    assert answer["Clear-Site-Data"] == '"cache"'
    assert answer["Location"] == reverse("locked")


def test_five_wrong_pins_sign_out_here() -> None:
    mara = mara_with_pin()
    client, elsewhere = locked(mara), as_(mara)
    for left in (4, 3, 2, 1):
        page = client.post(reverse("locked"), {"pin": "9999"}).content.decode()
        assert f"{left} {'try' if left == 1 else 'tries'} left" in page
    assert client.post(reverse("locked"), {"pin": "9999"})["Location"] == reverse("account_login")
    assert client.post(reverse("locked"), {"pin": PIN})["Location"] == reverse("account_login")
    assert elsewhere.get(reverse("me")).status_code == 200


def test_an_older_cookie_buys_no_further_tries() -> None:
    client = locked(mara_with_pin())
    cookie = client.cookies["sessionid"].value
    for _try in range(applock.TRIES):
        client.post(reverse("locked"), {"pin": "9999"})
    again = Client()
    again.cookies["sessionid"] = cookie
    assert again.post(reverse("locked"), {"pin": PIN})["Location"] == reverse("account_login")


def test_the_right_pin_forgets_the_wrong_ones() -> None:
    client = locked(mara_with_pin())
    for _try in range(applock.TRIES - 1):
        client.post(reverse("locked"), {"pin": "9999"})
    client.post(reverse("locked"), {"pin": PIN})
    client.post(reverse("lock"))
    assert "4 tries left" in client.post(reverse("locked"), {"pin": "9999"}).content.decode()


def test_without_a_pin_there_is_nothing_to_lock() -> None:
    client = as_(cast.mara())
    assert client.post(reverse("lock"))["Location"] == reverse("me-lock")
    assert client.get(reverse("locked"))["Location"] == reverse("today")
    assert client.get(reverse("lock")).status_code == 405


def test_a_strangers_pin_does_not_open_it() -> None:
    tom = cast.tom()
    applock.set_pin(tom, "1397", "1397", 5, now=cast.NOW)
    client = locked(mara_with_pin())
    assert client.post(reverse("locked"), {"pin": "1397"}).status_code == 422
    assert Client().get(reverse("locked"))["Location"] == reverse("account_login")


def test_a_try_is_counted_before_the_pin_is_looked_at() -> None:
    client = locked(mara_with_pin())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(applock, "fits", lambda person, pin: 1 / 0)
        for _try in range(applock.TRIES):
            with pytest.raises(ZeroDivisionError):
                client.post(reverse("locked"), {"pin": PIN})
    assert client.post(reverse("locked"), {"pin": PIN})["Location"] == reverse("account_login")


def test_wrong_tries_are_counted_over_all_sessions_and_whatever_else_is_saved() -> None:
    mara = mara_with_pin()
    first, second = locked(mara), locked(mara)
    for number in range(applock.TRIES - 1):
        client = (first, second)[number % 2]
        # What the race with /leave/ did: an older copy of the whole session saved over it.
        stale = client.session
        assert stale
        assert client.post(reverse("locked"), {"pin": "9999"}).status_code == 422
        stale.save()
    assert first.post(reverse("locked"), {"pin": "9999"})["Location"] == reverse("account_login")
    assert second.post(reverse("locked"), {"pin": PIN})["Location"] == reverse("account_login")


def test_signing_in_again_gives_the_tries_back() -> None:
    mara = mara_with_pin()
    client = locked(mara)
    for _try in range(applock.TRIES):
        client.post(reverse("locked"), {"pin": "9999"})
    client = locked(mara)
    assert client.post(reverse("locked"), {"pin": PIN})["Location"] == reverse("today")


@pytest.mark.django_db(transaction=True)
def test_pins_sent_all_at_once_are_counted_one_by_one() -> None:
    mara = mara_with_pin()
    client = locked(mara)

    def guess(number: int) -> int:
        one = Client()
        one.cookies = client.cookies
        try:
            return one.post(reverse("locked"), {"pin": f"{number:04}"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(guess, range(9000, 9016))).count(422) <= applock.TRIES - 1
    mara.refresh_from_db()
    assert mara.pin_tries >= applock.TRIES


def test_a_session_whose_last_visit_nobody_knows_is_locked() -> None:
    mara = cast.mara()
    phone = as_(mara)
    session = phone.session
    del session[LAST_SEEN]
    session.save()
    applock.set_pin(mara, PIN, PIN, 5, now=timezone.now())
    assert phone.get(reverse("me"))["Location"] == reverse("locked")


def test_a_session_older_than_the_pin_locks_when_nobody_touches_it() -> None:
    mara = cast.mara()
    phone, tablet = as_(mara), as_(mara)
    session = phone.session
    session[LAST_SEEN] = timezone.now().timestamp() - 400
    session.save()
    tablet.post(reverse("me-lock"), {"pin": PIN, "again": PIN, "minutes": "5"})
    assert phone.get(reverse("me"))["Location"] == reverse("locked")
    assert tablet.get(reverse("me")).status_code == 200


def test_setting_a_pin_does_not_lock_the_one_who_sets_it() -> None:
    client = as_(cast.mara())
    session = client.session
    session[LAST_SEEN] = timezone.now().timestamp() - 4000
    session.save()
    client.post(reverse("me-lock"), {"pin": PIN, "again": PIN, "minutes": "1"})
    assert client.get(reverse("me")).status_code == 200


def test_a_request_under_way_cannot_save_its_open_session_over_the_lock() -> None:
    client = as_(mara_with_pin())
    client.get(reverse("today"))
    under_way = SessionStore(client.cookies["sessionid"].value)
    under_way["something"] = "else"
    client.post(reverse("lock"))
    with pytest.raises(UpdateError):
        under_way.save()
    assert client.get(reverse("days")).headers["Location"] == reverse("locked")
