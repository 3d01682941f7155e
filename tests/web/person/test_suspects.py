"""Guesses, and triggers of one's own."""

from datetime import timedelta

import pytest
from django.urls import reverse

from psoas.care.journal import notebook
from psoas.care.journal.notebook import Notebook, open_notebook
from tests import cast
from tests.cast import NOW
from tests.web.person.journal_of import at_nine, note, page, refuses_a_stranger, tells
from tests.web.signing_in import as_

__all__ = ["at_nine"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]
SUSPECTS, OWN = reverse("me-suspects"), reverse("me-own")


def test_the_page_can_be_skipped_and_offers_no_remarks():
    text = page(cast.mara(), SUSPECTS)
    assert "Not now" in text
    assert 'value="long-sitting"' in text
    assert 'value="no-idea"' not in text
    assert 'value="flare-after-exercise"' not in text


def test_guesses_are_kept_with_their_way_and_their_day():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    own = notebook.add_own(viewer, "evening stretch", number=False, now=NOW)
    answer = as_(mara).post(
        SUSPECTS,
        {"suspect-1": "deadline", "way-1": "sets", "suspect-3": own.key, "way-3": "helps"},
    )
    assert answer.status_code == 302
    assert [(each.trigger, each.helps) for each in open_notebook(viewer).suspects] == [
        ("deadline", False),
        (own.key, True),
    ]
    text = page(mara, SUSPECTS)
    assert "Named on 14 April 2026" in text
    assert 'value="deadline" selected' in text


def test_saved_is_said_on_today_whether_or_not_a_guess_can_be_tested():
    client = as_(cast.mara())
    answer = client.post(SUSPECTS, {"suspect-1": "anniversary", "way-1": "sets"}, follow=True)
    assert answer.redirect_chain == [(reverse("today"), 302)]
    assert "Saved." in answer.content.decode()


@pytest.mark.parametrize(("days", "said"), [(6, "all your days count"), (7, "from tomorrow on")])
def test_it_says_from_when_on_a_guess_counts(days, said):
    mara = cast.mara()
    note(mara, (NOW - timedelta(days=days)).isoformat())
    text = page(mara, SUSPECTS)
    assert said in text
    assert ("sooner" in text) == (days < 7)
    assert ("what was found already stands" in text) == (days >= 7)


@pytest.mark.parametrize("second", ["deadline", "made-up", "no-idea"])
def test_a_guess_that_cannot_be_is_said_and_the_others_stay_chosen(second):
    mara = cast.mara()
    answer = as_(mara).post(SUSPECTS, {"suspect-1": "deadline", "suspect-2": second})
    assert answer.status_code == 422
    assert 'value="deadline" selected' in answer.content.decode()
    assert open_notebook(cast.viewer(mara)).suspects == ()


def test_a_trigger_put_away_stays_chosen_as_a_guess():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    own = notebook.add_own(viewer, "evening stretch", number=False, now=NOW)
    notebook.name_suspects(viewer, [(own.key, True)], now=NOW)
    notebook.retire_own(viewer, own.key, now=NOW)
    assert f'value="{own.key}" selected' in page(mara, SUSPECTS)


def test_one_of_ones_own_is_added_put_away_and_brought_back():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    client = as_(mara)
    client.post(OWN, {"do": "add", "name": "cups of coffee", "number": "1"})
    own = open_notebook(viewer).own[0]
    assert (own.name, own.number, own.until) == ("cups of coffee", True, None)
    client.post(OWN, {"do": "retire", "key": own.key})
    assert open_notebook(viewer).own[0].until == "2026-04-14"
    assert "Bring back" in page(mara, OWN)
    client.post(OWN, {"do": "back", "key": own.key})
    assert open_notebook(viewer).own[0].until is None


@pytest.mark.parametrize("name", ["", "poor sleep", "x" * 61])
def test_a_name_that_cannot_be_is_said_at_its_field_and_kept(name):
    mara = cast.mara()
    answer = as_(mara).post(OWN, {"do": "add", "name": name, "number": "1"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="name-error"' in text
    assert f'value="{name}"' in text
    assert 'name="number" value="1" checked' in text


def test_how_one_is_asked_is_chosen_here():
    mara = cast.mara()
    client = as_(mara)
    client.post(OWN, {"do": "choices", "feelings": "pad", "cycle": "1"})
    found = open_notebook(cast.viewer(mara))
    assert (found.pad, found.cycle) == (True, True)
    client.post(OWN, {"do": "choices", "feelings": "words"})
    found = open_notebook(cast.viewer(mara))
    assert (found.pad, found.cycle) == (False, False)


def test_a_stranger_sees_none_of_it_and_changes_none_of_it():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    own = notebook.add_own(viewer, "plover", number=False, now=NOW)
    before = open_notebook(viewer)
    assert refuses_a_stranger(OWN, post={"do": "retire", "key": own.key})
    jonas = as_(cast.person("Bea"))
    assert not tells(jonas.get(OWN))
    assert not tells(jonas.get(SUSPECTS))
    assert jonas.post(SUSPECTS, {"suspect-1": own.key}).status_code == 422
    assert open_notebook(viewer) == before
    assert before != Notebook()
