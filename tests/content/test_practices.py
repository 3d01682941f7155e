"""What can be tested on oneself, and what never is."""

import dataclasses

import pytest

from psoas.content import practices
from psoas.content.practices import LIMITS, PRACTICES, limit_of, practices_for
from psoas.content.reader import ContentError, entries_of
from psoas.content.triggers import TRIGGERS


@pytest.mark.parametrize(
    ("trigger", "practice"),
    [
        ("long-sitting", "sitting-breaks"),
        ("poor-sleep", "no-screen-in-bed"),
        ("cold", "keeping-warm"),
    ],
)
def test_a_trigger_is_answered_by_what_is_closest_to_it(trigger, practice):
    assert practices_for(trigger)[0].slug == practice


@pytest.mark.parametrize("trigger", ["anniversary", "period", "crowds", "no-idea", "own-123"])
def test_what_nobody_can_switch_is_answered_by_nothing(trigger):
    assert practices_for(trigger) == ()


def test_every_practice_says_what_to_do_on_both_kinds_of_days():
    for each in PRACTICES:
        assert each.on.endswith(".") and each.off.endswith(".")
        assert each.on != each.off and each.with_line != each.without_line
        assert each.name[0].islower() and not each.name.endswith(".")


def test_no_practice_of_ours_is_one_that_we_would_refuse_as_somebodys_own():
    for each in PRACTICES:
        limit = limit_of(each.name, each.on)
        assert limit is None or limit.kind == "ask", each.slug


def test_a_practice_for_a_trigger_that_is_not_offered_is_refused():
    row = {**dataclasses.asdict(PRACTICES[0]), "triggers": ["long-siting"]}
    with pytest.raises(ContentError, match="no trigger is called long-siting"):
        entries_of({"practice": [row]}, "x.toml", "practice", practices.Practice)


def test_blocks_of_any_other_length_are_refused():
    row = {**dataclasses.asdict(PRACTICES[0]), "triggers": [], "block": 7}
    with pytest.raises(ContentError, match="Use one of"):
        entries_of({"practice": [row]}, "x.toml", "practice", practices.Practice)


@pytest.mark.parametrize(
    "wording",
    [
        "My evening Ibuprofen",
        "half a TABLET",
        "a pill",
        "new medication",
        "magnesium",
        "fasting until noon",
        "a glass of wine",
        "vitamin D",
        "weed",
        "not eating",
        "not eating until evening",
        "I don\u2019t eat",
        "skipping breakfast",
        "sleeping only four hours",
        "sleep 4 hours",
        "sleeping less",
        "an all nighter",
    ],
)
def test_medicines_and_what_harms_are_never_tested(wording):
    limit = limit_of(wording, "")
    assert limit and limit.kind == "never" and limit.said


@pytest.mark.parametrize(
    "wording",
    ["my walking frame", "walk without the Walking-Frame", "zimmer frame", "rollator", "a cane",
     "wheelchair", "no handrail", "my stick", "crutches"],
)  # fmt: skip
def test_aids_wait_for_a_clinicians_yes(wording):
    limit = limit_of("something", wording)
    assert limit and limit.kind == "agree" and limit.slug == "aid"


@pytest.mark.parametrize(
    "wording",
    ["my physio exercises", "the brace at night", "diet of rice", "heel lift", "keto", "no walking",
     "standing on one leg"],
)  # fmt: skip
def test_what_a_clinician_may_have_advised_is_asked_about(wording):
    limit = limit_of(wording)
    assert limit and limit.kind == "ask"


@pytest.mark.parametrize(
    "wording",
    [
        "tea at four",
        "phone and tablet in the kitchen",
        "a faster pace",
        "breakfast outside",
        "weeding the beds",
        "sleeping only on my back",
        "a hurricane film",
        "sticking to one bag",
    ],
)
def test_harmless_words_are_let_through_and_only_whole_words_count(wording):
    assert limit_of(wording) is None


def test_the_never_of_a_wording_comes_before_the_ask():
    limit = limit_of("stretch after the pill")
    assert limit and limit.kind == "never"


def test_the_end_of_one_field_and_the_start_of_the_next_are_no_words_together():
    assert limit_of("say no", "food outside") is None


def test_every_limit_has_a_sentence():
    assert all(limit.reason.endswith(".") for limit in LIMITS)


def test_the_labels_of_triggers_and_practices_are_never_the_same_word():
    assert not {each.name for each in PRACTICES} & {each.name for each in TRIGGERS}
