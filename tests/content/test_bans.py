"""Who does not do what: the ban groups of the facts, exercise by exercise."""

from typing import get_args

import pytest

from psoas.content.exercise import Condition
from psoas.content.exercises import EXERCISES, exercise
from psoas.content.programmes import PROGRAMMES
from psoas.content.redflags import questions

HIP = {"E02", "E04", "E05", "E06", "E07", "E08", "E09", "E21"}
# By condition: the codes that are taken out whole.
OUT = {
    "thr": HIP | {"E33"},
    "thr-anterior": {"E01", "E03"},
    "gtp": {"E04", "E05", "E06", "E07", "E08"},
    "fai": HIP - {"E21"},
    "pregnancy": {"E02", "E05", "E08", "E09", "E12", "E13", "E26", "E33"},
    "pelvic-girdle-pain": {"E01", "E03", "E04", "E06", "E08", "E15", "E16", "E17", "E19", "E21"},
    "oa": set(),
    "tight-front": set(),
    "distress": {"E33"},
    "kneeling-hurts": {"E01", "E09"},
    "wrists-hurt": set(),
    "knee-hurts": {"E05", "E06", "E09"},
    "back-hurts": {"E02"},
    "unsteady": {"E02"},
    "lying-flat-is-hard": {"E02", "E05", "E08", "E13"},
    "prolapse": {"E08"},
    "blood-thinners": {"E35"},
    "blood-pressure": {"E20"},
    "no-twisting": {"E05", "E06", "E07"},
    "adductor-strain": {"E04", "E08"},
    "seizures": {"E23", "E33"},
    "open-wound": {"E23"},
}
# By condition: the codes that stay, within a limit that is said with them.
WITHIN = {
    "thr": {"E01", "E10", "E14", "E15", "E17", "E18", "E23", "E24", "E25", "E35"},
    "gtp": {"E14", "E15", "E16", "E17", "E19", "E21", "E22", "E25", "E35"},
    "fai": {"E01", "E10", "E18", "E20", "E21", "E23", "E24"},
    "thr-anterior": {"E15", "E16", "E22"},
    "oa": {"E04", "E05", "E06", "E07", "E08", "E09", "E21"},
    "wrists-hurt": {"E06", "E10"},
}


def told(condition, *, whole):
    return {
        each.code
        for each in EXERCISES
        for ban in each.bans
        if ban.when == condition and bool(ban.instead) != whole
    }


def test_every_condition_is_one_that_somebody_may_have():
    assert set(OUT) == set(get_args(Condition))


@pytest.mark.parametrize("condition", OUT)
def test_what_a_condition_takes_out(condition):
    assert told(condition, whole=True) == OUT[condition]


@pytest.mark.parametrize("condition", WITHIN)
def test_what_stays_within_a_limit(condition):
    assert told(condition, whole=False) == WITHIN[condition]


def test_every_condition_means_something():
    assert all(told(each, whole=True) | told(each, whole=False) for each in OUT)


def test_the_library_takes_out_at_least_what_the_safety_check_does():
    rules = {
        rule.slug: set(rule.bans)
        for question in questions().questions
        for rule in question.rules
        if question.slug == "RF16" and rule.bans
    }
    assert rules["precautions"] <= OUT["thr"]
    assert rules["anterior"] <= OUT["thr-anterior"]


def frames(found):
    return found.figure.keyframes if found.figure else ()


def legs(found):
    return [leg for frame in frames(found) for leg in (frame.worked, frame.other)]


def has_word_for(found, condition):
    return any(ban.when == condition for ban in found.bans)


# What no drawn position of somebody with a condition does: the furthest bend, the furthest back.
FURTHEST = {"thr": (90, -30), "fai": (90, -30), "thr-anterior": (90, -10), "gtp": (145, -30)}


@pytest.mark.parametrize("condition", FURTHEST)
def test_nobody_is_shown_a_picture_that_goes_past_their_limit(condition):
    most, least = FURTHEST[condition]
    out = OUT[condition] | (OUT["thr"] if condition == "thr-anterior" else set())
    conditions = {condition, "thr"} if condition == "thr-anterior" else {condition}
    for found in EXERCISES:
        if found.code in out:
            continue
        for leg in legs(found.within(conditions)):
            assert least <= leg.hip_flexion <= most, found.slug
            assert leg.hip_abduction >= 0 or condition not in ("thr", "gtp"), found.slug


def test_only_the_picture_is_another_within_a_limit():
    found = exercise("sit-to-stand")
    higher = found.within({"fai"})
    assert found.within(set()) is found
    assert (higher.code, higher.steps) == (found.code, found.steps)
    assert higher.figure != found.figure
    assert higher.within({"fai"}) == higher


@pytest.mark.parametrize("found", EXERCISES, ids=lambda found: found.slug)
def test_a_drawn_position_past_a_limit_has_a_word_for_it(found):
    if any(leg.hip_flexion > 90 for leg in legs(found)):
        assert has_word_for(found, "thr") and has_word_for(found, "fai")
    if any(leg.hip_abduction < 0 for leg in legs(found)):
        assert has_word_for(found, "gtp") and has_word_for(found, "thr")
    if any(leg.hip_flexion < -10 for leg in legs(found)):
        assert has_word_for(found, "thr-anterior") or has_word_for(found, "thr")
    if any(frame.base == "on the back" for frame in frames(found)):
        assert has_word_for(found, "pregnancy") and has_word_for(found, "lying-flat-is-hard")


def test_the_limits_of_the_outer_hip_are_said():
    instead = {
        code: next(ban.instead for ban in exercise(code).bans if ban.when == "gtp")
        for code in ("E14", "E15", "E17")
    }
    assert "pillow" in instead["E14"] and "a little" in instead["E14"]
    assert "level, not below" in instead["E15"]
    assert "not sway out" in instead["E17"]


def test_fists_and_a_higher_seat_are_said():
    assert "fists" in next(b.instead for b in exercise("E10").bans if b.when == "wrists-hurt")
    assert "high seat" in next(b.instead for b in exercise("E18").bans if b.when == "thr")
    assert "higher seat" in next(b.instead for b in exercise("E18").bans if b.when == "fai")
    assert "half squat" in next(b.instead for b in exercise("E21").bans if b.when == "fai")


def test_nothing_leads_to_what_the_same_condition_takes_out_without_leading_elsewhere():
    # An easier way that is closed to whoever needs it would be a dead end.
    for found in EXERCISES:
        for ban in found.bans:
            ways = [way.to for way in found.easier if way.to]
            if ban.instead and ways and len(ways) == len(found.easier):
                assert any(exercise(to).code not in OUT[ban.when] for to in ways), found.slug


@pytest.mark.parametrize("template", PROGRAMMES, ids=lambda template: template.slug)
def test_a_template_holds_nothing_that_its_own_people_do_not_do(template):
    for condition in template.suits:
        out = OUT.get(condition, set())
        assert [item.slug for item in template.items if exercise(item.slug).code in out] == []
    assert len(template.items) <= 5
