"""Beside the minutes: what is done outside, small things of the day, bad days, and paper."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from psoas.care.programme import everyday, flare, sessions, walks
from psoas.care.programme.models import Session
from tests import cast
from tests.web.person.moving import checked, page_of, walked, with_plan
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db

OUTSIDE = reverse("move-outside")


def key_on(page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found.group(1)


def test_a_walk_is_noted_in_two_taps_and_sent_twice_it_is_one():
    mara = checked()
    assert f'href="{OUTSIDE}?kind=walk"' in page_of(mara, OUTSIDE)
    page = page_of(mara, f"{OUTSIDE}?kind=walk")
    assert '<button name="minutes" value="15"' in page
    sent = {"do": "note", "kind": "walk", "key": key_on(page), "minutes": "15", "other": ""}
    client = as_(mara)
    onward = {client.post(OUTSIDE, sent)["Location"] for _twice in range(2)}
    assert len(onward) == 1 and Session.objects.count() == 1
    noted = client.get(onward.pop()).content.decode()
    assert "A walk, 15 min" in noted
    felt = {"do": "felt", "key": key_on(noted), "pain": "2", "effort": "3"}
    assert client.post(OUTSIDE, felt)["Location"] == reverse("move")
    done = sessions.recent(cast.viewer(mara), timezone.now())[0]
    assert (done.number("after"), done.number("effort")) == (2, 3)


@pytest.mark.parametrize("other", ["", "a while", "-5", "9999"])
def test_minutes_that_are_none_are_refused_and_the_form_stays(other):
    mara = checked()
    page = page_of(mara, f"{OUTSIDE}?kind=swim")
    sent = {"do": "note", "kind": "swim", "key": key_on(page), "other": other}
    answer = as_(mara).post(OUTSIDE, sent)
    again = answer.content.decode()
    assert answer.status_code == 422 and 'role="alert"' in again
    assert key_on(again) == key_on(page) and f'value="{other}"' in again
    assert not Session.objects.exists()


def test_what_somebody_else_noted_is_not_there():
    mara, tom = checked(), checked("Tom")
    key = walked(mara)
    assert as_(tom).get(f"{OUTSIDE}?noted={key}").status_code == 404
    felt = {"do": "felt", "key": str(key), "pain": "9"}
    assert as_(tom).post(OUTSIDE, felt).status_code == 404
    note = {"do": "note", "kind": "walk", "key": str(key), "minutes": "5"}
    assert as_(tom).post(OUTSIDE, note).status_code == 404
    assert as_(tom).get(f"{OUTSIDE}?noted=x").status_code == 404
    assert "15 min" not in page_of(tom, OUTSIDE)


def test_the_week_of_walking_begins_at_four_fifths_of_the_lowest_day():
    mara = checked()
    client = as_(mara)
    begin = {"do": "begin", "kind": "walk", "baseline": ["15", "12.5", "20"], "goal": "30"}
    assert client.post(OUTSIDE, begin)["Location"] == f"{OUTSIDE}?kind=walk"
    page = client.get(f"{OUTSIDE}?kind=walk").content.decode()
    assert "This week: 10 minutes, on 3 days; done on 0 so far." in page
    assert 'value="10" aria-current="true"' in page and "no source was found" in page
    wrong = {"do": "begin", "kind": "yoga", "baseline": ["7", "soon", ""], "goal": ""}
    answer = client.post(OUTSIDE, wrong)
    assert answer.status_code == 422 and 'value="soon"' in answer.content.decode()
    assert walks.weeks(cast.viewer(mara), timezone.now(), "yoga") is None


def test_self_massage_names_where_never_and_who_not():
    mara = with_plan(checked(), conditions=["blood-thinners"])
    page = page_of(mara, f"{OUTSIDE}?kind=massage")
    assert "Left out for you now." in page and "you can still note it" in page
    other = page_of(checked("Tom"), f"{OUTSIDE}?kind=massage")
    assert "Never over the groin" in other and "4 out of 10" in other


def test_two_small_things_at_a_time_and_each_can_be_left():
    mara = checked()
    here, client = reverse("move-everyday"), as_(mara)
    for slug in ("change-position", "easy-shoes"):
        assert client.post(here, {"do": "choose", "slug": slug})["Location"] == here
    page = client.get(here).content.decode()
    assert "Two are enough for now." in page and 'value="choose"' not in page
    third = client.post(here, {"do": "choose", "slug": "split-tasks"})
    assert third.status_code == 422 and "Two at a time is enough." in third.content.decode()
    client.post(here, {"do": "leave", "slug": "easy-shoes"})
    now = timezone.now()
    assert [each.item.slug for each in everyday.chosen(cast.viewer(mara), now)] == [
        "change-position"
    ]
    assert client.post(here, {"do": "choose", "slug": "nothing"}).status_code == 422
    assert "Leave it" not in page_of(checked("Tom"), here)


def test_the_plan_for_bad_days_begins_with_the_warning_signs():
    page = page_of(checked(), reverse("move-flare"))
    order = [page.index(words) for words in ("First: the warning signs", "Days 0 to 2", "Whom to")]
    assert order == sorted(order)
    assert page.index(reverse("check-night")) < page.index("Days 0 to 2")
    assert f"{reverse('move-go')}?minutes=2" in page


def test_it_is_written_in_ones_own_words_and_rings_the_number_in_them():
    mara = checked()
    here, client = reverse("move-flare"), as_(mara)
    words = {"first-days": "Warm bath, then <b>bed</b>.", "call": "Ines, 020 7946 0018"}
    assert client.post(here, words)["Location"] == here
    page = client.get(here).content.decode()
    assert "Warm bath, then &lt;b&gt;bed&lt;/b&gt;." in page
    assert 'href="tel:020 7946 0018"' in page and "You wrote this on" in page
    long = client.post(here, words | {"rebuild": "x" * (flare.LONGEST + 1)})
    assert long.status_code == 422
    again = long.content.decode()
    assert "Keep it to 1000 letters." in again and "Ines, 020 7946 0018" in again
    assert "Warm bath" not in page_of(checked("Tom"), here)


@pytest.mark.parametrize(("pain", "offered"), [(8, True), (2, False)])
def test_after_a_high_number_it_is_one_tap_away(pain, offered):
    mara = checked()
    client = as_(mara)
    noted = {"id": "", "places": ["front-left-groin"], "pain": str(pain)}
    noted["id"] = "7d2f4c1e-0000-4000-8000-000000000001"
    page = client.post(reverse("now"), noted, follow=True).content.decode()
    link = f'href="{reverse("move-flare")}"'
    assert (link in page) is offered
    calm = client.get(reverse("calm"), {"noted": noted["id"]})
    assert calm.status_code == 302 or (link in calm.content.decode()) is offered
    for path in ("/", reverse("days")):
        assert (link in client.get(path).content.decode()) is offered, path


def test_the_paper_holds_the_plan_its_version_and_the_rule():
    cast.installation()
    mara = with_plan(checked(), categories=["tight-front"])
    page = page_of(mara, reverse("move-sheet"))
    assert "Plan by rules, version 1 of" in page and "How much is right" in page
    assert "Cat and cow" in page and "Ageberg 2010" in page and "999" in page
    assert "Plan by rules" not in page_of(checked("Tom"), reverse("move-sheet"))


def test_the_file_is_a_pdf_of_the_same_and_is_not_drawn_too_often(monkeypatch):
    mara, given = with_plan(checked()), list[str]()

    def drawn(html, css):
        given.append(html)
        return b"%PDF-1"

    monkeypatch.setattr("psoas.web.person.handout.drawn", drawn)
    cache.clear()
    client = as_(mara)
    answers = [client.post(reverse("move-sheet-pdf")) for _again in range(7)]
    assert answers[0]["Content-Type"] == "application/pdf"
    assert "no-store" in answers[0]["Cache-Control"]
    assert 'filename="plan.pdf"' in answers[0]["Content-Disposition"]
    assert "version 1 of" in given[0] and "<script" not in given[0]
    assert answers[6].status_code == 429 and "Wait a minute" in answers[6].content.decode()
    cache.clear()
