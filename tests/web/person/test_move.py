"""Move and Today: one button for the minutes, one question the morning after, four places."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from psoas.care.programme import sessions
from psoas.care.programme.models import Session
from tests import cast
from tests.web.person.moving import checked, page_of, walked, with_plan
from tests.web.signing_in import as_, as_staff

pytestmark = pytest.mark.django_db


def places(page: str) -> list[str]:
    nav = page.split('<nav class="nav"')[1].split("</nav>")[0]
    return re.findall(r"</svg>\s*(\w+)</a>", nav)


def test_four_places_and_oneself_by_the_way_out():
    page = page_of(checked(), "/")
    assert places(page) == ["Today", "Journal", "Move", "Care"]
    top = page.split('class="top-end"')[1].split("</header>")[0]
    assert re.search(rf"""href="{reverse("me")}".*?</svg>\s*Me</a>""", top)
    here = as_(cast.tom()).get(reverse("me")).content.decode().split('class="top-end"')[1]
    assert f'href="{reverse("me")}" aria-current="page"' in here


def test_whoever_looks_after_people_finds_them_among_the_places():
    page = as_staff(cast.ines()).get("/").content.decode()
    assert places(page) == ["Today", "Journal", "Move", "Care", "People"]


def test_one_button_leads_to_todays_minutes_on_both_pages():
    mara = with_plan(checked(), minutes=7, when="evening")
    for path in ("/", reverse("move")):
        page = page_of(mara, path)
        assert "Tonight’s seven minutes" in page
        assert page.count(f'href="{reverse("move-go")}"') == 1


def test_before_a_plan_there_are_minutes_and_an_offer_to_set_it_up():
    page = page_of(checked(), reverse("move"))
    assert "Set it up" in page and reverse("move-go") in page
    planned = with_plan(checked("Pia"), minutes=5)
    assert "Set it up" not in page_of(planned, reverse("move"))


def test_the_morning_after_is_asked_once_and_answered_in_one_tap():
    mara = checked()
    key = walked(mara)
    page = page_of(mara, "/")
    assert "After your walk yesterday: how was it this morning?" in page
    answer = as_(mara).post(
        reverse("move-morning"), {"key": str(key), "answer": "bit"}, follow=True
    )
    page = answer.content.decode()
    assert "After your walk yesterday" not in page
    assert "Amber" in page and "Ageberg 2010" in page
    asked_again = as_(mara).get(reverse("move-morning")).content.decode()
    assert "Nothing waits for an answer" in asked_again


def test_an_answer_that_is_none_is_refused_and_asked_again():
    mara = checked()
    key = walked(mara, days_ago=2)
    answer = as_(mara).post(reverse("move-morning"), {"key": str(key), "answer": "great"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose one of the three answers." in page and "how was it the morning after?" in page
    pain = {"key": str(key), "answer": "usual", "pain": "many"}
    assert as_(mara).post(reverse("move-morning"), pain).status_code == 422


def test_a_stranger_answers_for_nobody():
    mara, tom = checked(), checked("Tom")
    key = walked(mara)
    answer = as_(tom).post(reverse("move-morning"), {"key": str(key), "answer": "much"})
    assert answer.status_code == 404
    assert as_(tom).post(reverse("move-morning"), {"key": "x"}).status_code == 404
    assert Session.objects.get(pk=key).revision == 1
    assert "After your walk yesterday" not in page_of(tom, "/")


def test_a_red_light_is_told_the_same_day_and_says_why():
    mara = checked()
    key = walked(mara, days_ago=0)
    sessions.finish(cast.viewer(mara), key, timezone.now(), during=6)
    page = page_of(mara, "/")
    assert "Red" in page and "rests for two days" in page and "Why?" in page
