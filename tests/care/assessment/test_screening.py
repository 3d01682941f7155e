"""The gate's engine against the clinical facts, restated here by hand."""

import random

import pytest

from psoas.care.assessment.screening import decide, is_emergency_already, next_name
from psoas.care.assessment.walking import every_answer, night_walk, quiet
from psoas.content.question import DISPOSITIONS
from psoas.content.redflags import questions

SET = questions()
POSTERIOR = ("E02", "E04", "E05", "E06", "E07", "E08", "E09", "E21")
HIP = {"RF16.sudden": "no", "RF16.time": "later", "RF16.approach": "posterior"}

# What a plain yes to the question, with no to its further questions, must come to.
YES_ALONE = {
    "RF01": "E", "RF02": "E", "RF03": "E", "RF04": "E", "RF05": "E", "RF06": "S", "RF07": "E",
    "RF08": "S", "RF09": "E", "RF10": "S", "RF11": "E", "RF12": "C", "RF13": "S", "RF14": "S",
    "RF15": "C", "RF17": "G", "RF18": "C", "RF19": "M", "RF20": "C", "RF21": "C", "RF23": "C",
    "RF24": "G",
}  # fmt: skip
# What a further yes makes of it.
WORSE = {
    "RF01.fall": "S", "RF06.more": "E", "RF08.faint": "E", "RF10.breathless": "E",
    "RF12.severe": "S", "RF14.cannot-walk": "E", "RF16.sudden": "E", "RF19.sign": "S",
    "RF19.heavy": "E", "RF20.worse": "S", "RF21.bleeding": "E", "RF23.stuck": "E",
}  # fmt: skip
# Dangerous whatever the question before it was answered with.
BY_ITSELF = {
    "RF06.more", "RF08.faint", "RF10.breathless", "RF14.cannot-walk", "RF19.heavy",
    "RF21.bleeding", "RF23.stuck",
}  # fmt: skip
LOWER = {"E": "S", "S": "C", "C": "M", "M": "M", "G": "G"}


def answered(**given):
    answers = quiet(SET, age=given.pop("age", "18-64"))
    for name, value in given.items():
        slug, _dot, key = name.partition("_")
        if not key:
            answers[slug] = value
    for question in SET.questions:
        for follow_up in question.follow_ups:
            name = f"{question.slug}.{follow_up.key}"
            asked = f"{question.slug}_{follow_up.key.replace('-', '_')}"
            answers.pop(name, None)
            due = (
                answers[question.slug] != "no"
                if follow_up.after == "yes"
                else (answers[question.slug] == "no")
            )
            if due:
                answers[name] = given.get(asked, () if follow_up.kind == "features" else "no")
    return answers


def rank(disposition):
    return DISPOSITIONS.index(disposition)


def test_there_are_24_questions_and_each_has_a_source_or_says_that_it_has_none():
    assert [each.slug for each in sorted(SET.questions, key=lambda each: each.slug)] == [
        f"RF{number:02}" for number in range(1, 25)
    ]
    assert all(bool(each.sources) != (each.ck == "all") for each in SET.questions)


def test_what_can_be_an_emergency_is_asked_before_everything_else():
    can_be = ["E" in each.dispositions for each in SET.questions]
    assert can_be == sorted(can_be, reverse=True)
    assert [each.slug for each in SET.questions if each.night] == [
        f"RF{number:02}" for number in range(1, 12)
    ]
    assert {each.slug for each in SET.questions if each.again} == {
        f"RF{number:02}" for number in range(1, 15)
    }


@pytest.mark.parametrize(("slug", "expected"), YES_ALONE.items())
def test_a_yes_alone_comes_to_what_the_clinical_table_says(slug, expected):
    age = "16-17" if slug == "RF14" else "18-64"
    assert decide(SET, answered(age=age, **{slug: "yes"})).disposition == expected


@pytest.mark.parametrize(("name", "expected"), WORSE.items())
def test_a_further_yes_makes_it_what_the_clinical_table_says(name, expected):
    slug, _dot, key = name.partition(".")
    main = "no" if slug == "RF01" else "yes"
    given = {slug: main, f"{slug}_{key.replace('-', '_')}": "yes"}
    if slug == "RF16":
        given |= {"RF16_time": "later", "RF16_approach": "posterior"}
    age = "16-17" if slug == "RF14" else "18-64"
    assert decide(SET, answered(age=age, **given)).disposition == expected


@pytest.mark.parametrize("slug", sorted(YES_ALONE))
def test_not_sure_counts_one_step_lower_and_an_emergency_never_below_a_clinician_first(slug):
    if slug == "RF24":
        return
    yes = YES_ALONE[slug]
    age = "16-17" if slug == "RF14" else "18-64"
    found = decide(SET, answered(age=age, **{slug: "not sure"})).disposition
    if slug == "RF06":
        # Not an emergency alone, and an emergency question all the same.
        assert found == "C"
    else:
        assert found == LOWER[yes]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"RF04": "no", "RF05": "yes"}, "E"),
        ({"RF10": "yes", "RF10_breathless": "no"}, "S"),
        ({"RF13": "yes"}, "S"),
        ({"RF17": "yes", "RF17_features": ("waking", "buttock", "family", "psoriasis")}, "C"),
        ({"RF17": "yes", "RF17_features": ("waking", "buttock")}, "G"),
        ({"age": "16-17", "RF14": "yes", "RF14_cannot_walk": "yes"}, "E"),
        ({"RF21": "yes", "RF21_bleeding": "no"}, "C"),
        ({"RF19": "not sure"}, "M"),
        ({"RF22": "yes", "RF22_when": "now"}, "E"),
        ({"RF22": "yes", "RF22_when": "new"}, "S"),
        ({"RF22": "yes", "RF22_when": "stable"}, "C"),
        ({"RF22": "yes", "RF22_when": "not-sure"}, "S"),
        ({"RF22": "not sure", "RF22_when": "stable"}, "C"),
        ({"RF16": "yes", "RF16_time": "recent", "RF16_approach": "posterior"}, "C"),
        ({"RF16": "yes", "RF16_time": "later", "RF16_approach": "posterior"}, "M"),
        ({"RF16": "yes", "RF16_time": "not-sure", "RF16_approach": "posterior"}, "C"),
        ({"age": "under-16"}, "C"),
        ({"age": "16-17"}, "C"),
        ({}, "G"),
    ],
)
def test_the_published_vignettes_come_out_as_published(given, expected):
    assert decide(SET, answered(**given)).disposition == expected


def test_a_note_stands_beside_few_features_of_inflammation():
    few = decide(SET, answered(RF17="yes", RF17_features=("waking", "buttock")))
    three = decide(SET, answered(RF17="yes", RF17_features=("waking", "buttock", "family")))
    assert (few.disposition, [each.rule for each in few.notes]) == ("G", ["fewer"])
    assert (three.disposition, [each.rule for each in three.notes]) == ("G", ["three"])


def test_much_training_with_groin_pain_blocks_impact():
    assert "no-impact" in decide(SET, answered(RF13="yes")).limits


def test_a_replaced_hip_takes_exercises_out_by_how_it_was_operated_on():
    later = {"RF16": "yes", "RF16_time": "later"}
    posterior = decide(SET, answered(**later, RF16_approach="posterior"))
    anterior = decide(SET, answered(**later, RF16_approach="anterior"))
    unknown = decide(SET, answered(**later, RF16_approach="not-sure"))
    assert posterior.bans == POSTERIOR
    assert anterior.bans == unknown.bans == ("E01", *POSTERIOR[:1], "E03", *POSTERIOR[1:])
    assert all("flexion-90" in each.limits for each in (posterior, anterior, unknown))


def test_a_clinicians_yes_opens_a_clinician_first_and_never_an_emergency():
    thinner = answered(RF21="yes", RF21_bleeding="no")
    assert decide(SET, thinner, {"RF21": "C"}).disposition == "M"
    assert decide(SET, thinner, {"RF20": "C"}).disposition == "C"
    bleeding = answered(RF21="yes", RF21_bleeding="yes")
    assert decide(SET, bleeding, {"RF21": "S"}).disposition == "E"
    worse = answered(RF20="yes", RF20_worse="yes")
    assert decide(SET, worse, {"RF20": "C"}).disposition == "S"
    assert decide(SET, worse, {"RF20": "S"}).disposition == "M"


def test_a_clinicians_yes_keeps_the_limits_of_a_replaced_hip():
    recent = answered(RF16="yes", RF16_time="recent", RF16_approach="posterior")
    assert decide(SET, recent, {"RF16": "C"}).bans == POSTERIOR


def test_under_16_nothing_of_self_care_opens_whoever_says_yes():
    young = decide(SET, answered(age="under-16"), {"age": "S"})
    assert (young.self_care, young.disposition) == (False, "C")
    assert {slug for slug, word in young.doors.items() if word == "no"} == {
        "routine", "breath", "writing",
    }  # fmt: skip


def test_at_16_or_17_a_clinicians_yes_opens_the_routine():
    assert decide(SET, answered(age="16-17")).doors["routine"] == "no"
    assert decide(SET, answered(age="16-17"), {"age": "C"}).doors["routine"] == "with limits"


# The table of red-flags.md, restated.
TABLE = {
    "routine": dict(E="no", S="no", C="no", M="with limits", G="yes"),
    "breath": dict(E="no", S="after advice", C="yes", M="yes", G="yes"),
    "writing": dict(E="no", S="yes", C="yes", M="yes", G="yes"),
    "entry": dict(E="yes", S="yes", C="yes", M="yes", G="yes"),
    "reading": dict(E="yes", S="yes", C="yes", M="yes", G="yes"),
    "booking": dict(E="no", S="after advice", C="yes", M="yes", G="yes"),
}
STANDS_FOR = {
    "E": {"RF05": "yes"}, "S": {"RF13": "yes"}, "C": {"RF15": "yes"}, "M": {"RF19": "yes"}, "G": {},
}  # fmt: skip


@pytest.mark.parametrize("disposition", "ESCMG")
def test_every_door_does_what_the_one_table_says(disposition):
    found = decide(SET, answered(**STANDS_FOR[disposition]))
    assert found.disposition == disposition
    assert found.doors == {door: words[disposition] for door, words in TABLE.items()}


def test_what_was_not_answered_is_asked_and_counts_as_a_yes():
    assert next_name(SET, {}) == "age"
    assert next_name(SET, {}, "night") == "RF01"
    answers = answered(RF10="yes")
    del answers["RF10.breathless"]
    assert next_name(SET, answers) == "RF10.breathless"
    open_still = decide(SET, answers)
    assert (open_still.disposition, open_still.complete) == ("E", False)


def test_an_emergency_is_known_before_the_rest_is_answered():
    assert is_emergency_already(
        SET, {"age": "18-64", "RF01": "no", "RF01.fall": "no", "RF02": "yes"}
    )
    assert not is_emergency_already(SET, {"age": "18-64", "RF06": "yes"})
    assert not is_emergency_already(SET, {"age": "18-64", "RF02": "not sure"})


def oracle(answers):
    """The night set by hand: what a clinician reads from the table, not from the rule file."""
    levels = ["G"]
    for slug in ("RF01", "RF02", "RF03", "RF04", "RF05", "RF07", "RF09", "RF11"):
        levels.append({"yes": "E", "not sure": "S", "no": "G"}[answers[slug]])
    for slug in ("RF06", "RF08", "RF10"):
        # Whether it is worse was not answered, which counts as a yes, and in full.
        levels.append({"yes": "E", "not sure": "E", "no": "G"}[answers[slug]])
    if answers["RF01"] == "no":
        # So does the fall.
        levels.append("S")
    return max(levels, key=rank)


def test_over_the_whole_night_set_no_red_flag_is_missed():
    count = 0
    for answers in night_walk(SET):
        assert decide(SET, answers).disposition == oracle(answers), answers
        count += 1
    assert count == 3**11


def test_every_answer_to_every_question_keeps_the_highest_of_its_own_rules():
    base = answered()
    count = 0
    for question in SET.all:
        for given in every_answer(question):
            cleaned = {n: v for n, v in base.items() if n.partition(".")[0] != question.slug}
            found = decide(SET, {**cleaned, **given})
            assert found.complete
            top = max((each.disposition for each in found.reasons), key=rank, default="G")
            assert found.disposition == top
            count += 1
    assert count > 150


def random_answers(rng):
    answers = {"age": rng.choice(["under-16", "16-17", "18-64", "65-or-older"])}
    for question in SET.questions:
        answers |= rng.choice(CHOICES[question.slug])
    return answers


CHOICES = {each.slug: list(every_answer(each)) for each in SET.questions}


def expected_of(answers):
    """The highest of what each question says alone: the tables above, lowered by "not sure"."""
    levels = ["G", *of_the_tables(answers), *of_the_choices(answers)]
    if answers["RF01"] == "no" and answers["RF01.fall"] != "no":
        levels.append(lowered("S", answers["RF01.fall"], True))
    if answers["RF17"] != "no" and len(answers["RF17.features"]) >= 4:
        levels.append(lowered("C", answers["RF17"], False))
    if answers["age"] in {"under-16", "16-17"}:
        levels.append("C")
    return max(levels, key=rank)


def of_the_tables(answers):
    for slug, alone in YES_ALONE.items():
        if slug == "RF14" and answers["age"] not in {"under-16", "16-17"}:
            continue
        main = answers[slug]
        if slug == "RF24" or main == "no":
            continue
        emergency = SET.by_slug[slug].emergency
        yield lowered(alone, main, emergency)
        for name, then in WORSE.items():
            if name.startswith(f"{slug}.") and slug != "RF01" and answers[name] != "no":
                word = answers[name] if name in BY_ITSELF else weakest(main, answers[name])
                yield lowered(then, word, emergency)


def of_the_choices(answers):
    if answers["RF22"] != "no":
        then = {"now": "E", "new": "S", "not-sure": "S", "stable": "C"}[answers["RF22.when"]]
        # What happens now counts in full, however sure one is of what it is.
        yield then if then == "E" else lowered(then, answers["RF22"], True)
    if answers["RF16"] != "no":
        recent = answers["RF16.time"] != "later"
        yield lowered("C", answers["RF16"], False) if recent else "M"
        if answers["RF16.sudden"] != "no":
            yield lowered("E", answers["RF16.sudden"], False)


def weakest(*words):
    return "not sure" if "not sure" in words else "yes"


def lowered(then, word, emergency):
    if word == "yes" or then == "G":
        return then
    lower = LOWER[then]
    return max(lower, "C", key=rank) if emergency else lower


# benchmarks/gate.py walks 100,000 and prints what it counted.
def test_random_answer_sets_come_out_as_the_table_says():
    rng = random.Random(20261122)
    for _each in range(15_000):
        answers = random_answers(rng)
        assert decide(SET, answers).disposition == expected_of(answers), answers


def test_a_further_yes_never_lowers_the_decision():
    rng = random.Random(7)
    tried = 0
    for _each in range(700):
        answers = random_answers(rng)
        before = rank(decide(SET, answers).disposition)
        for name, value in list(answers.items()):
            if name == "RF24" or value not in ("no", "not sure"):
                continue
            after = rank(decide(SET, {**answers, name: "yes"}).disposition)
            assert after >= before, (name, answers)
            tried += 1
    assert tried > 10_000


@pytest.mark.parametrize("name", sorted(BY_ITSELF | {"RF16.sudden"}))
def test_a_sign_that_is_dangerous_by_itself_counts_in_full_after_a_not_sure(name):
    slug, _dot, key = name.partition(".")
    given = {slug: "not sure", f"{slug}_{key.replace('-', '_')}": "yes"}
    if slug == "RF16":
        given |= {"RF16_time": "later", "RF16_approach": "posterior"}
    age = "16-17" if slug == "RF14" else "18-64"
    assert decide(SET, answered(age=age, **given)).disposition == "E"


def test_two_reasons_are_told_the_higher_one_first():
    found = decide(SET, answered(RF15="yes", RF13="yes", RF05="yes"))
    assert [each.question for each in found.reasons] == ["RF05", "RF13", "RF15"]
