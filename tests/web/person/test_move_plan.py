"""My plan: each item says why, what is left out says why, and the set-up asks little."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from psoas.care.people import sharing
from psoas.care.programme import plan_rows, plans, preferences, sessions
from psoas.care.programme.models import Plan
from psoas.content.exercise import Category, Equipment
from psoas.web.person import move_words
from psoas.web.person.move_set_up import SCREENS
from tests import cast
from tests.web.person.moving import checked, page_of, with_plan
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db


def test_each_item_says_why_with_its_rule_and_where_that_is_from():
    mara = with_plan(checked(), categories=["tight-front"], goals=["walking"], when="morning")
    page = page_of(mara, reverse("move-plan"))
    today = plans.today(cast.viewer(mara), timezone.now())
    assert today.routine.items
    for item in today.routine.items:
        assert item.exercise.title in page and item.why[0].text in page
    assert page.count("Why this?") >= len(today.routine.items)
    assert "no source was found" in page
    assert "version 1" in page and "Start the two minutes" in page


def test_what_is_left_out_stands_there_with_its_reason():
    mara = checked(answers={"RF16": "yes", "RF16.time": "later", "RF16.approach": "anterior"})
    with_plan(mara, goals=["sitting"])
    page = page_of(mara, reverse("move-plan"))
    out = page.split("Left out, and why")[1].split("</section>")[0]
    assert "Half-kneeling hip-flexor stretch" in out and "safety check" in out


def test_a_plan_that_a_clinician_locked_is_not_made_anew_and_says_whose_it_is():
    mara, ines, now = checked(), cast.ines(), timezone.now()
    sharing.start_care(ines, mara, actor=ines, now=now - timedelta(days=1))
    planned = plan_rows.Planned("bridge", sets=2, amount=8, note="Slowly.")
    document = {
        "items": plan_rows.planned_documents([planned]),
        "template": "",
        "note": "After our talk on Monday.",
        "minutes": 7,
        "when": "",
        "built_from": {},
    }
    plan_rows.write(mara, document, now, by=ines, locked=True)
    page = page_of(mara, reverse("move-plan"))
    assert "Ines made it" in page and "It is locked" in page and "After our talk" in page
    assert "Make it anew" not in page
    answer = as_(mara).post(reverse("move-plan"))
    assert answer.status_code == 422
    assert "Ines locked your plan." in answer.content.decode()
    # What she tells in the set-up is kept all the same, and the plan stays as it is.
    last = as_(mara).post(f"{reverse('move-set-up')}?n=6", {"goals": ["stairs"]}, follow=True)
    assert "Ines locked your plan." in last.content.decode()
    assert preferences.of(cast.viewer(mara)).goals == ("stairs",)
    assert Plan.objects.count() == 1


def test_what_a_clinician_told_stands_where_it_is_asked_and_is_not_hers_to_untick():
    mara = checked()
    preferences.keep(mara, {"told_by_clinician": ("gtp", "knee-hurts")})
    here = reverse("move-set-up")
    first, second = (page_of(mara, f"{here}?n={number}") for number in (1, 2))
    assert "Your clinician told: Sore tendon at the outer hip." in first
    assert "Your clinician told: A knee hurts." in second and 'value="gtp" checked' not in first


def test_a_dose_that_changed_lately_says_by_which_rule_and_when():
    mara, now = checked(), timezone.now()
    walk = sessions.record(cast.viewer(mara), "walk", 15, 6, 4, now - timedelta(days=4))
    page = page_of(mara, reverse("move-plan"))
    changed = page.split("Changed lately")[1].split("</section>")[0]
    assert "Light walking" in changed and "Half as much" in changed
    assert date_format(walk.day) in changed and "Ageberg 2010" in changed


def test_made_anew_the_version_before_stands_below():
    mara = with_plan(checked())
    assert as_(mara).post(reverse("move-plan"))["Location"] == reverse("move-plan")
    page = page_of(mara, reverse("move-plan"))
    assert "version 2" in page and "Version 1," in page
    # A stranger's page knows of none of it.
    assert "Version 1," not in page_of(checked("Tom"), reverse("move-plan"))


def test_the_set_up_asks_one_thing_a_screen_and_makes_the_plan_at_the_end():
    mara = checked()
    client, here = as_(mara), reverse("move-set-up")
    sent = [
        {"categories": ["gtp"]},
        {"conditions": ["kneeling-hurts", "unsteady"]},
        {"equipment": ["chair", "pillow"]},
        {"minutes": "10", "when": "morning"},
        {"likes": ["bridge"]},
        {"goals": ["stairs"]},
    ]
    for number, each in enumerate(sent, 1):
        assert f"Question {number} of 6" in client.get(f"{here}?n={number}").content.decode()
        answer = client.post(f"{here}?n={number}", each)
        onward = f"{here}?n={number + 1}" if number < 6 else reverse("move-plan")
        assert answer["Location"] == onward
    told = preferences.of(cast.viewer(mara))
    assert told.categories == ("gtp",) and told.conditions == ("kneeling-hurts", "unsteady")
    assert told.equipment == ("chair", "pillow")
    assert (told.minutes, told.when, told.likes, told.goals) == (
        10,
        "morning",
        ("bridge",),
        ("stairs",),
    )
    assert Plan.objects.get().person_id == mara.pk
    # Ticked as told when it is opened again.
    assert 'value="unsteady" checked' in client.get(f"{here}?n=2").content.decode()


def test_what_is_skipped_is_not_known_and_nothing_is_left_out_for_it():
    mara = checked()
    as_(mara).post(f"{reverse('move-set-up')}?n=3", {"skip": "1", "equipment": ["mat"]})
    assert preferences.of(cast.viewer(mara)).equipment is None


def test_an_answer_that_is_not_offered_is_refused_and_nothing_typed_is_lost():
    mara = checked()
    here = f"{reverse('move-set-up')}?n=2"
    answer = as_(mara).post(here, {"conditions": ["kneeling-hurts", "dragon-bite"]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“dragon-bite” is not on the list." in page
    assert 'value="kneeling-hurts" checked' in page
    assert "Question 1 of 6" in as_(mara).get(f"{reverse('move-set-up')}?n=99").content.decode()


def test_everything_there_is_to_tell_has_words():
    assert {*preferences.CONDITIONS} <= move_words.CONDITIONS.keys()
    assert {*preferences.EQUIPMENT} <= move_words.EQUIPMENT.keys()
    assert {*preferences.CATEGORIES} == move_words.CATEGORIES.keys()
    assert {*Equipment.__args__} <= move_words.EQUIPMENT.keys()  # type: ignore[attr-defined]
    assert {*Category.__args__} - {"spine"} <= move_words.HOLDS_FOR.keys()  # type: ignore[attr-defined]
    asked = {name for screen in SCREENS for name in screen.names}
    assert asked == {"categories", "conditions", "equipment", "minutes", "when", "likes", "goals"}
