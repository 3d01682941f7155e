"""``psoas content``, and what happens to every verb when a clinic's own files cannot be used."""

import dataclasses
import json
import re
import tomllib
from importlib.resources import files

import pytest

from psoas.care.assessment.walking import night_walk
from psoas.cli import content_check, content_examples, content_walk
from psoas.cli.content_lists import KINDS
from psoas.cli.main import main
from psoas.content import redflags
from psoas.content.overlay import ContentError
from psoas.content.question import Condition, FollowUp, Rule
from psoas.content.questionnaires import from_document, questionnaire


def listed(capsys, kind):
    assert main(["content", "list", kind, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_listed_as_objects_with_a_slug_and_as_a_table(capsys, kind):
    rows = listed(capsys, kind)
    slugs = [row["slug"] for row in rows]
    assert rows and len(set(slugs)) == len(slugs)
    assert main(["content", "list", kind]) == 0
    heading, *lines = capsys.readouterr().out.splitlines()
    assert heading.split()[0] == "slug"
    assert [line.split()[0] for line in lines] == slugs


def test_the_red_flags_are_the_24_questions_with_what_each_can_lead_to(capsys):
    rows = {row["slug"]: row for row in listed(capsys, "redflags")}
    assert sorted(rows) == [f"RF{number:02}" for number in range(1, 25)]
    assert rows["RF04"]["dispositions"] == ["E"]
    assert rows["RF10"]["dispositions"] == ["E", "S"]
    assert rows["RF11"]["night"] and not rows["RF12"]["night"]
    assert rows["RF14"]["again"] and not rows["RF15"]["again"]
    assert all(row["sources"] or row["ck"] == "all" for row in rows.values())


def test_claims_carry_their_verdict_in_a_letter_and_in_words_and_their_sources(capsys):
    rows = listed(capsys, "claims")
    assert [row["slug"] for row in rows] == [f"C{number:02}" for number in range(1, 46)]
    assert {row["verdict"] for row in rows} == set("SPUN")
    assert all(isinstance(row["sources"], list) and row["words"] for row in rows)


def test_exercises_and_practices_are_the_two_halves_of_the_library(capsys):
    exercises, practices = listed(capsys, "exercises"), listed(capsys, "practices")
    assert (len(exercises), len(practices)) == (25, 10)
    assert {row["slug"] for row in practices if row["default_off"]} == {"tremor-information"}


def test_an_exercise_is_listed_with_who_does_not_do_it_and_how_strong_the_evidence_is(capsys):
    rows = {row["slug"]: row for row in listed(capsys, "exercises")}
    bans = {ban["when"]: ban["instead"] for ban in rows["clamshell"]["bans"]}
    assert "pillow" in bans["gtp"]
    assert rows["swimming"]["evidence"] == "good" and rows["swimming"]["sources"]
    assert rows["gentle-yoga"]["parts"][0] == "cat-cow"
    assert (rows["bridge"]["code"], rows["bridge"]["kind"]) == ("E13", "exercise")


def test_a_template_is_listed_with_its_exercises(capsys):
    rows = {row["slug"]: row for row in listed(capsys, "programmes")}
    assert [item["slug"] for item in rows["groin-pinch"]["items"]][:2] == [
        *("bridge", "side-leg-raise")
    ]


def test_countries_are_listed_in_small_letters_with_their_numbers(capsys):
    rows = {row["slug"]: row for row in listed(capsys, "crisis")}
    assert rows["gb"]["emergency"] == ["999", "112"]
    assert rows["gb"]["lines"][0]["phone"] == "116 123"
    assert "other" in rows


def test_a_kind_that_is_not_there_is_refused_in_one_sentence(capsys):
    assert main(["content", "list", "exercise"]) == 2
    assert capsys.readouterr().err == (
        "There is no kind “exercise”. The kinds are redflags, questionnaires, exercises, "
        "practices, programmes, claims, triggers, crisis.\n"
    )


def test_the_content_of_psoas_is_sound_and_every_rule_can_be_reached(capsys):
    assert main(["content", "check", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["problems"] == []
    assert all(kind["files"] and kind["entries"] for kind in found["kinds"])
    assert found["rules"][0] == found["rules"][1] > 40
    assert found["follow_ups"][0] == found["follow_ups"][1] > 10
    assert found["answer_sets"] > 800
    assert found["examples"] > 20


def test_the_check_is_told_as_a_short_table(capsys):
    assert main(["content", "check"]) == 0
    told = capsys.readouterr().out
    assert re.search(r"^redflags +1 +24 +0$", told, re.M)
    assert re.search(r"\d+ answer sets tried, (\d+) of \1 rules", told)


# ------------------------------------------------------------- rules that nothing leads to


def changed(slug, **keys):
    """The safety check with one question changed."""
    found = redflags.questions()
    return dataclasses.replace(
        found,
        questions=tuple(
            dataclasses.replace(each, **keys) if each.slug == slug else each
            for each in found.questions
        ),
    )


def test_a_rule_that_never_holds_is_named():
    # Whoever is asked whether they fell has said no.
    rule = Rule("both", ("RF01", "RF01.fall"), "E", "Never said.")
    question = redflags.questions().by_slug["RF01"]
    ways = content_walk.ways_through(changed("RF01", rules=(*question.rules, rule)))
    (problem,) = ways.problems
    assert (problem.file, problem.entry) == (
        "redflags/redflags.toml",
        "question “RF01”, rule “both”",
    )
    assert "never holds" in str(problem)
    assert ways.rules_reached == ways.rules - 1


def test_a_question_asked_at_no_age_is_named_with_what_hangs_on_it():
    ways = content_walk.ways_through(changed("RF05", ages=("12",)))
    assert [problem.entry for problem in ways.problems][0] == "question “RF05”"
    assert len(ways.problems) == 2


def test_a_follow_up_that_is_never_asked_is_named():
    question = redflags.questions().by_slug["RF05"]
    follow_ups = (*question.follow_ups, FollowUp("late", "When?", "no"))
    ways = content_walk.ways_through(changed("RF05", ages=("12",), follow_ups=follow_ups))
    assert "question “RF05”, follow-up “late”" in [problem.entry for problem in ways.problems]


def test_the_walk_over_all_combinations_finds_one_that_is_decided_too_low(monkeypatch):
    few = [each for each, _ in zip(night_walk(redflags.questions()), range(300), strict=False)]
    monkeypatch.setattr(content_walk, "night_walk", lambda questions: iter(few))
    assert content_walk.combinations(redflags.questions()) == (300, [])
    sound = content_walk._rank

    def deaf(questions, answers):
        yes = [name for name in ("RF10", "RF11") if answers.get(name) == "yes"]
        return 0 if len(yes) == 2 else sound(questions, answers)

    monkeypatch.setattr(content_walk, "_rank", deaf)
    count, problems = content_walk.combinations(redflags.questions())
    assert count == 300
    assert problems and "RF10 yes, RF11 yes" in problems[0].entry


def test_conditions_of_the_check_are_what_they_were_taken_for_here():
    assert Rule("x", ("RF01",), "E", "").conditions == (Condition("RF01", "yes", "yes"),)


# ------------------------------------------------------------- examples that come out otherwise


def unlike(monkeypatch, slug, **keys):
    found = questionnaire(slug)
    wrong = dataclasses.replace(found.examples[0], **keys)
    found = dataclasses.replace(found, examples=(wrong, *found.examples[1:]))
    monkeypatch.setattr(content_examples, "slugs", lambda: (slug,))
    monkeypatch.setattr(content_examples, "questionnaire", lambda _slug: found)
    count, problems = content_examples.examples_of_all()
    assert count == len(found.examples)
    return [(problem.key, problem.problem) for problem in problems]


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ({"score": "9.9"}, "score"),
        ({"score": "much"}, "score"),
        ({"score": "-"}, "score"),
        ({"band": "huge"}, "band"),
        ({"steps": ("emergency",)}, "steps"),
        ({"missing": (1,)}, "missing"),
        ({"parts": ("pain 1",)}, "parts"),
        ({"note": "no such words"}, "note"),
        ({"answers": "1 2"}, "answers"),
        ({"answers": "a b c"}, "answers"),
    ],
)
def test_an_example_that_comes_out_otherwise_is_named(monkeypatch, keys, key):
    assert [name for name, _said in unlike(monkeypatch, "peg", **keys)] == [key]


def test_a_file_that_lacks_what_its_rule_counts_on_is_named_and_stops_nothing(monkeypatch):
    found = dataclasses.replace(questionnaire("asq"), bands=())
    monkeypatch.setattr(content_examples, "slugs", lambda: ("asq",))
    monkeypatch.setattr(content_examples, "questionnaire", lambda _slug: found)
    _count, problems = content_examples.examples_of_all()
    assert "nothing its rule can use" in str(problems[0])


def test_an_example_that_comes_out_as_it_says_is_no_problem(monkeypatch):
    assert unlike(monkeypatch, "peg") == []


def test_a_rule_of_scoring_that_is_not_there_is_named_by_the_file():
    text = brought("questionnaires/peg.toml").replace('scorer = "mean"', 'scorer = "guess"')
    with pytest.raises(ContentError, match="key “scorer”: is 'guess'. Use one of .*“phq-9”"):
        from_document(tomllib.loads(text), "peg.toml")


def test_a_questionnaire_without_a_worked_example_is_named(monkeypatch):
    found = dataclasses.replace(questionnaire("peg"), examples=())
    monkeypatch.setattr(content_examples, "slugs", lambda: ("peg",))
    monkeypatch.setattr(content_examples, "questionnaire", lambda _slug: found)
    _count, (problem,) = content_examples.examples_of_all()
    assert (problem.file, problem.key) == ("questionnaires/peg.toml", "examples")


def test_a_problem_counts_in_the_row_of_its_file():
    found = content_check.everything()
    (kind,) = [each for each in found.kinds if each.name == "questionnaires"]
    problem = ContentError("questionnaires/peg.toml", "", "scorer", "is x", "No")
    wrong = dataclasses.replace(found, problems=(problem,))
    rows = {row["kind"]: row["problems"] for row in wrong.facts()["kinds"]}
    assert {name for name, count in rows.items() if count} == {kind.name}
    assert str(problem) in wrong.told()


# ------------------------------------------------------------- a clinic's own files


def brought(name):
    return files("psoas.content").joinpath(name).read_text(encoding="utf-8")


@pytest.fixture
def own(nothing, tmp_path):
    """psoas with a folder of the clinic's own files; put one in by its name."""
    folder = tmp_path / "own"
    folder.mkdir()
    nothing.settings["PSOAS_CONTENT"] = str(folder)

    def put(name, text):
        path = folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
        return path

    nothing.put = put
    return nothing


def test_an_own_trigger_is_listed_and_the_check_says_where_own_files_are(own):
    more = '\n[[trigger]]\nslug = "treadmill"\nname = "treadmill"\ngroup = "Body"\n'
    path = own.put("triggers.toml", brought("triggers.toml") + more)
    listing = own.run("content", "list", "triggers", "--json")
    assert json.loads(listing.stdout)[-1]["slug"] == "treadmill"
    checked = own.run("content", "check")
    assert checked.returncode == 0, checked.stdout
    assert f"Your own files: {path.parent} (1)" in checked.stdout


def test_every_problem_of_every_file_is_told_at_once(own):
    triggers = brought("triggers.toml").replace('slug = "cold"', 'slug = "kold"')
    own.put("triggers.toml", triggers)
    squat = brought("exercises/supported-squat.toml").replace('code = "E21"', 'code = "E99"')
    own.put("exercises/supported-squat.toml", squat)
    crisis = brought("crisis.toml").replace('code = "other"', 'code = "XX"')
    own.put("crisis.toml", crisis.replace("emergency = []", 'emergency = ["112"]'))
    own.put("emotions.toml", brought("emotions.toml").replace("\nenergy", "\nenrgy", 2))
    own.put("questionnaires/texts/hos-12.toml", 'item = ["a"]\n')
    sheet = brought("questionnaires/peg.toml").replace('score = "7.0"', 'score = "9.9"')
    own.put("questionnaires/peg.toml", sheet)
    own.put("redflags/redflags.toml", brought("redflags/redflags.toml").replace(
        'slug = "writing"', 'slug = "riting"'))  # fmt: skip
    answer = own.run("content", "check", "--json")
    assert (answer.returncode, answer.stderr) == (1, "")
    problems = json.loads(answer.stdout)["problems"]
    places = {(each["file"], each["entry"]) for each in problems}
    assert places == {
        ("triggers.toml", "trigger “cold”"),
        ("practices_to_test.toml", "practice “keeping-warm”"),
        ("practices_to_test.toml", "practice “evening-warmth”"),
        ("exercises/supported-squat.toml", ""),
        ("crisis.toml", ""),
        ("emotions.toml", "emotion “calm”"),
        ("emotions.toml", "emotion “content”"),
        ("questionnaires/texts/hos-12.toml", ""),
        ("questionnaires/peg.toml", "example 1 (7 8 6)"),
        ("redflags/redflags.toml", "door “riting”"),
        ("redflags/redflags.toml", "door “writing”"),
        ("redflags/redflags.toml", "question “RF16”, rule “precautions”"),
    }


NO_FOLDER = "/gone: there is no such folder. Correct PSOAS_CONTENT or make the folder.\n"


def test_a_folder_that_is_not_there_is_refused_by_a_verb_that_comes_upon_it(real):
    answer = real.run("doctor", PSOAS_CONTENT="/gone")
    assert (answer.returncode, answer.stdout, answer.stderr) == (2, "", NO_FOLDER)


def test_a_folder_that_is_not_there_is_refused_by_the_check(capsys, monkeypatch):
    monkeypatch.setenv("PSOAS_CONTENT", "/gone")
    assert main(["content", "check"]) == 2
    assert capsys.readouterr() == ("", NO_FOLDER)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("trigers.toml", "", "Call it triggers.toml, or take it out."),
        (
            "claims.toml",
            brought("claims.toml").replace("C45", "C46"),
            "claim “C45”: is gone, and people's records may hold it.",
        ),
        (
            "redflags/redflags.toml",
            brought("redflags/redflags.toml")
            .replace("version = 1\n", "version = 2\n")
            .replace('when = ["RF05"], then = "E"', 'when = ["RF05"], then = "C"'),
            "question “RF05”: “RF05 not sure” comes to C, and to S by psoas.",
        ),
    ],
    ids=["a misspelt name", "an entry gone", "an emergency lowered"],
)
def test_psoas_does_not_start_with_half_of_its_content(own, name, text, said):
    path = own.put(name, text)
    answer = own.run("serve")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith(str(path))
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr
    # Refused before anything is made and before it listens.
    assert own.files() == {}


def test_more_than_one_problem_is_counted_behind_the_first(own):
    own.put("helped.toml", "[[helped]]\nslug = 'walk'\n[[helped]]\nslug = 'heat'\n")
    answer = own.run("serve")
    assert re.search(r" \d+ more: psoas content check names them all\.\n$", answer.stderr)
