"""One exercise: never a forbidden one, its side said, its evidence graded, no millimetre told."""

import re

import pytest
from django.urls import reverse

from psoas.care.assessment import mind
from psoas.care.programme import preferences
from psoas.content.exercises import EXERCISES, exercise
from psoas.web.person import move_words
from tests import cast
from tests.web.person.moving import checked, page_of
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db


def one(code: str) -> str:
    return reverse("move-one", args=[code])


def test_it_shows_how_it_is_done_and_what_is_known():
    page = page_of(checked(), one("e01"))
    assert "Half-kneeling hip-flexor stretch" in page and "<title>Notes</title>" in page
    assert page.count("<li>") >= 5 and "Konrad 2021" in page
    assert "Weak evidence" in page and "has not been shown" in page
    assert "Do it standing." in page and f'href="{one("e03")}"' in page
    assert "2 × 30 seconds, each side" in page


def test_muscles_are_told_in_three_words_and_never_in_millimetres():
    page = page_of(checked(), one("e01"))
    part = page.split("What the position does")[1].split("In its place")[0]
    assert set(re.findall(r'class="badge band-([\w-]+)"', part)) <= {
        "lengthened",
        "near-resting",
        "slack",
    }
    assert "psoas" in part and "gait2392" in part and "It does not show tension" in part
    assert not re.search(r"\d\s?mm\b", part)


def test_a_side_is_said_and_shown_as_that_side():
    mara = checked()
    right, left = page_of(mara, one("e01")), page_of(mara, f"{one('e01')}?side=left")
    assert 'aria-label="How it looks, right side"' in right
    assert 'aria-label="How it looks, left side"' in left
    assert reverse("move-figure", args=["e01", "right"]) in right
    assert reverse("move-figure", args=["e01", "left"]) in left
    assert "Left side" not in page_of(mara, one("e13"))


@pytest.mark.parametrize(
    ("code", "told"),
    [("e01", {"conditions": ["kneeling-hurts"]}), ("e05", {"categories": ["gtp"]})],
)
def test_what_is_forbidden_is_named_with_the_reason_and_not_shown(code, told):
    mara = checked()
    viewer = cast.viewer(mara)
    preferences.tell(viewer, told, cast.NOW)
    page = page_of(mara, one(code))
    assert "Left out for you now" in page and "What is open" in page
    assert '<svg class="fig' not in page and "<ol" not in page
    moving = as_(mara).get(reverse("move-figure", args=[code, "right"]))
    assert moving.status_code == 404
    # It is hers alone: somebody else who may do it sees it.
    assert "Left out for you now" not in page_of(checked("Tom"), one(code))


@pytest.mark.parametrize("code", ["e99", "bridge", "half-kneeling-stretch", "e34"])
def test_only_codes_are_addresses_and_writing_has_its_own_door(code):
    assert as_(checked()).get(one(code)).status_code == 404


def test_whoever_goes_carefully_reads_a_word_before_it():
    mara = checked()
    viewer = cast.viewer(mara)
    word = exercise("E12").careful_label
    assert word and word not in page_of(mara, one("e12"))
    mind.set_careful(viewer, on=True, now=cast.NOW)
    preferences.tell(viewer, {"likes": ["constructive-rest"]}, cast.NOW)
    page = page_of(mara, one("e12"))
    assert word in page or "Left out for you now" in page


def test_what_is_made_of_others_names_no_step_of_what_is_left_out():
    mara = checked()
    whole = page_of(mara, one("e24"))
    assert "Made of" in whole and f'href="{one("e04")}"' in whole and "<ol" in whole
    preferences.tell(cast.viewer(mara), {"categories": ["fai"]}, cast.NOW)
    for path in (one("e24"), f"{reverse('move-outside')}?kind=yoga"):
        page = page_of(mara, path)
        assert "Left out for you now: Bound angle" in page, path
        assert f'href="{one("e04")}"' not in page and "cushion under each knee" not in page


def test_every_dose_and_muscle_has_words():
    for each in EXERCISES:
        assert isinstance(move_words.usual_dose(each), str)
        assert each.group in move_words.GROUPS
        assert each.evidence.strength in move_words.STRENGTHS
        assert {ban.when for ban in each.bans} <= move_words.HOLDS_FOR.keys()
