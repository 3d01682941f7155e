"""Hurting now as a plain form: what a person without JavaScript has, and what a test can send."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from psoas.care.journal.models import Entry
from psoas.care.journal.reading import entry
from psoas.content.body import REGIONS
from tests import cast
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db
NOW = "/now/"


@pytest.fixture
def mara():
    return cast.mara()


def form(**changed: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "places": ["front-left-groin"], "pain": "6", **changed}


def test_every_place_is_a_named_button_in_the_picture_and_a_box_in_the_list(mara):
    page = as_(mara).get(NOW).content.decode()
    for region in REGIONS:
        assert page.count(f'data-place="{region.slug}"') == 1, region.slug
        assert page.count(f'value="{region.slug}"') == 1, region.slug
    assert page.count('role="button"') == len(REGIONS) + 2  # and two doors to the close-up


def test_the_page_travels_compressed(mara):
    # Four drawings of a body are most of what a first load weighs.
    answer = as_(mara).get(NOW, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < 21_500


def test_place_and_number_are_noted(mara):
    client, sent = as_(mara), form()
    answer = client.post(NOW, sent, follow=True)
    assert b"left groin, 6 of 10." in answer.content
    document = entry(cast.viewer(mara), Entry.objects.get().pk).document
    assert (document["pain"], document["places"]) == (6, ["front-left-groin"])
    assert document["asked"] == {"triggers": False, "feelings": False}


def test_not_sure_is_an_answer_and_no_number(mara):
    answer = as_(mara).post(NOW, form(pain="unsure"), follow=True)
    assert b"left groin, not sure how strong." in answer.content
    document = entry(cast.viewer(mara), Entry.objects.get().pk).document
    assert (document["pain"], document["unsure"]) == (None, True)


def test_tension_is_kept_as_tension(mara):
    answer = as_(mara).post(NOW, form(places=[], tension=["front-jaw"]), follow=True)
    assert b"tension in the jaw, 6 of 10." in answer.content
    document = entry(cast.viewer(mara), Entry.objects.get().pk).document
    assert document["tension"] == ["front-jaw"]
    assert "places" not in document


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"places": []}, "Tap where it is"),
        ({"pain": ""}, "Choose how strong it is"),
        ({"pain": "11"}, "Pain is 11. Write a number from 0 to 10."),
        ({"places": ["front-left-wing"]}, "“front-left-wing” is not in the list."),
    ],
)
def test_what_is_missing_is_said_and_what_was_chosen_stays(mara, wrong, sentence):
    sent = form(**wrong)
    answer = as_(mara).post(NOW, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{sent["id"]}"' in page
    if "places" not in wrong:
        assert 'value="front-left-groin" checked' in page
    if "pain" not in wrong:
        assert 'value="6" checked' in page
    assert not Entry.objects.exists()


def test_a_form_sent_twice_is_one_entry(mara):
    client, sent = as_(mara), form()
    first, second = client.post(NOW, sent), client.post(NOW, sent)
    assert first["Location"] == second["Location"]
    assert Entry.objects.count() == 1


def test_a_form_with_a_spoilt_id_finds_nothing(mara):
    assert as_(mara).post(NOW, form(id="1; drop")).status_code == 404


def test_a_stranger_cannot_open_what_was_noted(mara):
    answer = as_(mara).post(NOW, form())
    assert as_(mara).get(answer["Location"]).status_code == 200
    stranger = as_(cast.tom()).get(answer["Location"])
    assert stranger.status_code == 404
    assert b"left groin" not in stranger.content


def test_what_was_noted_can_be_taken_back_and_added_to(mara):
    client = as_(mara)
    page = client.post(NOW, form(), follow=True).content.decode()
    key = Entry.objects.get().pk
    assert reverse("entry", args=[key]) in page
    assert reverse("entry-delete", args=[key]) in page


def test_the_map_opens_on_the_side_it_hurt_last_time(mara):
    client = as_(mara)
    assert 'data-opening="front"' in client.get(NOW).content.decode()
    client.post(NOW, form(places=["back-left-buttock"]))
    assert 'data-opening="back"' in client.get(NOW).content.decode()
