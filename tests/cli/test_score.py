"""`psoas score`: answers in, a score out, and a plain sentence where that cannot be."""

import json
import re
import subprocess
import sys

import pytest

from psoas.cli.main import main
from psoas.content.questionnaires import questionnaire, slugs


def run(capsys, *words):
    code = main(["score", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def scored(capsys, line):
    code, out, err = run(capsys, *line.split(), "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_mild_has_no_step(capsys):
    assert scored(capsys, "phq-9 1 1 2 2 1 0 1 0 0") == {
        "slug": "phq-9",
        "score": 8,
        "band": "mild",
        "steps": [],
        "missing": [],
    }


def test_the_ninth_answer_brings_the_suicide_step(capsys):
    found = scored(capsys, "phq-9 1 1 2 2 1 0 1 0 1")
    assert (found["score"], found["band"], found["steps"]) == (9, "mild", ["suicide-step"])


def test_a_band_is_told_in_the_words_it_was_published_in(capsys):
    found = scored(capsys, "phq-9 2 2 3 3 1 2 1 1 1")
    assert (found["score"], found["band"]) == (16, "moderately severe")


def test_the_option_may_stand_anywhere_among_the_answers(capsys):
    code, out, _err = run(capsys, "peg", "--json", 7, 8, 6)
    assert (code, json.loads(out)["score"]) == (0, 7)
    code, out, _err = run(capsys, "peg", 4, "--json", 7, 6)
    assert (code, json.loads(out)["score"]) == (0, 5.7)


def test_what_was_typed_over_several_lines_is_refused_on_one(capsys):
    code, _out, err = run(capsys, "nprs", "6\n7\x1b[2J")
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith("nprs, answer 1: 6?7?[2J is not taken.")


def test_it_is_told_in_utf_8_wherever_it_runs():
    words = [sys.executable, "-m", "psoas.cli.main", "score", "nprs", "4", "--before", "6"]
    plain = {"PATH": "", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*words, "--json"], env=plain, capture_output=True, check=True)
    assert json.loads(done.stdout.decode())["change"]["words"] == "better"


def test_a_dash_is_a_missing_answer_and_never_a_zero(capsys):
    found = scored(capsys, "phq-9 1 1 2 2 1 0 1 0 -")
    assert (found["score"], found["steps"], found["missing"]) == (None, ["suicide-step"], [9])
    assert scored(capsys, "hoos-ps 1 2 1 2 -")["score"] is None


def test_numbers_are_shown_with_one_decimal(capsys):
    assert scored(capsys, "peg 4 7 6")["score"] == 5.7
    assert scored(capsys, "phq-9 1 - 2 2 1 0 1 0 0")["score"] == 7.9


def test_sub_scales_and_the_direction_stand_beside_the_summary(capsys):
    found = scored(capsys, "hoos-12 2 2 1 3 1 1 2 - 3 4 3 2")
    assert found["score"] == 47.2
    assert found["parts"] == {"pain": 50, "function": 66.7, "qol": 25}
    assert (found["direction"], found["missing"]) == ("higher is better", [8])
    lost = scored(capsys, "hoos-12 2 - - - 1 1 2 2 3 4 3 2")
    assert (lost["score"], lost["parts"]["pain"]) == (None, None)


def test_hoos_ps_names_its_direction_and_the_other_one(capsys):
    found = scored(capsys, "hoos-ps 1 2 1 2 2")
    assert (found["score"], found["direction"]) == (69.6, "higher is better")
    assert "30.4" in found["note"]


@pytest.mark.parametrize(
    ("line", "band"),
    [("five-sit-to-stand 11.5 64", "below average"),
     ("five-sit-to-stand 11.4 --age 64", "not below"),
     ("five-sit-to-stand 11.4 64 --hands yes", "not completed"),
     ("five-sit-to-stand 11.4 --hands y", "not completed"),
     ("five-sit-to-stand 11.4", "no norm"),
     ("chair-stand-30 9 72 F", "below average"),
     ("chair-stand-30 12 --sex male --age 66", "not below"),
     ("chair-stand-30 12 --age 66 --sex m", "not below"),
     ("chair-stand-30 12 45 m", "no norm"),
     ("asq n n n n", "negative"),
     ("asq n - n n n", "positive"),
     ("asq y n n n y", "acute"),
     ("pc-ptsd-5 n", "negative"),
     ("pc-ptsd-5 y y y y n", "positive"),
     ("pc-ptsd-5 1 1 0 1 1 0", "possible")],
)  # fmt: skip
def test_age_sex_and_hands_may_stand_in_their_place_or_by_name(capsys, line, band):
    assert scored(capsys, line)["band"] == band


def test_missing_answers_are_named_by_the_place_where_they_were_typed(capsys):
    assert scored(capsys, "own-activities 3 - 2")["missing"] == [2]
    assert scored(capsys, "pc-ptsd-5 y - y y n")["missing"] == [2]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("phq-99 1", "There is no questionnaire called phq-99. There are nprs, peg,"),
        ("phq-9", "phq-9 needs its answers, one for each item in its order, such as: psoas score"),
        ("phq-9 1 1", "phq-9 takes 9 to 10 answers, and 2 came."),
        ("hoos-ps 1 2 1 2 2 2", "hoos-ps takes 5 answers, and 6 came."),
        ("phq-9 1 1 2 2 1 0 1 0 4", "phq-9, answer 9: 4 is not taken. It takes one of 0, 1, 2, 3"),
        ("phq-9 1 1 2 2 1 0 1 0 -1", "phq-9, answer 9: -1 is not taken."),
        ("nprs 6.5", "nprs, answer 1: 6.5 is not taken. It takes a whole number from 0 to 10"),
        ("sleep 8 --age 30", "sleep has no use for --age. Leave it out."),
        ("chair-stand-30 9 72 --age 71", "--age is given twice"),
        ("chair-stand-30 9 --age old", "chair-stand-30, answer 2: old is not taken."),
        ("nprs -inf", "nprs, answer 1: -inf is not taken."),
        ("peg 7 -1e1 6", "peg, answer 2: -1e1 is not taken."),
        ("nprs 6 --xml", "psoas score knows no --xml. Leave it out."),
        ("nprs 6 --before 11", "--before 11 is no score of nprs. Give a number from 0 to 10."),
        ("nprs 6 --before much", "--before much is no score of nprs."),
        ("asq n n n n --before 1", "asq has no total here to hold --before against."),
        ("hip-range 90 --before 1", "hip-range has no total here to hold --before against."),
    ],
)
def test_what_cannot_be_scored_is_refused_in_one_sentence(capsys, line, said):
    code, out, err = run(capsys, *line.split())
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("slug", slugs())
def test_every_questionnaire_is_told_with_its_sources_and_whose_it_is(capsys, slug):
    from psoas.content.questionnaires import questionnaire

    asked = questionnaire(slug)
    code, out, _err = run(capsys, slug, *asked.examples[0].answers.split())
    told = " ".join(out.split())
    assert code == 0
    assert asked.label in told
    assert ("one number, to be read with others" in told) is (slug not in ("asq", "hip-range"))
    assert all(source in told for source in asked.sources)
    assert asked.licence.notice_label in told
    assert max(map(len, out.splitlines())) <= 80


def test_the_range_of_the_hip_is_told_beside_what_was_found_in_others(capsys):
    code, out, _err = run(capsys, "hip-range", "120", "105", *"------", "40", "20", "-", "-")
    told = " ".join(out.split())
    assert code == 0 and told.startswith("Range of the hip: no score.")
    assert "Right hip: internal rotation is under 24 degrees." in told
    assert "internal rotation: 29.6 (adults of 20 to 60, lying on the back) [120 adults" in told
    assert (
        "abduction: 45 (textbook) [Textbook value; common clinical knowledge, no source found]"
        in told
    )


def test_what_follows_stands_above_the_number(capsys):
    _code, out, _err = run(capsys, "asq", "y", "n", "n", "n", "y")
    assert out.startswith("Emergency: call the emergency number now")
    assert "You do not have to deal with this alone." in " ".join(out.split())
    assert "ASQ: yes, now.\n" in out and "worse" not in out
    _code, out, _err = run(capsys, *["phq-9", "1", "1", "2", "2", "1", "0", "1", "0", "1"])
    assert out.index("questions about thoughts of suicide") < out.index("PHQ-9: 9, mild")


def test_an_earlier_score_brings_the_change(capsys):
    found = scored(capsys, "nprs 4 --before 6")["change"]
    assert (found["difference"], found["words"]) == (-2, "better")
    assert found["meanings"] == ["important", "much better"]
    _code, out, _err = run(capsys, "nprs", "4", "--before", "6")
    assert "It went from 6 to 4, for the better." in " ".join(out.split())
    assert scored(capsys, "own-activities 6 --before 4")["change"]["beyond_error"] is False
    assert scored(capsys, "own-activities 6 6 --before 4")["change"]["beyond_error"] is True


def test_it_needs_no_web_framework_and_reads_one_file_only():
    code = (
        "import sys; from psoas.cli.main import main; main('score phq-2 1 1'.split());"
        "from psoas.content import questionnaires;"
        "print(questionnaires._read.cache_info().currsize, 'django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "1 False"


def test_what_was_abridged_is_said_beside_every_score(capsys):
    found = scored(capsys, "pcl-5" + " 2" * 20)
    assert "Items 5, 7, 9 and 14 are abridged here" in found["note"]
    assert found["parts"] == {"b": 5, "c": 2, "d": 7, "e": 6}
    assert found["direction"] == "higher is worse"


def test_no_source_is_listed_again_as_a_bare_link(capsys):
    for slug in slugs():
        answers = questionnaire(slug).examples[0].answers.split()
        _code, out, _err = run(capsys, slug, *answers)
        listed = re.split(r"\n- ", out.split("\nSources\n")[1].split("\n\n")[0])
        texts = [" ".join(each.removeprefix("- ").split()) for each in listed]
        assert not [a for a in texts for b in texts if a != b and a in b], slug


def test_a_form_with_parts_says_in_which_order_its_answers_were_read(capsys):
    hoos = " ".join(run(capsys, "hoos", *["1"] * 40)[1].split())
    assert "in this order: Pain 1 to 10, Symptoms 11 to 15, Daily life 16 to 32" in hoos
    assert "The printed HOOS begins with symptoms; here its pain part comes first." in hoos
    assert "in this order: Pain 1 to 4" in run(capsys, "hoos-12", *["1"] * 12)[1]
    assert "in this order" not in run(capsys, "peg", 1, 2, 3)[1]
