"""The app lock: a PIN nobody guesses at once, and a screen that closes by itself."""

from datetime import timedelta

import pytest

from psoas.care.people import applock
from psoas.care.people.models import Person
from psoas.care.people.refusal import Refusal
from tests import cast
from tests.cast import NOW


def refused_fields(*args):
    with pytest.raises(Refusal) as refused:
        applock.set_pin(Person(), *args, now=NOW)
    return set(refused.value.fields)


@pytest.mark.parametrize(
    "pin", ["", "123", "135792468", "12a4", "１３５７", "13 57", "-135", "१३५७", "13.5", "135\n"]
)
def test_a_pin_is_four_to_eight_plain_digits(pin):
    assert refused_fields(pin, pin, 5) == {"pin"}


@pytest.mark.parametrize("pin", ["0000", "77777777", "1234", "4321", "345678", "9876", "0123"])
def test_the_first_pins_somebody_would_try_are_refused(pin):
    assert refused_fields(pin, pin, 5) == {"pin"}


def test_the_two_must_be_the_same():
    assert refused_fields("1357", "1358", 5) == {"again"}


@pytest.mark.parametrize("minutes", [-1, 2, 61, 10**9])
def test_only_the_times_offered_are_taken(minutes):
    assert refused_fields("1357", "1357", minutes) == {"minutes"}


def test_everything_wrong_is_said_at_once():
    assert refused_fields("12", "13", 7) == {"pin", "again", "minutes"}


@pytest.mark.django_db
def test_the_pin_fits_and_no_other_and_is_not_kept_in_clear():
    mara = cast.mara()
    applock.set_pin(mara, "1357", "1357", 15, now=NOW)
    kept = Person.objects.get(pk=mara.pk)
    assert applock.fits(kept, "1357")
    assert not any(applock.fits(kept, wrong) for wrong in ("", "1358", "13571", " 1357"))
    assert "1357" not in kept.pin
    assert kept.lock_after_minutes == 15


@pytest.mark.django_db
def test_without_a_pin_nothing_fits():
    mara = cast.mara()
    applock.set_pin(mara, "1357", "1357", 15, now=NOW)
    applock.clear_pin(mara, now=NOW)
    kept = Person.objects.get(pk=mara.pk)
    assert not applock.fits(kept, "")
    assert not applock.fits(kept, "1357")
    assert not applock.is_due(kept, NOW - timedelta(days=1), NOW)


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("minutes", "away", "due"),
    [
        (5, timedelta(0), False),
        (5, 5 * timedelta(minutes=1) - SECOND, False),
        (5, 5 * timedelta(minutes=1), True),
        (1, timedelta(days=400), True),
        (0, timedelta(days=400), False),
        (60, -SECOND, True),
        (60, timedelta(days=-400), True),
    ],
)
def test_the_screen_closes_when_it_was_left_and_when_the_clock_ran_back(minutes, away, due):
    person = Person(pin="set", lock_after_minutes=minutes)
    assert applock.is_due(person, NOW - away, NOW) == due
