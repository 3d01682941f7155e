"""Today's minutes: what a device gets, the page with and without scripts, what it came to."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils import timezone

from psoas.care.assessment import replies, screenings
from psoas.care.people.models import Person
from psoas.care.programme import plans, preferences, sessions
from psoas.care.programme.circumstances import circumstances
from psoas.care.programme.models import Session
from psoas.care.programme.prescribing import as_item
from psoas.care.programme.swapping import instead_of
from psoas.content.exercises import exercise
from tests import cast
from tests.care.assessment.checks import go_through
from tests.web.person.test_outbox import send
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db
TODAY = "/move/today/"


@pytest.fixture
def mara():
    who = cast.mara()
    go_through(who, now=timezone.now())
    return who


def routine(who, **asked: str) -> dict[str, Any]:
    asked = {"when": "morning", "minutes": "10", **asked}
    found: dict[str, Any] = (
        as_(who).get(TODAY, asked, headers={"accept": "application/json"}).json()
    )
    return found


def told(found: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What a device tells that did all of it."""
    kept = ("slug", "side", "sets", "hold_s", "reps", "breaths", "seconds")
    now = timezone.now().isoformat()
    items = [
        {**{key: each[key] for key in kept if each[key] is not None}, "state": "done", "done_s": 60}
        for each in found["items"]
    ]
    return {
        "v": 1, "step": 9, "kind": "routine", "plan": found["version"], "begun_at": now, "at": now,
        "items": items, "before": 3, "during": 2, "after": 2, "effort": 4, "minutes": 6.5,
        "finished": True, **more,
    }  # fmt: skip


def parcel(who, entry: dict[str, Any], key: str = "") -> dict[str, Any]:
    owner = str(who.outbox_owner)
    return {"id": key or str(uuid4()), "owner": owner, "kind": "session", "entry": entry}


def test_every_side_has_as_many_turns_of_the_same_length(mara):
    items = routine(mara)["items"]
    assert any(each["side"] == "each" for each in items)
    for each in items:
        turns = [(turn["side"], turn["seconds"]) for turn in each["turns"]]
        if each["side"] != "each":
            assert {side for side, _ in turns} == {None}
            continue
        by_side = Counter(side for side, _ in turns)
        assert by_side["right"] == by_side["left"] == each["sets"]
        assert len({seconds for _, seconds in turns}) == 1
        # The other side follows at once: whoever stops in the middle is one turn apart at most.
        assert [side for side, _ in turns] == ["right", "left"] * each["sets"]


def test_breath_has_a_rhythm_of_its_own_and_ends_with_the_breath(mara):
    breaths = [
        turn
        for minutes in ("5", "10")
        for each in routine(mara, when="evening", minutes=minutes)["items"]
        for turn in each["turns"]
        if turn["kind"] == "breaths"
    ]
    assert breaths
    for each in breaths:
        shares = [until for until, _word in each["rhythm"]]
        assert shares == sorted(shares) and shares[-1] == 1
        one = each["seconds"] / each["count"]
        # In for three to four seconds, and longer out than in.
        assert 2.9 <= shares[0] * one <= 4.1
        assert (shares[1] - shares[0]) * one > shares[0] * one


def test_it_says_until_when_it_is_right_and_by_which_clock(mara):
    found = routine(mara)
    now, until = (datetime.fromisoformat(found[name]) for name in ("now", "expires_at"))
    assert abs(now - timezone.now()) < timedelta(minutes=1)
    assert now < until <= now + timedelta(days=7)
    assert found["version"]


def test_what_may_stand_in_is_of_the_same_kind_open_and_no_longer(mara):
    found = routine(mara)
    here = {each["slug"] for each in found["items"] + found["short"]}
    swaps = [(each, other) for each in found["items"] for other in each["swaps"]]
    assert swaps
    for each, other in swaps:
        assert other["slug"] in found["open"]
        assert other["slug"] not in here
        assert sum(turn["seconds"] for turn in other["turns"]) <= 90 + sum(
            turn["seconds"] for turn in each["turns"]
        )


def test_nothing_the_check_takes_out_is_in_it_nor_offered_instead():
    who = cast.person("Mo")
    replaced = {"RF16": "yes", "RF16.time": "later", "RF16.approach": "anterior"}
    go_through(who, replaced, now=timezone.now())
    found = routine(who)
    shown = [each for item in found["items"] + found["short"] for each in (item, *item["swaps"])]
    out = {"thomas-stretch", "half-kneeling-stretch", "split-stance-stretch", "figure-4"}
    assert shown and not out & {each["slug"] for each in shown}
    assert not out & set(found["open"])


def test_a_gate_that_is_shut_gives_a_device_nothing():
    who = cast.person("Ella")
    go_through(who, {"RF04": "yes"}, now=timezone.now())
    answer = as_(who).get(TODAY, headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert set(answer.json()) == {"state"}


def test_a_session_told_with_every_step_is_one_row(mara):
    client, found, key = as_(mara), routine(mara), str(uuid4())
    for step in (1, 2, 2, 9):
        entry = told(found, step=step, finished=step == 9)
        assert send(client, parcel(mara, entry, key)).json() == {"id": key, "state": "kept"}
    assert Session.objects.get().finished_at is not None
    assert sessions.recent(cast.viewer(mara), timezone.now())[0].number("after") == 2


def test_a_session_of_somebody_else_is_not_written_to(mara):
    tom, key = cast.tom(), str(uuid4())
    send(as_(mara), parcel(mara, told(routine(mara)), key))
    assert send(as_(tom), parcel(tom, told(routine(mara)), key)).status_code == 404


def test_a_word_that_is_none_is_refused_and_named(mara):
    entry = told(routine(mara), mood="well")
    answer = send(as_(mara), parcel(mara, entry))
    assert answer.status_code == 422
    assert "mood" in answer.json()["fields"]
    assert not Session.objects.exists()


def test_a_sign_of_danger_that_was_told_has_the_check_asked_again(mara):
    client = as_(mara)
    entry = told(routine(mara), stop="chest-pain", stopped_at="bridge")
    assert send(client, parcel(mara, entry)).status_code == 200
    assert client.get(reverse("move-go"))["Location"] == reverse("check")
    after = client.get(reverse("move-after", args=[Session.objects.get().pk])).content.decode()
    assert reverse("help") in after and "Read what to do first" in after


def test_a_graver_sign_after_a_milder_one_shows_help_on_the_page_afterwards(mara):
    client = as_(mara)
    mild = told(routine(mara), stop="groin-catch", stopped_at="bridge")
    sent = parcel(mara, mild)
    for entry in (mild, {**mild, "step": 10, "stop": "chest-pain"}):
        assert send(client, {**sent, "entry": entry}).status_code == 200
    assert client.get(reverse("move-go"))["Location"] == reverse("check")
    after = client.get(reverse("move-after", args=[Session.objects.get().pk])).content.decode()
    assert reverse("help") in after and "Read what to do first" in after


def test_a_telling_that_is_refused_for_a_number_does_not_lose_its_sign(mara):
    client = as_(mara)
    entry = told(routine(mara), stop="chest-pain", minutes=601)
    answer = send(client, parcel(mara, entry))
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["minutes"])
    assert client.get(reverse("move-go"))["Location"] == reverse("check")


def test_without_scripts_the_same_routine_is_a_list_and_a_form(mara):
    client = as_(mara)
    page = client.get("/move/go/?when=morning&minutes=5")
    text = page.content.decode()
    names = [each["title"] for each in routine(mara, minutes="5")["items"]]
    assert all(name in text for name in names)
    first = routine(mara, minutes="5")["items"][0]["slug"]
    key = str(page.context["key"])
    form = {"key": key, "before": "3", "after": "2", "during": "", "effort": "", "done": [first]}
    answer = client.post("/move/go/?when=morning&minutes=5", form)
    assert answer["Location"] == reverse("move-after", args=[key])
    states = [item["state"] for item in sessions.recent(cast.viewer(mara), timezone.now())[0].items]
    assert states == ["done", *["skipped"] * (len(names) - 1)]
    after = client.get(answer["Location"]).content.decode()
    assert names[0] in after and "So far so good" in after


@pytest.mark.parametrize("wrong", ["11", "-1", "two", "nan"])
def test_a_number_that_is_none_keeps_the_form(mara, wrong):
    client = as_(mara)
    form = {"key": str(uuid4()), "before": wrong, "after": "2"}
    assert client.post("/move/go/", form).status_code == 422
    assert not Session.objects.exists()


def test_more_than_five_is_called_red_at_once_and_says_why(mara):
    key = str(uuid4())
    send(as_(mara), parcel(mara, told(routine(mara), after=7), key))
    page = as_(mara).get(reverse("move-after", args=[key])).content.decode()
    assert "Red" in page and "Why?" in page


def test_afterwards_only_what_follows_from_that_session_is_said_to_change(mara):
    found, now = routine(mara), timezone.now()
    keys = {days: uuid4() for days in (4, 0)}
    for (days, key), after in zip(keys.items(), (7, 2), strict=True):
        at = now - timedelta(days=days)
        begun = {"begun_at": at.isoformat(), "at": at.isoformat()}
        sessions.tell(cast.viewer(mara), key, told(found, after=after, **begun), at)
    red, easy = (
        as_(mara).get(reverse("move-after", args=[key])).content.decode() for key in keys.values()
    )
    assert "Half as much" in red.split("What changes")[1]
    assert "So far so good" in easy and "What changes" not in easy
    assert all(f'button-quiet" href="{reverse("move")}"' in page for page in (red, easy))


def test_where_exercising_is_closed_the_page_afterwards_says_nothing_of_going_on(mara):
    key, move = str(uuid4()), f'href="{reverse("move")}"'
    send(as_(mara), parcel(mara, told(routine(mara), after=7), key))
    open_ = as_(mara).get(reverse("move-after", args=[key])).content.decode()
    assert "What changes" in open_ and move in open_
    screenings.fell(cast.viewer(mara), timezone.now())
    closed = as_(mara).get(reverse("move-after", args=[key])).content.decode()
    assert "Red" in closed
    # The bar of places stays what it is on every page.
    assert "What changes" not in closed and closed.count(move) == 1 < open_.count(move)


def test_the_player_that_a_device_keeps_knows_nobody(mara, client):
    shell = client.get(reverse("shell-move")).content.decode()
    assert 'data-owner="' not in shell and "csrfmiddlewaretoken" not in shell.split("<main")[1]
    assert "Chest pain" in shell and 'id="night"' in shell


def stamp_of(who, address: str = "/") -> str:
    page = as_(who).get(address).content.decode()
    return page.split('data-routine="')[1].split('"')[0]


def test_every_page_says_how_things_stand_as_the_routine_does(mara):
    found = {stamp_of(mara, address) for address in ("/", "/move/go/", "/days/", "/care/", "/me/")}
    assert found == {routine(mara)["stamp"]}
    # What somebody did says nothing against what was kept.
    send(as_(mara), parcel(mara, told(routine(mara))))
    assert found == {stamp_of(mara)} != {stamp_of(cast.tom())}


def test_behind_a_pin_the_routine_is_not_left_on_the_device(mara):
    before = routine(mara)
    assert before["keeps"]
    mara.pin = make_password("2580")
    mara.save()
    assert not routine(mara)["keeps"]
    # What lies there from before goes with the next page.
    assert stamp_of(mara) != before["stamp"]


CHANGES: dict[str, Callable[[Person], object]] = {
    "a new check": lambda who: go_through(who, {"RF13": "yes"}, now=timezone.now()),
    "a check begun": lambda who: screenings.begin(cast.viewer(who), "full", timezone.now()),
    "a fall": lambda who: screenings.fell(cast.viewer(who), timezone.now()),
    "a plan": lambda who: plans.make(cast.viewer(who), timezone.now()),
    "another way to do it": lambda who: preferences.tell(
        cast.viewer(who), {"minutes": 5}, timezone.now()
    ),
    "a questionnaire": lambda who: replies.begin(cast.viewer(who), "asq", timezone.now()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_says_otherwise_as_soon_as_something_is(mara, change):
    before = stamp_of(mara)
    CHANGES[change](mara)
    assert stamp_of(mara) != before


def test_what_was_done_is_taken_down_though_the_check_is_due_by_then(mara):
    client = as_(mara)
    page = client.get("/move/go/?when=morning&minutes=5")
    shown = [item.slug for item, _dose in page.context["rows"]]
    screenings.fell(cast.viewer(mara), timezone.now())
    key = str(page.context["key"])
    form = {"key": key, "before": "3", "after": "2", "shown": shown, "done": shown[:1]}
    answer = client.post("/move/go/?when=morning&minutes=5", form)
    assert answer["Location"] == reverse("check")
    (session,) = sessions.recent(cast.viewer(mara), timezone.now())
    states = [(item["slug"], item["state"]) for item in session.items]
    assert states == [(shown[0], "done"), *((slug, "skipped") for slug in shown[1:])]
    # To look at it, and to begin, is asked for as before.
    assert client.get("/move/go/")["Location"] == reverse("check")


def test_what_stands_in_for_one_side_is_done_on_that_side_alone(mara):
    given = circumstances(mara, timezone.now())
    item = replace(as_item(exercise("clamshell"), given), side="left")
    found = instead_of(given, [item])(item)
    assert found and {each.side for each in found} == {"left"}
    assert {each.exercise.side for each in found} == {"one at a time"}
    assert all(each.amount.minutes <= item.amount.minutes for each in found)
