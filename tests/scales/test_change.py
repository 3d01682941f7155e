"""What a change means is said with what it rests on, and never more than is known."""

import pytest

from psoas.content.questionnaires import questionnaire, questionnaires
from psoas.scales.change import _weigh, change, since
from psoas.scales.scoring import score
from psoas.scales.typed import read

ONE_NUMBER = "It is one number, to be read with others."


def step(slug, before, after):
    found = questionnaire(slug)
    old, new = (score(found, read(found, words.split()).answers) for words in (before, after))
    return change(found, old, new)


def all_of(value, count):
    return " ".join([str(value)] * count)


@pytest.mark.parametrize(
    ("before", "after", "percent", "words", "meanings"),
    [
        (6, 4, -33.3, "better", ("important", "much better")),
        (8, 6, -25, "better", ("important",)),
        (4, 3, -25, "better", ("important",)),
        (3, 4, 33.3, "worse", ()),
        (3, 5, 66.7, "worse", ("important",)),
        (9, 6, -33.3, "better", ("important", "much better")),
        (10, 7, -30, "better", ("important",)),
        (2, 1, -50, "better", ("important",)),
        (0, 1, None, "worse", ()),
        (0, 2, None, "worse", ("important",)),
        (5, 5, 0, "no change that means something", ()),
    ],
)
def test_pain_is_much_better_only_by_points_and_by_percent(before, after, percent, words, meanings):
    found = step("nprs", str(before), str(after))
    assert found.difference == after - before
    assert found.percent == (None if percent is None else pytest.approx(percent, abs=0.05))
    assert (found.words, found.meanings) == (words, meanings)
    assert ONE_NUMBER in found.sentence


@pytest.mark.parametrize(("before", "points"), [(3, "1 point"), (6, "2 points"), (9, "3 to 4")])
def test_what_was_found_in_back_pain_depends_on_the_beginning_and_decides_nothing(before, points):
    (note,) = step("nprs", str(before), str(before)).notes
    assert points in note
    assert step("nprs", str(before), str(before)).meanings == ()


def test_peg_fell_by_a_third():
    found = questionnaire("peg")
    fallen = since(found, 7.0, score(found, [4.0, 5.0, 5.0]))
    assert fallen.percent == pytest.approx(-100 / 3)
    assert "important" in fallen.meanings and fallen.words == "better"


def test_peg_from_7_to_4_7_is_a_fall_by_32_9_percent_and_means_something():
    found = questionnaire("peg")
    fallen = _weigh(found, 7.0, 4.7, "", "")
    assert fallen.percent == pytest.approx(-32.857, abs=0.001)
    assert "important" in fallen.meanings


def test_peg_between_the_two_values_that_were_found_says_so():
    found = step("peg", "7 8 6", "4 7 6")
    assert found.meanings == ("perhaps important",)
    assert "lower of the values" in found.sentence


def test_two_points_are_real_for_an_average_of_activities_and_not_for_one():
    several = step("own-activities", "3 5 2", "6 7 4")
    assert several.difference == pytest.approx(7 / 3)
    assert (several.words, several.beyond_error) == ("better", True)
    one = step("own-activities", "4", "6")
    assert (one.words, one.beyond_error) == ("no change that means something", False)
    assert step("own-activities", "4", "7").beyond_error is True


def test_only_activities_of_both_dates_are_averaged():
    found = step("own-activities", "3 5 2", "6 - 4")
    assert found.difference == pytest.approx(2.5)
    assert step("own-activities", "3 - -", "5 9 9").beyond_error is False
    assert step("own-activities", "3 -", "- 5").difference is None


@pytest.mark.parametrize(
    ("before", "after", "meanings"),
    [("2 2 2 2 2 1 0 0 0", "2 2 2 2 1 0 0 0 0", ("important",)),
     ("1 1 1 1 1 1 0 0 0", "1 1 1 1 0 0 0 0 0", ()),
     ("3 3 3 3 3 1 0 0 0", "3 3 3 3 0 0 0 0 0", ()),
     ("3 3 3 3 3 1 0 0 0", "3 3 3 2 0 0 0 0 0", ("important",)),
     ("1 1 1 1 1 1 0 0 0", "1 0 0 0 0 0 0 0 0", ("important",)),
     ("3 3 3 3 2 0 0 0 0", "3 3 3 3 0 0 0 0 0", ("important",)),
     ("3 3 3 1 0 0 0 0 0", "3 3 2 0 0 0 0 0 0", ("important",)),
     ("3 3 3 0 0 0 0 0 0", "3 3 1 0 0 0 0 0 0", ())],
)  # fmt: skip
def test_mood_changes_by_less_where_it_was_moderate(before, after, meanings):
    assert step("phq-9", before, after).meanings == meanings


def test_a_size_without_a_source_says_that_it_has_none():
    assert "no source was found" in step("phq-9", "1 1 1 1 1 1 0 0 0", "1" + " 0" * 8).sentence
    assert "People who changed as much" in step("nprs", "8", "6").sentence


def test_fourteen_points_of_ihot_matter_and_63_is_a_state_most_accept():
    found = step("ihot-12", all_of(42, 12), all_of(56, 12))
    assert (found.difference, found.words, found.meanings) == (14, "better", ("important",))
    assert step("ihot-12", all_of(42, 12), all_of(55.9, 12)).meanings == ()
    passed = step("ihot-12", all_of(45, 12), all_of(63, 12))
    assert passed.meanings == ("important", "much better")
    assert "a state that most call acceptable" in passed.sentence


def test_hagos_says_both_that_it_matters_and_that_it_may_be_error():
    found = step(
        "hagos",
        " ".join(["-"] * 32 + ["2", "2", "2", "2", "2"]),
        " ".join(["-"] * 32 + ["2", "2", "2", "1", "1"]),
    )
    parts = {slug: part for slug, _name, part in found.parts}
    assert parts["qol"].difference == 10
    assert parts["qol"].meanings == ("perhaps important",)
    assert (parts["qol"].beyond_error, parts["qol"].words) == (False, "not known")
    assert "though nothing changed" in parts["qol"].sentence
    assert found.difference is None and parts["pain"].difference is None


def test_hagos_twelve_points_are_more_than_the_smallest_important_and_less_than_error():
    found = _weigh(questionnaire("hagos"), 50.0, 62.0, "pain", "pain")
    assert (found.meanings, found.beyond_error) == (("perhaps important",), False)
    assert _weigh(questionnaire("hagos"), 50.0, 75.0, "pain", "pain").beyond_error is None
    assert _weigh(questionnaire("hagos"), 50.0, 85.0, "pain", "pain").beyond_error is True


def test_hoos_knows_sizes_for_daily_life_and_sport_only():
    low = " ".join(["2"] * 40)
    high = " ".join(["2"] * 15 + ["1"] * 3 + ["2"] * 14 + ["1"] * 2 + ["2"] * 2 + ["1"] * 4)
    parts = {slug: part for slug, _name, part in step("hoos", low, high).parts}
    assert (parts["adl"].words, parts["adl"].meanings) == ("better", ("important",))
    assert parts["sport"].words == "no change that means something"
    assert parts["qol"].words == "not known"
    assert "not known here" in parts["qol"].sentence


def test_tsk_11_moves_beyond_error_from_16_percent_of_the_largest_total_on():
    assert step("tsk-11", all_of(3, 11), " ".join(["3"] * 4 + ["2"] * 7)).beyond_error is False
    found = step("tsk-11", all_of(3, 11), " ".join(["3"] * 3 + ["2"] * 8))
    assert (found.words, found.beyond_error, found.ck) == ("better", True, True)


@pytest.mark.parametrize(
    ("after", "words", "beyond"),
    [("14", "no change that means something", False), ("12.6", "not known", False),
     ("11", "better", None), ("10.8", "better", True)],
)  # fmt: skip
def test_standing_up_can_matter_and_still_be_error(after, words, beyond):
    found = step("five-sit-to-stand", "15 66", f"{after} 66")
    assert (found.words, found.beyond_error) == (words, beyond)


def test_pcl_5_is_real_from_5_and_matters_from_10():
    base = all_of(2, 20)
    for fewer, real, matters in ((4, False, False), (5, True, False), (10, True, True)):
        found = step("pcl-5", base, " ".join(["1"] * fewer + ["2"] * (20 - fewer)))
        assert found.beyond_error is real
        assert ("important" in found.meanings) is matters
        assert (found.words == "better") is matters


@pytest.mark.parametrize("found", questionnaires(), ids=lambda found: found.slug)
def test_where_nothing_is_known_nothing_is_claimed(found):
    if found.changes or found.errors or found.slug in ("hip-range", "hagos", "hoos"):
        return
    low, high = (score(found, [item.range[end] for item in found.items]) for end in (0, 1))
    whole = change(found, low, high)
    assert whole.words in ("not known", "no change that means something")
    assert whole.meanings == () and whole.beyond_error is None


@pytest.mark.parametrize("found", questionnaires(), ids=lambda found: found.slug)
def test_nothing_to_compare_is_said_and_not_guessed(found):
    nothing = score(found, [None] * len(found.items))
    if nothing.score is not None:
        return
    compared = change(found, nothing, nothing)
    assert (compared.difference, compared.words) == (None, "not known")
    assert "not two numbers" in compared.sentence


def test_since_a_number_the_band_is_named_where_the_number_alone_tells_it():
    mood, chair = questionnaire("phq-9"), questionnaire("five-sit-to-stand")
    mild = score(mood, [1, 1, 2, 2, 1, 0, 1, 0, 0])
    assert "It is now in the range “mild”." in since(mood, 12, mild).sentence
    assert "range" not in since(mood, 9, mild).sentence
    assert "range" not in since(chair, 15, score(chair, [10, 66])).sentence


def test_one_score_alone_is_not_compared():
    found = questionnaire("peg")
    there, nothing = score(found, [4, 4, 4]), score(found, [4, 4, None])
    for one, other in ((there, nothing), (nothing, there)):
        assert change(found, one, other).difference is None


def test_scores_of_two_questionnaires_are_not_compared():
    one, other = questionnaire("sleep"), questionnaire("activity-days")
    with pytest.raises(ValueError, match="not both sleep"):
        change(one, score(one, [1]), score(other, [1]))
