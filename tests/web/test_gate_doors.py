"""Every door that needs the safety check asks it, and does what the one table says.

The table stands here a second time, by hand, so that neither the content nor the code can
change what an outcome opens without this noticing.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from psoas.care.assessment import gate, screenings
from psoas.care.experiment import starting, switches
from psoas.care.experiment.models import Experiment
from psoas.care.people.access import Viewer
from psoas.care.people.sessions import SessionStore
from psoas.content.practices import PRACTICES
from psoas.web import doors, gated
from tests import cast
from tests.care.assessment.checks import go_through
from tests.web import matrix
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db

# Rooms in which nothing may stand without asking; whoever adds a page there is told here.
OPENS_IN = {
    "/calm/": "breath",
    "/move/": "routine",
    "/sessions/": "routine",
    "/plan/": "routine",
    "/book/": "booking",
    "/write/": "writing",
}
# Rooms are mixed: what in them opens something else, address by address. Noting what was done and
# answering for it is like an entry; a movement as numbers asks the gate itself, by what it shows.
OPENS_OTHERWISE = {
    "/move/after/<uuid:key>/": "",
    "/move/morning/": "entry",
    "/move/everyday/": "breath",
    "/move/flare/": "breath",
    "/move/figure/<slug:code>/<slug:side>/": "reading",
}
# red-flags.md: what each outcome opens. "check" and "result" are where a closed door leads.
TABLE = {
    "routine": {
        "never": "check", "due": "check", "E": "result", "S": "result", "S read": "result",
        "C": "result", "C told": "", "M": "", "G": "", "under 16": "result", "16-17": "result",
    },
    "breath": {
        "never": "check", "due": "check", "E": "result", "S": "result", "S read": "",
        "C": "", "C told": "", "M": "", "G": "", "under 16": "result", "16-17": "",
    },
    "writing": {
        "never": "check", "due": "check", "E": "result", "S": "", "S read": "",
        "C": "", "C told": "", "M": "", "G": "", "under 16": "result", "16-17": "",
    },
    "booking": {
        "never": "check", "due": "check", "E": "result", "S": "result", "S read": "",
        "C": "", "C told": "", "M": "", "G": "", "under 16": "", "16-17": "",
    },
}  # fmt: skip
ALWAYS = ("entry", "reading")
GIVEN = {
    "E": {"RF05": "yes"},
    "S": {"RF13": "yes"},
    "S read": {"RF13": "yes"},
    "C": {"RF15": "yes"},
    "C told": {"RF15": "yes"},
    "M": {"RF19": "yes"},
    "G": {},
    "under 16": {"age": "under-16"},
    "16-17": {"age": "16-17"},
}


def stands(who, how):
    """Bring somebody to where they stand; returns their last round, if any."""
    now = timezone.now()
    if how == "never":
        return None
    if how == "due":
        return go_through(who, now=now - timedelta(weeks=4, hours=1))
    round_ = go_through(who, GIVEN[how], now=now)
    if how == "S read":
        screenings.advised(Viewer(who), round_.id, now)
    if how == "C told":
        form = {"who": "Dr Okafor", "when": timezone.localdate().isoformat(), "what_for": "all"}
        as_(who).post(reverse("check-told", args=[round_.id]), form)
    return round_


def asked(who, opens):
    """Stand before a door that opens this: the way a closed one leads, "" where it opens."""

    @doors.door("inside", opens=opens)
    def view(request):
        raise AssertionError("The door asks; the view itself is not run here.")

    request = RequestFactory().get("/anything/")
    request.session = SessionStore()
    answer = gated.ask(request, Viewer(who), doors.opens_of(view))
    return "" if answer is None else answer["Location"]


def where(round_):
    result = reverse("check-result", args=[round_.id]) if round_ else ""
    return {"": "", "check": reverse("check"), "result": result}


def addresses(patterns=None, before="/"):
    """Every address of the site as it begins, with the view behind it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path)
        else:
            yield path, pattern.callback


def test_every_page_of_a_gated_room_asks_for_what_it_opens():
    found = {
        path: doors.opens_of(view) == OPENS_OTHERWISE.get(path, opens)
        for path, view in addresses()
        for room, opens in OPENS_IN.items()
        if path.startswith(room)
    }
    assert len(found) >= 3, "the calm pages at least are such a room"
    assert [path for path, asks in found.items() if not asks] == []


def test_what_opens_otherwise_is_there():
    assert OPENS_OTHERWISE.keys() <= {path for path, _view in addresses()}


MOVE = ("move", "move-plan", "move-set-up", "move-outside", "move-sheet")


@pytest.mark.parametrize("how", ["never", "due", "E", "S", "S read", "C", "C told", "M", "G"])
def test_the_real_pages_behind_the_routine_door_do_as_the_table_says(how):
    who = cast.mara()
    leads = where(stands(who, how))[TABLE["routine"][how]]
    client = as_(who)
    for name in MOVE:
        answer = client.get(reverse(name))
        assert answer.headers.get("Location", "") == leads, name
    shown = client.get(reverse("move-one", args=["e10"]))
    assert (b"hands and knees" in shown.content) != bool(leads)
    moving = client.get(reverse("move-figure", args=["e10", "right"]))
    assert moving.status_code == (404 if leads else 200)


@pytest.mark.parametrize("how", ["never", "E", "S", "S read", "C", "G"])
def test_a_plan_for_bad_days_opens_with_the_breath_door(how):
    who = cast.mara()
    leads = where(stands(who, how))[TABLE["breath"][how]]
    for name in ("move-flare", "move-everyday"):
        assert as_(who).get(reverse(name)).headers.get("Location", "") == leads, name


def test_today_offers_no_minutes_where_they_are_closed():
    ella, gil = cast.person("Ella"), cast.person("Gil")
    stands(ella, "C")
    stands(gil, "G")
    assert reverse("move-go").encode() not in as_(ella).get("/").content
    assert reverse("move-go").encode() in as_(gil).get("/").content


def test_the_calm_pages_are_behind_the_breath_door():
    views = matrix.views()
    gated_doors = {
        name: doors.opens_of(views[name]) for name in views if doors.opens_of(views[name])
    }
    assert {"calm": "breath", "calm-breath": "breath", "calm-position": "breath"}.items() <= (
        gated_doors.items()
    )


@pytest.mark.parametrize("how", ["never", "due", *GIVEN])
def test_each_door_does_what_the_table_says(how):
    who = cast.mara()
    round_ = stands(who, how)
    expected = {opens: where(round_)[row[how]] for opens, row in TABLE.items()}
    expected |= dict.fromkeys(ALWAYS, "")
    assert {opens: asked(who, opens) for opens in expected} == expected


@pytest.mark.parametrize("how", ["never", "due", "E", "S", "S read", "C", "M", "G", "under 16"])
def test_the_real_pages_behind_the_breath_door_do_the_same(how):
    who = cast.mara()
    round_ = stands(who, how)
    leads = where(round_)[TABLE["breath"][how]]
    for name in ("calm", "calm-breath", "calm-position"):
        answer = as_(who).get(reverse(name))
        assert answer.headers.get("Location", "") == leads
        assert (b"Something for now" in answer.content or b"breath" in answer.content) != bool(
            leads
        )


@pytest.mark.parametrize("headers", [{"accept": "application/json"}, {"hx-request": "true"}])
def test_a_script_is_told_in_one_word_and_led_nowhere(headers):
    answer = as_(cast.mara()).get(reverse("calm-breath"), headers=headers)
    assert (answer.status_code, answer.json()) == (403, {"state": "check"})


def test_after_the_check_one_goes_on_to_where_one_wanted_to_be():
    mara = cast.mara()
    client = as_(mara)
    client.get(reverse("calm-breath"))
    round_ = go_through(mara, {"RF13": "yes"}, now=timezone.now())
    result = reverse("check-result", args=[round_.id])
    assert client.get(reverse("calm-breath"))["Location"] == result
    assert client.post(result, {"do": "advised"})["Location"] == reverse("calm-breath")


def test_what_is_asked_of_the_gate_is_asked_once(monkeypatch):
    mara = cast.mara()
    go_through(mara, now=timezone.now())
    real, times = gate.may, []

    def may(*given):
        times.append(given)
        return real(*given)

    monkeypatch.setattr(gate, "may", may)
    assert as_(mara).get(reverse("calm-position")).status_code == 200
    assert len(times) == 1


def test_a_door_that_is_misspelt_is_none():
    with pytest.raises(LookupError):
        doors.door("inside", opens="breathe")


MOVES = [each for each in PRACTICES if each.opens]


def begin(who, **posted):
    form = {"do": "start", "key": str(uuid4()), "clinician": "no", **posted}
    return as_(who).post(reverse("experiment-new"), form)


def test_what_moves_the_body_or_is_breath_is_known_as_that():
    assert {each.slug: each.opens for each in PRACTICES} == {
        "sitting-breaks": "routine",
        "standing-breaks": "",
        "help-with-lifts": "",
        "evening-stretch": "routine",
        "daily-walk": "routine",
        "no-screen-in-bed": "",
        "slow-breath": "breath",
        "knee-pillow": "breath",
        "keeping-warm": "",
        "evening-warmth": "",
    }


@pytest.mark.parametrize(
    ("words", "opens"),
    [
        ("Ten squats", "routine"),
        ("my stretching", "routine"),
        ("Box breathing", "breath"),
        ("8000 steps a day", "routine"),
        ("Hip openers", "routine"),
        ("Keep the skin warm", ""),
        ("Herbal tea", ""),
        ("A hot bath", ""),
    ],
)
def test_words_of_ones_own_are_read_for_it(words, opens):
    assert switches.in_own_words(words).opens == opens


@pytest.mark.parametrize("how", ["never", "C", "G"])
@pytest.mark.parametrize("practice", MOVES, ids=lambda each: each.slug)
def test_a_test_of_it_begins_only_where_its_door_opens(practice, how):
    who = cast.mara()
    leads = where(stands(who, how))[TABLE[practice.opens][how]]
    answer = begin(who, practice=practice.slug)
    assert Experiment.objects.exists() == (not leads)
    if leads:
        assert answer["Location"] == leads


def test_what_is_only_left_away_needs_no_check():
    begin(cast.mara(), practice="no-screen-in-bed")
    assert Experiment.objects.exists()


def test_a_test_under_way_asks_nothing_of_somebody_the_check_holds_back():
    mara, now = cast.mara(), timezone.now()
    go_through(mara, now=now - timedelta(days=2))
    walk = switches.offered("daily-walk")
    assert walk
    starting.start(
        Viewer(mara), walk, {"clinician": "no"}, experiment_id=uuid4(), now=now - timedelta(days=2)
    )
    go_through(mara, {"RF05": "yes"}, now=now)
    page = as_(mara).get("/").content.decode()
    assert "with a walk" not in page


def test_one_that_was_stopped_is_taken_up_again_only_through_its_door():
    mara, now = cast.mara(), timezone.now()
    began = now - timedelta(days=2)
    go_through(mara, now=began)
    walk = switches.offered("daily-walk")
    assert walk
    key = starting.start(
        Viewer(mara), walk, {"clinician": "no"}, experiment_id=uuid4(), now=began
    ).id
    here, client = reverse("experiment", args=[key]), as_(mara)
    client.post(here, {"do": "stop"})
    emergency = go_through(mara, {"RF05": "yes"}, now=now)
    for again in ("go on", "add"):
        answer = client.post(here, {"do": again})
        assert answer["Location"] == reverse("check-result", args=[emergency.id])


# ------------------------------------------------------------------ the guard is needed
HOW = ("never", "E", "S", "C")


def faults(name):
    """The cells of the table that are not as it says, each outcome for somebody of their own."""
    for how in HOW:
        who = cast.person(f"{name}{how}")
        round_ = stands(who, how)
        for opens, row in TABLE.items():
            if asked(who, opens) != where(round_)[row[how]]:
                yield opens, how


def test_a_gate_that_lets_everybody_through_is_noticed_at_every_closed_door(monkeypatch):
    assert list(faults("Ada")) == []
    everybody = gate.Leave(True, "", gate.stand(cast.mara(), timezone.now()))
    monkeypatch.setattr(gate, "may", lambda person, door, now: everybody)
    closed = {(opens, how) for opens, row in TABLE.items() for how in HOW if row[how]}
    assert set(faults("Bea")) == closed
