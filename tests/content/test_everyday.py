"""Everyday items, the parts of a flare plan, and the templates a clinician begins from."""

import re

import pytest

from psoas.content import programmes
from psoas.content.everyday import EVERYDAY, everyday
from psoas.content.exercises import exercise
from psoas.content.flare import PARTS, Part, part, part_on
from psoas.content.overlay import ContentError
from psoas.content.programmes import PROGRAMMES, Item, Programme, programme


@pytest.mark.parametrize("found", EVERYDAY, ids=lambda found: found.slug)
def test_an_everyday_item_says_what_why_and_asks(found):
    assert everyday(found.slug) is found
    assert found.text_label.endswith(".") and found.reason_label.endswith(".")
    assert found.question_label.endswith("?")
    assert not found.label.endswith(".")
    assert found.sources or found.ck


def test_what_helps_the_outer_hip_at_rest_has_its_sources():
    for slug in ("uncrossed-legs", "pillow-between-knees"):
        assert everyday(slug).sources and "gtp" in everyday(slug).suits


def test_weight_is_spoken_of_only_when_somebody_asks():
    assert [each.slug for each in EVERYDAY if each.only_if_asked] == ["help-with-weight"]


def test_no_posture_is_called_right_or_wrong():
    assert "one right posture" in everyday("change-position").reason
    spoken = " ".join(each.text + each.reason for each in EVERYDAY)
    assert not re.search(r"\b(correct|wrong|bad|proper)\b", spoken)


def test_a_flare_plan_begins_with_the_warning_signs_and_ends_with_whom_to_call():
    assert [each.slug for each in PARTS] == ["signs", "first-days", "rebuild", "call"]
    assert [each.check for each in PARTS] == [True, False, False, False]
    assert all(each.lines and each.prompt_label.endswith("?") for each in PARTS)
    assert all(line.endswith(".") for each in PARTS for line in each.line_labels)


@pytest.mark.parametrize(
    ("day", "slug", "low", "high"),
    [
        (0, "first-days", 0.5, 0.5),
        (2, "first-days", 0.5, 0.5),
        (3, "rebuild", 0.5, 0.8),
        (30, "rebuild", 0.5, 0.8),
    ],
)
def test_half_for_three_days_then_back_in_steps(day, slug, low, high):
    found = part_on(day)
    assert (found, found.low, found.high) == (part(slug), low, high)


def test_there_is_no_day_before_a_flare():
    with pytest.raises(ValueError, match="day -1"):
        part_on(-1)


@pytest.mark.parametrize("keys", [{"low": 0.8, "high": 0.5}, {"high": 1.5}, {"last_day": -1}])
def test_a_share_or_a_day_that_cannot_be_is_refused(keys):
    with pytest.raises(ValueError, match=r"share|last day"):
        Part("x", "x", "x.", ("x.",), "x?", **keys)


def test_there_is_a_template_for_every_working_category():
    suits = {category for each in PROGRAMMES for category in each.suits}
    assert suits == {
        *("oa", "gtp", "fai", "tight-front", "spine"),
        *("distress", "thr", "thr-anterior", "pregnancy"),
    }
    assert len(PROGRAMMES) == 8


@pytest.mark.parametrize("found", PROGRAMMES, ids=lambda found: found.slug)
def test_a_template_stays_within_the_dose_of_each_exercise_or_below(found):
    assert programme(found.slug) is found
    assert found.about_label.endswith(".") and found.note_label.endswith(".")
    for item in found.items:
        dose = exercise(item.slug).dose
        assert item.amount is None or 0 < item.amount <= dose.high
        assert item.sets is None or item.sets <= dose.sets
        assert not item.note or item.note_label.endswith(".")


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"slug": "hop"}, "no exercise is called “hop”"),
        ({"slug": "tremor-information"}, "is for reading only"),
        ({"slug": "bridge", "sets": 0}, "sets of “bridge” is 0"),
        ({"slug": "bridge", "amount": -1.0}, "amount of “bridge” is -1"),
    ],
)
def test_an_item_that_cannot_be_done_is_refused(item, said):
    with pytest.raises(ValueError, match=said):
        Item(**item)


def test_a_template_with_nothing_or_one_thing_twice_is_refused():
    for items in ((), (Item("bridge"), Item("bridge"))):
        with pytest.raises(ValueError, match="no exercise, or one of them twice"):
            Programme("x", "x", "x.", ("oa",), items)


def test_a_clinics_template_is_called_as_its_file(tmp_path, monkeypatch):
    monkeypatch.setenv("PSOAS_CONTENT", str(tmp_path))
    (tmp_path / "programmes").mkdir()
    path = tmp_path / "programmes" / "knees.toml"
    text = 'slug = "knees"\nname = "Knees"\nabout = "x."\nsuits = []\nck = true\n'
    text += 'items = [{ slug = "wall-sit" }]\n'
    path.write_text(text, encoding="utf-8")
    assert programmes.programmes.__wrapped__()[-1].slug == "knees"
    path.write_text(text.replace('"knees"', '"nees"'), encoding="utf-8")
    with pytest.raises(ContentError, match="Write “knees”, as the file is called"):
        programmes.read.__wrapped__("programmes/knees.toml")
