"""A clinic's own safety check may ask more and be stricter; it opens nothing by a slip."""

from datetime import date

import pytest

from psoas.cli.content_walk import lowered
from psoas.content import redflags
from psoas.content.crisis import CrisisCountry, CrisisLine
from psoas.content.exercises import as_brought, from_document
from psoas.content.never_less import RED_FLAGS, less, less_careful
from psoas.content.overlay import ContentError, brought
from psoas.content.reader import brought_toml, build

TEXT = brought(RED_FLAGS).decode()
NEWER = TEXT.replace("version = 1\n", "version = 2\n")


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("PSOAS_CONTENT", str(tmp_path))
    (tmp_path / "redflags").mkdir()

    def read(text):
        (tmp_path / RED_FLAGS).write_text(text, encoding="utf-8")
        return redflags.questions.__wrapped__()

    return read


def changed(old, new, text=NEWER):
    assert old in text
    return text.replace(old, new, 1)


def found(own, text):
    mine, ours = own(text), redflags.as_brought()
    return [*less(mine, ours), *lowered(mine, ours)]


def test_other_words_need_no_other_version(own):
    assert found(own, changed("How old are you?", "What is your age?", TEXT)) == []


def test_a_clinic_may_ask_more_and_be_stricter(own):
    stricter = changed('when = ["RF15"], then = "C"', 'when = ["RF15"], then = "S"')
    further = stricter + "\n".join((
        "", "[[question]]", 'slug = "RF25"', 'short = "x"', 'ask = "x?"', 'why = "x"',
        "sources = []", 'ck = "all"',
        'rules = [{ slug = "x", when = ["RF25"], then = "C", advice = "x" }]',
    ))  # fmt: skip
    assert found(own, further) == []


def test_other_rules_need_another_version(own):
    text = changed('when = ["RF15"], then = "C"', 'when = ["RF15"], then = "S"', TEXT)
    (problem,) = found(own, text)
    assert (problem.key, problem.remedy) == (
        "version",
        "Raise it to 2, so that everybody is asked anew",
    )


@pytest.mark.parametrize(
    ("old", "new", "entry"),
    [
        ('when = ["RF05"], then = "E"', 'when = ["RF05"], then = "C"', "question “RF05”"),
        ('when = ["RF05"], then = "E"', 'when = ["RF05=no"], then = "E"', "question “RF05”"),
        ('when = ["RF13"], then = "S"', 'when = ["RF13"], then = "M"', "question “RF13”"),
        ('ages = ["under-16", "16-17"]', 'ages = ["16-17"]', "question “RF14”"),
        ('E = "no"\nS = "no"', 'E = "yes"\nS = "no"', "door “routine”"),
        ('closed = "no"', 'closed = "yes"', "door “routine”"),
        ("night = true\n", "", "question “RF01”"),
        ("again = true\n", "", "question “RF01”"),
        ("emergency = true\n", "", "question “RF01”"),
    ],
)
def test_what_would_open_more_than_psoas_does_is_named(own, old, new, entry):
    problems = found(own, changed(old, new))
    assert [each.entry for each in problems] == [entry]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('ages = ["under-16", "16-17"]', 'ages = ["under16"]', "there is no age “under16”"),
        ('{ slug = "clot"', '{ slug = "lungs"', "has rule “lungs” twice"),
        ('{ key = "sign"', '{ key = "heavy"', "has follow-up “heavy” twice"),
        ('sources = ["Schroeder', 'sources = ["", "Schroeder', "names a source that is empty"),
        ('ask = "How old are you?"', 'ask = " "', "key “ask”: is empty"),
    ],
)
def test_a_slip_in_the_file_is_named(own, old, new, said):
    with pytest.raises(ContentError, match=said):
        own(changed(old, new))


def country(**keys):
    row = {
        "code": "XX",
        "name": "Here",
        "emergency": ["112"],
        "lines": [],
        "source": "A page",
        "verified_on": date(2026, 1, 1),
        "notice": "Confirm it",
    }
    return build("crisis.toml", "country “XX”", row | keys, CrisisCountry)


@pytest.mark.parametrize("numbers", [[], ["call us"], [""], ["112", " "]])
def test_a_country_has_an_emergency_number_that_can_be_dialled(numbers):
    with pytest.raises(ContentError, match="emergency holds"):
        country(emergency=numbers)
    assert country(code="other", emergency=[]).emergency == ()


@pytest.mark.parametrize("keys", [{}, {"phone": "ring us"}, {"text_number": "SHOUT"}])
def test_a_service_has_a_way_to_reach_it(keys):
    with pytest.raises(ContentError):
        build("crisis.toml", "line", {"name": "Somebody", **keys}, CrisisLine)
    assert build("crisis.toml", "line", {"name": "A", "phone": "+44 116 123"}, CrisisLine)


BEND = "exercises/bound-angle.toml"


def of_own(name, /, **keys):
    """What a clinic's file of an exercise takes away, with some of its keys another."""
    own = from_document({**brought_toml(name), **keys}, name)
    return [(each.entry, each.key) for each in less_careful(own, as_brought(name), name)]


def without(condition, **more):
    """The bans of bound angle, one of them gone or with more keys."""
    bans = brought_toml(BEND)["bans"]
    assert condition in {ban["when"] for ban in bans}
    changed = [{**ban, **more} if ban["when"] == condition else ban for ban in bans]
    return [ban for ban in changed if more or ban["when"] != condition]


def test_a_clinic_may_reword_an_exercise_and_take_it_from_more_people():
    bans = [*brought_toml(BEND)["bans"], {"when": "unsteady", "why": "Low.", "ck": True}]
    stop = ["A pinch.", "A sore knee.", "Anything new."]
    assert of_own(BEND, name="butterfly", bans=bans, stop=stop) == []


def test_a_way_within_a_limit_may_become_a_ban():
    bans = without("oa", instead="")
    assert of_own(BEND, bans=bans) == []


@pytest.mark.parametrize("condition", [ban["when"] for ban in brought_toml(BEND)["bans"]])
def test_no_ban_of_an_exercise_can_be_dropped(condition):
    assert of_own(BEND, bans=without(condition)) == [(f"ban “{condition}”", "")]


def test_no_ban_can_become_a_way_to_do_it():
    bans = without("fai", instead="Not so far.")
    assert of_own(BEND, bans=bans) == [("ban “fai”", "instead")]


def test_no_stop_sign_can_be_dropped_and_no_code_given_away():
    assert of_own(BEND, stop=["A pinch."]) == [("", "stop")]
    assert of_own(BEND, code="E99") == [("", "code")]


def test_what_is_for_reading_only_stays_so():
    name = "practices/tremor-information.toml"
    keys = {"default_off": False, "information": False}
    assert of_own(name, **keys) == [("", "default_off"), ("", "information")]
