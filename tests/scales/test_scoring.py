"""Every questionnaire is scored as its authors say, and nothing is scored that may not be."""

import itertools
import random
from typing import get_args

import pytest

from psoas.content.questionnaire import Scorer
from psoas.content.questionnaires import questionnaire, questionnaires
from psoas.scales.rounding import half_up
from psoas.scales.scoring import RULES, AnswersRefused, score
from psoas.scales.span import span
from psoas.scales.typed import read

EXAMPLES = [
    pytest.param(found, example, id=f"{found.slug} {example.answers}")
    for found in questionnaires()
    for example in found.examples
]


def scored(slug, words):
    found = questionnaire(slug)
    return score(found, read(found, words.split()).answers)


def refusal(slug, answers):
    with pytest.raises(AnswersRefused) as refused:
        if isinstance(answers, str):
            scored(slug, answers)
        else:
            score(questionnaire(slug), answers)
    return str(refused.value)


def shown(value):
    return None if value is None else half_up(value)


def number(text):
    return None if text == "-" else float(text)


def as_part(text):
    slug, _space, value = text.partition(" ")
    return slug, number(value)


@pytest.mark.parametrize(("found", "example"), EXAMPLES)
def test_every_worked_example_comes_out_as_it_was_worked_out(found, example):
    typed = read(found, example.answers.split())
    result = score(found, typed.answers)
    assert shown(result.score) == number(example.score)
    assert (result.band or "") == example.band
    assert result.steps == example.steps
    assert typed.places(result.missing) == example.missing
    assert example.note in result.note
    if example.parts:
        parts = [(part.slug, shown(part.score)) for part in result.parts]
        assert parts == [as_part(text) for text in example.parts]


@pytest.mark.parametrize("found", questionnaires(), ids=lambda found: found.slug)
def test_every_questionnaire_has_examples_one_of_them_with_a_missing_answer(found):
    assert len(found.examples) >= 2
    assert found.slug == "hip-range" or any("-" in one.answers.split() for one in found.examples)


def test_every_rule_a_file_may_name_is_there():
    assert set(RULES) == set(get_args(Scorer))
    assert {found.scorer for found in questionnaires()} == set(RULES)


@pytest.mark.parametrize("answers", list(itertools.product(range(4), repeat=2)))
def test_the_ninth_answer_decides_alone_on_the_suicide_step(answers):
    first, ninth = answers
    result = score(questionnaire("phq-9"), [first, *[0] * 7, ninth])
    assert ("suicide-step" in result.steps) is (ninth > 0)


def test_a_missing_ninth_answer_opens_the_suicide_step_and_is_never_filled_in():
    result = scored("phq-9", "0 0 0 0 0 0 0 0 -")
    assert (result.score, result.steps, result.missing) == (None, ("suicide-step",), (9,))


def test_two_missing_answers_are_filled_in_and_three_are_not():
    assert scored("phq-9", "1 - - 1 1 1 1 1 1").score == 9
    assert scored("phq-9", "3 - 2 2 1 0 1 0 0").score == pytest.approx(9 * 9 / 8)
    assert scored("phq-9", "1 - - - 1 1 1 1 0").score is None


def test_what_has_to_follow_follows_although_there_is_no_score():
    assert scored("phq-9", "3 3 3 3 3 3 3 - -").steps == ("suicide-step", "clinician-this-week")
    assert scored("gad-7", "3 3 3 3 3 - -").steps == ("clinician-this-week",)
    assert scored("phq-2", "2 -").steps == ("phq-9",)
    assert scored("pc-ptsd-5", "y y y y y -").steps == ("trauma-information", "referral")
    assert scored("gad-7", "3 3 3 3 2 - -").steps == ()


@pytest.mark.parametrize(("sevens", "band"), [(4, "minimal"), (5, "mild"), (9, "mild")])
def test_a_band_begins_at_its_own_lowest_score(sevens, band):
    answers = [min(3, max(0, sevens - 3 * place)) for place in range(8)]
    assert score(questionnaire("phq-9"), [*answers, 0]).band == band


def test_every_sum_of_the_mood_questionnaires_has_its_band():
    edges = {
        "phq-9": (9, {"minimal": 5, "mild": 5, "moderate": 5, "moderately-severe": 5, "severe": 8}),
        "gad-7": (7, {"minimal": 5, "mild": 5, "moderate": 5, "severe": 7}),
    }
    for slug, (items, sizes) in edges.items():
        bands = [band for band, size in sizes.items() for _one in range(size)]
        for total, band in enumerate(bands):
            answers = [min(3, max(0, total - 3 * place)) for place in range(items)]
            assert score(questionnaire(slug), answers).band == band


@pytest.mark.parametrize("answers", list(itertools.product((None, 0, 1), repeat=5)))
def test_silence_is_never_taken_as_no_in_the_suicide_step(answers):
    result = score(questionnaire("asq"), answers)
    filled = [1 if answer is None else answer for answer in answers[:4]]
    if answers[4] == 1 or (any(filled) and answers[4] is None):
        assert (result.band, result.steps) == ("acute", ("emergency",))
    elif any(filled):
        assert (result.band, result.steps) == ("positive", ("same-day",))
    else:
        assert (result.band, result.steps, result.score) == ("negative", (), 0)


def test_more_yes_never_lowers_what_follows_in_the_suicide_step():
    order = ("negative", "positive", "acute").index
    for answers in itertools.product((0, 1), repeat=5):
        band = order(str(score(questionnaire("asq"), answers).band))
        for place in range(5):
            more = [1 if at == place else answer for at, answer in enumerate(answers)]
            assert order(str(score(questionnaire("asq"), more).band)) >= band


def test_no_such_event_ends_the_questions_about_it():
    for words in ("n", "n - - - - -", "0 0 0 0 0 0"):
        result = scored("pc-ptsd-5", words)
        assert (result.score, result.band, result.missing) == (0, "negative", ())
    assert "Correct one of them" in refusal("pc-ptsd-5", "n y n n n n")


def test_five_answers_about_an_event_mean_that_there_was_one():
    assert scored("pc-ptsd-5", "y y y y n").score == 4
    assert scored("pc-ptsd-5", "y y y y y n") == scored("pc-ptsd-5", "y y y y n")


def test_between_the_cut_offs_of_pcl_5_it_says_so():
    result = scored("pcl-5", " ".join(["2"] * 15 + ["1"] + ["0"] * 4))
    assert (result.score, result.band) == (31, "discrepant")
    assert scored("pcl-5", " ".join(["2"] * 15 + ["0"] * 5)).band == "negative"
    assert scored("pcl-5", " ".join(["2"] * 16 + ["1"] + ["0"] * 3)).note == ""
    assert "Cut-offs from 31 to 33" in result.note
    assert "Cut-offs from" not in scored("pcl-5", " ".join(["2"] * 20)).note


@pytest.mark.parametrize("total", range(21))
def test_hoos_ps_does_not_depend_on_which_item_has_what(total):
    chance = random.Random(total)
    answers = [0] * 5
    while sum(answers) < total:
        place = chance.randrange(5)
        answers[place] = min(4, answers[place] + 1)
    ordered = [min(4, max(0, total - 4 * place)) for place in range(5)]
    assert score(questionnaire("hoos-ps"), answers).score == (
        score(questionnaire("hoos-ps"), ordered).score
    )


def test_reversed_items_count_from_the_other_end():
    assert score(questionnaire("pss-4"), [0, 4, 4, 0]).score == 0
    assert score(questionnaire("pss-4"), [4, 0, 0, 4]).score == 16
    assert score(questionnaire("pss-10"), [0, 0, 0, 4, 4, 0, 4, 4, 0, 0]).score == 0


def test_the_unscored_items_count_nothing():
    plain = scored("phq-9", "1 1 2 2 1 0 1 0 0")
    assert scored("phq-9", "1 1 2 2 1 0 1 0 0 3").score == plain.score
    assert scored("nprs", "4 9 9").score == 4


def test_words_of_a_text_item_count_nothing_and_make_its_number_missing():
    found = questionnaire("own-activities")
    result = score(found, ["stairs", 3, "the bus", None, None, None])
    assert (result.score, result.missing) == (3, (4,))
    assert score(found, ["stairs", 3]).missing == ()
    assert score(found, ["stairs", 3, "", None]).missing == ()
    assert score(found, ["stairs", None]).score is None


@pytest.mark.parametrize(
    ("left", "right", "remarks"),
    [((23, 120), (40, 120), 1), ((24, 120), (24, 120), 0), ((25, 105), (40, 120), 1),
     ((26, 105), (40, 120), 0), ((25, 106), (40, 120), 0), ((20, 100), (35, 115), 2)],
)  # fmt: skip
def test_a_remark_on_the_range_of_the_hip_keeps_to_its_limits(left, right, remarks):
    found = questionnaire("hip-range")
    known = {"left-internal-rotation": left[0], "right-internal-rotation": right[0]}
    known |= {"left-flexion": left[1], "right-flexion": right[1]}
    result = score(found, [known.get(item.slug) for item in found.items])
    assert result.note.count("Left hip:") == remarks
    assert "Right hip:" not in result.note
    assert (result.score, result.band, result.steps) == (None, None, ())
    assert ("decides nothing" in result.note) is bool(remarks)


@pytest.mark.parametrize(
    ("answers", "band"),
    [("12.6 70", "not-below"), ("12.7 79", "below-average"), ("14.8 80", "not-below"),
     ("14.9 89", "below-average"), ("30 90", "no-norm"), ("30 59", "no-norm")],
)  # fmt: skip
def test_the_clock_is_held_against_the_age(answers, band):
    assert scored("five-sit-to-stand", answers).band == band


def test_falls_are_named_from_65_years_and_15_seconds_on():
    assert "55%" in scored("five-sit-to-stand", "15 65").note
    assert scored("five-sit-to-stand", "14.9 65").note == ""
    assert scored("five-sit-to-stand", "15 64").note == ""


def test_every_age_and_sex_of_the_chair_stand_has_its_own_limit():
    limits = {60: (14, 12), 65: (12, 11), 70: (12, 10), 75: (11, 10), 80: (10, 9), 85: (8, 8)}
    for age, both in (limits | {90: (7, 4)}).items():
        for sex, limit in zip(("male", "female"), both, strict=True):
            for years in (age, age + 4):
                assert scored("chair-stand-30", f"{limit} {years} {sex}").band == "not-below"
                below = scored("chair-stand-30", f"{limit - 1} {years} {sex}")
                assert below.band == "below-average"


@pytest.mark.parametrize(
    ("slug", "answers", "said"),
    [
        ("phq-9", "1 1", "phq-9 takes 9 to 10 answers, and 2 came."),
        ("phq-2", "1 1 1", "phq-2 takes 2 answers, and 3 came."),
        ("phq-9", "1 1 2 2 1 0 1 0 4", "phq-9, answer 9: 4 is not taken. It takes one of 0, 1, 2"),
        ("phq-9", "1 1 2 2 1 0 1 0 0.5", "answer 9: 0.5 is not taken."),
        ("nprs", "11", "nprs, answer 1: 11 is not taken. It takes a whole number from 0 to 10"),
        ("nprs", "6.5", "6.5 is not taken. It takes a whole number"),
        ("nprs", "-1", "-1 is not taken"),
        ("nprs", "nan", "nan is not taken"),
        ("nprs", "1e1", "1e1 is not taken"),
        ("nprs", "six", "six is not taken"),
        ("activity-days", "8", "8 is not taken. It takes a whole number from 0 to 7"),
        ("ihot-12", "101" + " 50" * 11, "It takes a number from 0 to 100"),
        ("asq", "maybe n n n", "It takes yes or no (or 1 or 0), or - if it is missing."),
        ("own-activities", "3 11", "own-activities, answer 2: 11 is not taken"),
        ("pc-ptsd-5", "y y z n n", "pc-ptsd-5, answer 3: z is not taken"),
        ("chair-stand-30", "9 72 x", "chair-stand-30, answer 3: x is not taken"),
        ("nprs", [float("inf")], "is not taken"),
        ("nprs", ["6"], "is not taken"),
    ],
)
def test_a_bad_answer_is_refused_with_what_where_and_what_to_do(slug, answers, said):
    assert said in refusal(slug, answers)


def test_typed_words_are_read_generously():
    assert scored("ihot-12", "62,5" + " 62.5" * 11).score == 62.5
    assert scored("asq", "No NO n 0").band == "negative"
    assert scored("chair-stand-30", "9 72 F") == scored("chair-stand-30", "9 72 female")


@pytest.mark.parametrize("found", questionnaires(), ids=lambda found: found.slug)
def test_no_answers_at_all_are_a_null_score_and_never_a_zero(found):
    if found.slug == "asq":
        return
    result = score(found, [None] * len(found.items))
    assert result.score is None
    assert all(part.score is None for part in result.parts)
    required = {item.number for item in found.counted if item.required}
    assert set(result.missing) >= required - {1 if found.slug == "pc-ptsd-5" else 0}


@pytest.mark.parametrize("found", questionnaires(), ids=lambda found: found.slug)
def test_a_score_lies_in_its_span_whatever_is_answered(found):
    chance = random.Random(found.slug)
    ends = span(found)
    for _round in range(60):
        answers = [_any(item, chance) for item in found.items]
        try:
            result = score(found, answers)
        except AnswersRefused:
            assert found.slug == "pc-ptsd-5" and answers[0] == 0
            continue
        for value in (result.score, *(part.score for part in result.parts)):
            if value is not None:
                assert ends is not None and ends[0] <= value <= ends[1]
        assert result.answers == tuple(
            None if item.kind == "text" else answer
            for item, answer in zip(found.items, answers, strict=True)
        )


def _any(item, chance):
    if chance.random() < 0.1:
        return None
    if item.kind == "text":
        return "words"
    if item.options:
        return chance.choice(item.options).value
    low, high = item.range
    return float(chance.randint(int(low), int(high)))
