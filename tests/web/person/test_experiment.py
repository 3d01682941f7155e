"""Testing one thing: planned whole, started once, shown each day, covered until it is over."""

import re
from datetime import UTC, datetime, timedelta
from unittest import mock
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from psoas.care.assessment import gate
from psoas.care.experiment import changing, deciding, reading, starting, switches
from psoas.care.experiment.models import Experiment
from psoas.care.journal import notebook
from psoas.care.people import applock
from psoas.web.doors import LOCKED
from psoas.web.person import experiment_offers
from tests import cast
from tests.care.experiment.lab import begin, morning, switch, write_days
from tests.cast import NOW
from tests.web.person.journal_of import at_nine, page
from tests.web.signing_in import as_

__all__ = ["at_nine"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]


@pytest.fixture(autouse=True)
def _the_safety_check_is_done(monkeypatch):
    """What stands before some tests is looked at in tests/web/test_gate_doors.py."""
    open_ = lambda person, door, now: gate.Leave(True, "", gate.stand(person, now))  # noqa: E731
    monkeypatch.setattr(gate, "may", open_)


NEW, EVERY, TODAY = reverse("experiment-new"), reverse("experiments"), reverse("today")


def address_of(key):
    return reverse("experiment", args=[key])


def address(key, person):
    return experiment_offers.address(key, notebook.open_notebook(cast.viewer(person)))


def start(person, **posted):
    form = {"do": "start", "key": str(uuid4()), "practice": "sitting-breaks", **posted}
    return as_(person).post(NEW, form)


def at(moment):
    return mock.patch("django.utils.timezone.now", return_value=moment)


def test_a_trigger_leads_to_the_plan_of_what_answers_it_in_one_tap():
    mara = cast.mara()
    text = page(mara, address("long-sitting", mara))
    for said in (
        "sitting breaks?",
        "Because of: long sitting",
        "84 days in blocks of 3, from Wednesday 15 April to 7 July 2026",
        "found in about 6 of 10",
        "Stop whenever you like",
        "left out of the count",
        ">Start<",
    ):
        assert said in re.sub(r"</svg>\s*Start", ">Start", text), said
    assert "An evening stretch" in text
    assert text.count("<tr>") == 29


def test_an_address_never_says_what_is_tested():
    mara = cast.mara()
    for key in ("poor-sleep", "evening-stretch"):
        answer = as_(mara).get(f"{NEW}?from={key}")
        assert answer.status_code == 302
        assert key not in answer.headers["Location"]
        assert as_(mara).get(answer.headers["Location"]).status_code == 200
    text = page(mara, NEW)
    for found in re.findall(r'href="([^"]*from=[^"]*)"', text):
        assert re.fullmatch(r"/try/new/\?from=[0-9a-f]{12}", found)


def test_a_code_tells_nobody_what_somebody_elses_stands_for():
    mara, tom = cast.mara(), cast.tom()
    hers, his = (
        {address(each.practice, person) for each in switches.all_offered()}
        for person in (mara, tom)
    )
    assert len(hers) == len(his) == len(switches.all_offered())
    assert hers.isdisjoint(his)
    notebook.set_choices(cast.viewer(mara), cycle=True, pad=False)
    assert {address(each.practice, mara) for each in switches.all_offered()} == hers
    found = address("evening-stretch", mara)
    assert "What would you like to test?" in page(tom, found)
    assert "What would you like to test?" not in page(mara, found)


@pytest.mark.parametrize("code", ["feedfeedfeed", "%00", "caf%C3%A9", "own-1", "x" * 3000])
def test_a_code_of_nothing_offers_the_list(code):
    text = page(cast.mara(), f"{NEW}?from={code}")
    assert "What would you like to test?" in text


def test_guesses_come_first_in_the_list():
    mara = cast.mara()
    notebook.name_suspects(cast.viewer(mara), [("poor-sleep", False)], now=NOW)
    text = page(mara, NEW)
    assert text.index("No screen in bed") < text.index("Or something else")
    assert text.index("Or something else") < text.index("Standing breaks")


def test_what_cannot_be_switched_is_watched():
    mara = cast.mara()
    text = page(mara, address("anniversary", mara))
    assert "is watched, not tested" in text
    assert "Start<" not in text


def test_something_of_ones_own_leads_to_ones_own_words():
    mara = cast.mara()
    own = notebook.add_own(cast.viewer(mara), "plover tea", number=False, now=NOW)
    assert 'value="plover tea"' in page(mara, address(own.key, mara))
    tom = cast.tom()
    assert "plover" not in page(tom, address(own.key, mara))


def test_start_starts_once_however_often_it_is_tapped():
    mara = cast.mara()
    key = str(uuid4())
    for _tap in range(2):
        answer = start(mara, key=key, trigger="long-sitting")
        assert answer.status_code == 302
        assert answer.headers["Location"] == address_of(key)
    assert Experiment.objects.count() == 1
    assert reading.experiment(cast.viewer(mara), UUID(key)).plan.trigger == "long-sitting"
    assert "From Wednesday 15 April" in page(mara, TODAY)


def test_what_was_shown_is_what_starts():
    mara = cast.mara()
    shown = re.findall(
        r"<td>(With\w* sitting breaks)</td>", page(mara, address("sitting-breaks", mara))
    )
    start(mara)
    found = reading.latest(cast.viewer(mara))
    assert found
    drawn = found.schedule.arms[::3]
    assert [line.startswith("With ") for line in shown] == [bool(arm) for arm in drawn]


@pytest.mark.parametrize(
    "posted",
    [
        {"practice": "made-up"},
        {"practice": "", "name": ""},
        {"key": "no-id", "first": "soon"},
        {"do": "nonsense"},
        {"trigger": "made-up", "do": "look"},
        {"practice": "", "name": "a\x00b", "clinician": "maybe"},
    ],
)
def test_a_form_that_no_page_of_ours_sends_starts_nothing(posted):
    answer = start(cast.mara(), **posted)
    assert answer.status_code in {200, 422}
    assert not Experiment.objects.exists()


@pytest.mark.parametrize("clinician", ["", "not yet"])
def test_a_clinician_is_asked_before_it_starts(clinician):
    mara = cast.mara()
    answer = start(mara, practice="evening-stretch", clinician=clinician)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert ("Ask them first" if clinician else "Answer this question first") in text
    assert not Experiment.objects.exists()
    assert start(mara, practice="evening-stretch", clinician="agreed").status_code == 302


def test_a_medicine_is_refused_and_what_was_typed_stays():
    mara = cast.mara()
    answer = as_(mara).post(NEW, {"do": "look", "name": "ibuprofen", "on": "at noon"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Medicines and supplements are not tested here" in text
    assert 'value="ibuprofen"' in text and 'value="at noon"' in text


def test_own_words_are_shown_as_a_plan_and_cannot_carry_markup():
    mara = cast.mara()
    name = "<b>kestrel</b>"
    answer = as_(mara).post(NEW, {"do": "look", "name": name, "on": "<i>x</i>"})
    assert answer.status_code == 200
    assert name not in answer.content.decode()
    viewer = cast.viewer(mara)
    start(mara, practice="", name=name, on="<i>x</i>", clinician="no")
    found = reading.latest(viewer)
    assert found
    with at(morning(found, 86)):
        write_days(viewer, found.id, noise=1.0)
        deciding.reveal(viewer, found.id, now=morning(found, 86))
        for url in (EVERY, address_of(found.id)):
            text = page(mara, url)
            assert name not in text and "&lt;b&gt;kestrel" in text


@pytest.mark.parametrize("name", ["my walking frame", "plover tea"])
def test_every_wording_of_ones_own_is_asked_about_before_start(name):
    mara = cast.mara()
    posted = {"do": "look", "name": name, "off": "walk without the walking frame"}
    text = as_(mara).post(NEW, posted).content.decode()
    assert "Has somebody who treats you told you to do, use or avoid this?" in text
    assert "can end in a fall" in text
    answer = start(mara, practice="", name=name, off=posted["off"], clinician="no")
    assert answer.status_code == 422
    assert not Experiment.objects.exists()


def test_one_stopped_before_it_began_says_so_and_offers_nothing():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    key = begin(viewer)
    changing.stop(viewer, key, now=NOW)
    text = page(mara, address_of(key))
    assert "You stopped it before it began" in text and "Go on with it" in text
    assert "See what can be said" not in text
    text = page(mara, EVERY)
    assert "Stopped before it began" in text and "Begun on" not in text
    answer = as_(mara).post(address_of(key), {"do": "reveal"})
    assert answer.status_code == 422


@pytest.mark.parametrize("first", ["9999-12-31", "0001-01-01", "2027-04-14"])
def test_looking_at_a_plan_far_away_shows_one_that_can_be(first):
    answer = as_(cast.mara()).post(
        NEW, {"do": "look", "practice": "sitting-breaks", "first": first}
    )
    assert answer.status_code == 200
    shown = "2026-04-15" if first < "2026" else "2026-04-29"
    assert f'name="first" value="{shown}"' in answer.content.decode()


def test_an_old_tab_starts_no_second_one_after_the_end_of_the_one_under_way():
    mara = cast.mara()
    found = reading.experiment(cast.viewer(mara), begin(cast.viewer(mara)))
    with at(morning(found, 75)):
        for days in (1, 2, 5):
            first = (found.last + timedelta(days=days)).isoformat()
            answer = start(mara, first=first)
            assert answer.status_code == 422
            assert "One thing at a time" in answer.content.decode()
    assert Experiment.objects.count() == 1


@pytest.mark.parametrize("first", ["2026-04-14", "2030-01-01", "9999-12-31", "soon"])
def test_a_first_day_that_cannot_be_is_said(first):
    answer = start(cast.mara(), first=first)
    assert answer.status_code == 422
    assert "Choose a day" in answer.content.decode()


def test_while_one_is_under_way_no_other_can_start():
    mara = cast.mara()
    begin(cast.viewer(mara))
    assert "Under way: sitting breaks" in page(mara, address("daily-walk", mara))
    assert "Start<" not in page(mara, address("daily-walk", mara)).replace("</svg>Start", "Start<")
    assert start(mara).status_code == 422
    assert Experiment.objects.count() == 1


def test_today_says_the_days_arm_and_a_settling_day_like_any_other():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    found = reading.experiment(viewer, begin(viewer))
    for number in range(6):
        with at(morning(found, number)):
            text = page(mara, TODAY)
        line = "with sitting breaks" if found.schedule.arms[number] else "without sitting breaks"
        assert f"<b>Today: {line}</b>" in text


def test_after_midnight_the_day_is_named_as_the_evening_may_still_go_on():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    found = reading.experiment(viewer, begin(viewer))
    with at(datetime(2026, 4, 15, 23, 30, tzinfo=UTC)):
        line = switch().line(with_it=bool(found.schedule.arms[1]))
        assert f"Thursday, once you are up: {line}" in page(mara, TODAY)


def test_somebody_locked_out_meets_nothing_of_it():
    mara = cast.mara()
    key = begin(cast.viewer(mara))
    applock.set_pin(mara, "2580", "2580", 5, now=NOW)
    client = as_(mara)
    session = client.session
    session[LOCKED] = True
    session.save()
    for url in (TODAY, EVERY, NEW, address_of(key)):
        answer = client.get(url)
        assert answer.status_code == 302
        assert b"sitting" not in answer.content


def test_a_stranger_meets_no_word_of_it_and_changes_nothing():
    mara = cast.mara()
    key = begin(cast.viewer(mara))
    tom = as_(cast.tom())
    assert tom.get(address_of(key)).status_code == 404
    for do in ("stop", "go on", "reveal", "add", "otherwise", "as drawn", "nonsense"):
        answer = tom.post(address_of(key), {"do": do, "day": "2026-04-15"})
        assert answer.status_code == 404, do
        assert b"itting" not in answer.content
    assert "itting breaks" not in tom.get(EVERY).content.decode()
    assert tom.post(NEW, {"do": "start", "key": str(key), "practice": "daily-walk",
                          "clinician": "no"}).status_code == 404  # fmt: skip
    assert reading.experiment(cast.viewer(mara), key).revision == 1


def test_while_it_runs_no_number_of_it_is_on_the_page():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    found = write_days(viewer, begin(viewer), days=40, effect=-1, noise=1)
    with at(morning(found, 40)):
        text = page(mara, address_of(found.id))
        assert "Day 41 of 84" in text and "40 of 40 days so far have a number" in text
        assert "lowered" not in text and "<figure" not in text
        answer = as_(mara).post(address_of(found.id), {"do": "reveal"})
        assert answer.status_code == 422
        assert "lowered" not in answer.content.decode()


def test_a_day_that_went_otherwise_is_noted_and_taken_back():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    found = reading.experiment(viewer, begin(viewer))
    with at(morning(found, 3)):
        day = morning(found, 3).date().isoformat()
        as_(mara).post(address_of(found.id), {"do": "otherwise", "day": day})
        assert "went otherwise" in page(mara, address_of(found.id))
        as_(mara).post(address_of(found.id), {"do": "as drawn", "day": day})
        assert reading.experiment(viewer, found.id).course.otherwise == ()
        answer = as_(mara).post(address_of(found.id), {"do": "otherwise", "day": "soon"})
        assert answer.status_code == 422


def test_stopping_asks_nothing_and_can_be_taken_back():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    found = reading.experiment(viewer, begin(viewer))
    with at(morning(found, 3)):
        as_(mara).post(address_of(found.id), {"do": "stop"})
        assert "Go on with it" in page(mara, address_of(found.id))
        assert "sitting breaks" not in page(mara, TODAY)
        as_(mara).post(address_of(found.id), {"do": "go on"})
        assert "Stop this test" in page(mara, address_of(found.id))


def test_over_it_is_uncovered_by_a_tap_and_stays_as_it_was():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    found = write_days(viewer, begin(viewer), effect=-1.5, noise=0.8, skip=frozenset({13, 14}))
    with at(morning(found, 84)):
        text = page(mara, address_of(found.id))
        assert "The 84 days are over." in text and "Add 6 days" in text
        assert "lowered" not in text
        assert "Your test is over" in page(mara, TODAY)
        as_(mara).post(address_of(found.id), {"do": "reveal"})
        text = page(mara, address_of(found.id))
        assert "Sitting breaks lowered your pain by" in text
        assert "hope may be part of it" in text
        assert text.count("<figure") == 2 and "Against chance" in text
        assert text.index("lowered your pain") < text.index("<figure")
        with mock.patch("psoas.care.experiment.deciding.analyse") as analyse:
            page(mara, address_of(found.id))
            as_(mara).post(address_of(found.id), {"do": "reveal"})
        assert not analyse.called
        assert "lowered your pain" in page(mara, EVERY)
        assert "Your test is over" not in page(mara, TODAY)


def test_missed_pairs_are_made_good_by_adding_days():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    found = write_days(viewer, begin(viewer), noise=1, skip=frozenset({13, 14}))
    with at(morning(found, 84)):
        answer = as_(mara).post(address_of(found.id), {"do": "add"}, follow=True)
        assert "Day 85 of 90" in answer.content.decode()


def test_one_that_ended_by_its_evidence_is_news_on_today_without_telling_it_there():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    found = write_days(viewer, begin(viewer), effect=-3, noise=0.3, days=50)
    assert deciding.look_at_all(morning(found, 50)) == 1
    with at(morning(found, 50)):
        today = page(mara, TODAY)
        assert "Your test has ended early" in today and "lowered" not in today
        text = page(mara, address_of(found.id))
        assert "spoke clearly before the planned end" in text
        assert "Against chance" not in text
    with at(morning(found, 60)):
        assert "Your test has ended early" not in page(mara, TODAY)


@pytest.mark.parametrize(
    ("days", "why"),
    [(5, "stopped before the first pair"), (20, "stopped after 3 of 14 pairs of blocks; that is")],
)
def test_a_stopped_one_says_so_and_draws_nothing_from_so_little(days, why):
    mara = cast.mara()
    viewer = cast.viewer(mara)
    found = write_days(viewer, begin(viewer), noise=1, days=days)
    changing.stop(viewer, found.id, now=morning(found, days))
    with at(morning(found, days)):
        as_(mara).post(address_of(found.id), {"do": "reveal"})
        text = page(mara, address_of(found.id))
    assert "not analysed as if it had been whole" in text
    assert "<figure" not in text and "no answer either way" in text
    assert why in text and "With a number on most days" not in text
    assert "There is no picture, as fewer than 6 pairs" in text


def test_it_goes_into_the_file_that_one_takes_along():
    mara = cast.mara()
    begin(cast.viewer(mara))
    answer = as_(mara).post(reverse("me-export"), {"as": "json"})
    assert '"practice": "sitting-breaks"' in answer.content.decode()
    assert (
        "sitting-breaks"
        not in as_(cast.tom()).post(reverse("me-export"), {"as": "json"}).content.decode()
    )


def test_the_begin_and_the_end_are_in_ones_own_record():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    starting.start(viewer, switch(), {}, experiment_id=uuid4(), now=NOW)
    assert "began a test" in page(mara, reverse("me-record") + "?all=1")


def test_pages_are_named_neutrally():
    for name in ("experiments", "experiment-new"):
        assert not re.search("pain|hip|health|exper|pract", reverse(name))
    assert "<title>Notes</title>" in page(cast.mara(), NEW)
