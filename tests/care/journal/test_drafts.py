"""Every field of an entry: what is taken, what is refused, and in which words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from psoas.care.journal.drafts import LONGEST_WORDS, SCALES, Draft, check
from psoas.care.journal.notebook import Notebook, OwnTrigger
from psoas.care.people.refusal import Refusal
from tests.cast import NOW

LONDON = "Europe/London"
NOTEBOOK = Notebook(
    own=(
        OwnTrigger("own-1", "long drive", False, "2026-01-01"),
        OwnTrigger("own-2", "cups of coffee", True, "2026-01-01"),
        OwnTrigger("own-3", "new chair", False, "2026-04-14"),
        OwnTrigger("own-4", "put away", False, "2026-01-01", "2026-02-01"),
    )
)


def draft(kind: str = "day", now: datetime = NOW, zone: str = LONDON, **raw: object) -> Draft:
    return check({"pain": 4, **raw}, kind=kind, zone=zone, now=now, notebook=NOTEBOOK)


def refused(**raw: object) -> dict[str, list[str]]:
    with pytest.raises(Refusal) as refusal:
        draft(**raw)  # type: ignore[arg-type]
    return refusal.value.fields


def test_time_and_pain_are_enough():
    found = draft()
    assert found.day == date(2026, 4, 14)
    assert found.document == {
        "v": 1,
        "at": "2026-04-14T09:00:00+01:00",
        "zone": LONDON,
        "pain": 4,
        "asked": {"triggers": False, "feelings": False},
    }


@pytest.mark.parametrize("pain", [0, 10, "0", "10", "7,5", 7.5, " 3 "])
def test_pain_from_0_to_10_is_taken_as_written(pain):
    assert 0 <= draft(pain=pain).document["pain"] <= 10


@pytest.mark.parametrize(
    "pain", [11, -1, "11", "-0.1", "ten", float("nan"), "nan", float("inf"), True, [4], {"a": 1}]
)
def test_any_other_pain_is_refused_at_its_field(pain):
    assert list(refused(pain=pain)) == ["pain"]


def test_pain_11_is_named_in_the_sentence():
    assert refused(pain="11") == {"pain": ["Pain is 11. Write a number from 0 to 10."]}


def test_pain_may_be_unsure_but_not_forgotten():
    found = draft(pain="", unsure="on").document
    assert found["pain"] is None
    assert found["unsure"] is True
    assert list(refused(pain="")) == ["pain"]


def test_only_a_backfilled_day_may_have_no_pain_at_all():
    assert draft("backfill", pain=None).document["pain"] is None


def test_a_moment_needs_a_place_and_a_day_does_not():
    assert list(refused(kind="moment")) == ["places"]
    assert draft("moment", places=["front-left-groin"]).document["places"] == ["front-left-groin"]
    assert draft("moment", tension=["front-jaw"]).document["tension"] == ["front-jaw"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("places", ["the moon"]),
        ("places", ["front-jaw"]),
        ("places", "front-left-groin"),
        ("places", [1]),
        ("tension", ["front-left-groin"]),
        ("hindered", ["flying"]),
        ("helped", ["wine"]),
        ("feelings", {"ecstatic": 2}),
        ("triggers", {"own-9": 1}),
        ("triggers", ["<b>"]),
        ("scales", {"boredom": 3}),
        ("scales", "3"),
    ],
)
def test_what_is_not_in_the_list_is_refused(field, value):
    assert list(refused(**{field: value})) == [field]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("value", [11, -1, "x", float("nan"), True])
def test_a_scale_outside_0_to_10_is_refused_by_its_name(scale, value):
    assert list(refused(scales={scale: value})) == [scale]


def test_scales_left_out_stay_unknown():
    assert draft(scales={"sleep": "0", "stress": ""}).document["scales"] == {"sleep": 0}


@pytest.mark.parametrize("strength", [5, -1, 2.5, "strong", True])
def test_a_feeling_is_0_to_4_strong_and_called_by_its_word(strength):
    assert refused(feelings={"worried": strength})["feelings"][0].startswith("worried")


def test_both_ends_of_the_pad_are_needed():
    assert draft(mood={"pleasant": "-4", "energy": 4}).document["mood"] == {
        "pleasant": -4,
        "energy": 4,
    }
    assert list(refused(mood={"pleasant": 1})) == ["mood"]
    assert list(refused(mood={"pleasant": 5, "energy": 0})) == ["mood"]


def test_triggers_that_were_not_asked_stay_unknown():
    assert draft(triggers=["deadline"]).document["triggers"] == {"deadline": 1}
    assert "triggers" not in draft("moment", places=["front-left-groin"]).document


def test_triggers_that_were_asked_and_not_named_are_absent():
    found = draft(triggers={"deadline": 1}, asked={"triggers": True}).document["triggers"]
    assert (found["deadline"], found["conflict"], found["own-1"]) == (1, 0, 0)


def test_a_number_left_empty_and_a_trigger_put_away_stay_unknown():
    found = draft(triggers={"own-2": ""}, asked={"triggers": "1"}).document["triggers"]
    assert "own-2" not in found
    assert "own-4" not in found


def test_before_it_was_thought_of_a_trigger_of_ones_own_is_unknown():
    asked = {"triggers": True}
    assert draft(asked=asked).document["triggers"]["own-3"] == 0
    assert "own-3" not in draft(asked=asked, at="2026-04-13T09:00").document["triggers"]
    named = draft(asked=asked, at="2026-04-13T09:00", triggers={"own-3": 1})
    assert named.document["triggers"]["own-3"] == 1


@pytest.mark.parametrize("value", ["lots", float("inf"), True, "1e12"])
def test_a_trigger_that_is_counted_needs_a_number(value):
    assert "cups of coffee" in refused(triggers={"own-2": value})["triggers"][0]


@pytest.mark.parametrize(
    ("field", "value"),
    [("stiffness_min", 1441), ("stiffness_min", 1.5), ("cycle_day", 0), ("cycle_day", 91)],
)
def test_minutes_and_days_have_bounds(field, value):
    assert list(refused(**{field: value})) == [field]


def test_words_keep_their_lines_and_are_refused_when_too_long():
    assert draft(words=" a\r\nb ").document["words"] == "a\nb"
    assert draft(words="x" * LONGEST_WORDS).document["words"]
    assert list(refused(words="x" * (LONGEST_WORDS + 1))) == ["words"]
    assert list(refused(words=["x"])) == ["words"]


@pytest.mark.parametrize("at", ["yesterday", "2026-02-30T10:00", "2026-04-14T25:00", "7"])
def test_a_time_that_is_none_is_refused(at):
    assert list(refused(at=at)) == ["at"]


@pytest.mark.parametrize("at", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "1949-12-31"])
def test_a_time_beyond_the_calendar_is_refused_and_nothing_breaks(at):
    assert list(refused(at=at)) == ["at"]


def test_the_future_is_refused_but_a_fast_clock_is_forgiven():
    assert draft(at=(NOW + timedelta(minutes=9)).isoformat()).day == date(2026, 4, 14)
    assert refused(at="2026-04-15T09:00") == {
        "at": ["2026-04-15 09:00 is in the future. Write a time up to now."]
    }
    assert list(refused(day="2026-04-15")) == ["at"]


def test_a_day_alone_is_filed_at_its_noon_or_now():
    assert draft("backfill", day="2026-04-12").document["at"] == "2026-04-12T12:00:00+01:00"
    assert draft("backfill", day="2026-04-14").document["at"] == "2026-04-14T09:00:00+01:00"
    assert list(refused(day="someday")) == ["day"]


@pytest.mark.parametrize("zone", ["Mars/Base", "../../etc/passwd", "", "Europe", 7])
def test_a_zone_that_does_not_exist_is_refused(zone):
    if zone == "":
        assert draft(zone=LONDON).document["zone"] == LONDON
        return
    with pytest.raises(Refusal) as refusal:
        check({"pain": 1, "zone": zone}, kind="day", zone=LONDON, now=NOW, notebook=NOTEBOOK)
    assert "zone" in refusal.value.fields


@pytest.mark.parametrize(
    ("zone", "skipped", "becomes"),
    [
        ("Europe/London", "2026-03-29T01:30", "2026-03-29T02:30:00+01:00"),
        ("America/New_York", "2026-03-08T02:30", "2026-03-08T03:30:00-04:00"),
        ("Australia/Lord_Howe", "2025-10-05T02:15", "2025-10-05T02:45:00+11:00"),
    ],
)
def test_a_time_the_clocks_jumped_over_becomes_the_moment_it_would_have_been(
    zone, skipped, becomes
):
    assert draft(zone=zone, at=skipped).document["at"] == becomes


@pytest.mark.parametrize(
    ("zone", "twice", "first", "second"),
    [
        ("Europe/London", "2025-10-26T01:30", "+01:00", "+00:00"),
        ("America/New_York", "2025-11-02T01:30", "-04:00", "-05:00"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "+11:00", "+10:30"),
    ],
)
def test_of_a_time_that_came_twice_the_first_is_meant_unless_said(zone, twice, first, second):
    assert draft(zone=zone, at=twice).document["at"] == f"{twice}:00{first}"
    assert draft(zone=zone, at=twice + second).document["at"] == f"{twice}:00{second}"


def test_the_day_is_the_one_on_the_clock_of_the_place():
    late = datetime(2026, 4, 14, 23, 30, tzinfo=UTC)
    assert draft(now=late).day == date(2026, 4, 15)
    assert draft(now=late, zone="America/New_York").day == date(2026, 4, 14)


def test_every_wrong_field_is_said_at_once():
    wrong = refused(pain="x", words="y" * 1001, stiffness_min="z", at="soon")
    assert set(wrong) == {"pain", "words", "stiffness_min", "at"}
