"""The library: 35 files, each with its fixed slug and code, and each of them whole."""

import re

import pytest

from psoas.content import exercises as library
from psoas.content.exercise import Exercise
from psoas.content.exercises import EXERCISES, exercise, from_document
from psoas.content.overlay import ContentError
from psoas.content.reader import brought_toml
from psoas.motion.range import look_at
from psoas.motion.reps import count


def words(text: str) -> list[str]:
    return text.split()


SLUGS = words(
    "half-kneeling-stretch thomas-stretch split-stance-stretch bound-angle figure-4 ninety-ninety "
    "chair-pigeon happy-baby childs-pose cat-cow pelvic-tilts constructive-rest bridge clamshell "
    "side-leg-raise standing-hip-extension standing-hip-abduction sit-to-stand step-up wall-sit "
    "supported-squat walking swimming gentle-yoga side-lying-rest back-lying-rest belly-breathing "
    "slow-breathing long-exhale muscle-relaxation body-scan spiral-imagery tremor-information "
    "expressive-writing self-massage"
)
# By code: low, high, sets and minutes, as the facts have them.
DOSES = {
    "E01": (30, 30, 2, 3), "E02": (30, 60, 2, 3), "E03": (20, 30, 2, 2), "E04": (30, 60, 2, 3),
    "E05": (30, 30, 2, 3), "E06": (6, 8, 1, 3), "E07": (30, 30, 2, 3), "E08": (20, 30, 2, 2),
    "E09": (30, 60, 2, 2), "E10": (6, 10, 1, 2), "E11": (8, 12, 1, 2), "E12": (5, 10, 1, 5),
    "E13": (8, 12, 2, 4), "E14": (10, 12, 2, 4), "E15": (8, 12, 2, 4), "E16": (10, 10, 2, 3),
    "E17": (8, 12, 2, 3), "E18": (8, 12, 2, 3), "E19": (8, 8, 2, 4), "E20": (10, 30, 3, 3),
    "E21": (8, 8, 1, 3), "E22": (5, 10, 1, 10), "E23": (10, 15, 1, 15), "E24": (10, 20, 1, 15),
    "E25": (0, 0, 1, 0), "E26": (5, 10, 1, 5), "E27": (5, 5, 1, 5), "E28": (5, 10, 1, 5),
    "E29": (10, 10, 1, 2), "E30": (10, 10, 1, 10), "E31": (3, 5, 1, 5), "E32": (3, 5, 1, 4),
    "E33": (0, 0, 0, 0), "E34": (15, 20, 1, 20), "E35": (1, 2, 2, 3),
}  # fmt: skip
MORNING_ONLY = words("E01 E03 E06 E10 E13 E14 E15 E16 E17 E18 E19 E20 E21")
EVENING_ONLY = words("E02 E04 E05 E08 E09 E12 E25 E26 E30 E31 E32")


def test_the_library_holds_25_exercises_and_10_practices():
    assert [each.code for each in EXERCISES] == [f"E{number:02}" for number in range(1, 36)]
    assert [each.slug for each in EXERCISES] == SLUGS
    practices = {each.code for each in EXERCISES if each.kind == "practice"}
    assert practices == {f"E{number}" for number in range(25, 35)}


@pytest.mark.parametrize("found", EXERCISES, ids=lambda found: found.slug)
def test_an_entry_is_found_by_code_and_by_slug(found):
    assert exercise(found.code) is exercise(found.slug) is found


def test_nothing_is_found_by_another_name():
    with pytest.raises(KeyError):
        exercise("E99")


def test_the_groups_stand_in_the_order_of_the_codes():
    assert library.groups()[:3] == ("stretch", "mobility", "rest")
    assert set(library.groups()) == {each.group for each in EXERCISES}


@pytest.mark.parametrize("found", EXERCISES, ids=lambda found: found.slug)
def test_an_entry_is_whole(found):
    assert found.label and not found.label.endswith(".")
    assert found.title[0].isupper() or found.title[0].isdigit()
    assert 3 <= len(found.steps) <= 5
    assert all(step[0].isupper() and step.endswith(".") for step in found.step_labels)
    spoken = [found.about_label, found.cue_label, found.careful_label, found.evidence.label]
    spoken += [*found.care_labels, *found.stop_labels, *(ban.label for ban in found.bans)]
    spoken += [ban.instead_label for ban in found.bans]
    spoken += [way.label for way in (*found.harder, *found.easier)]
    assert all(text.endswith(".") for text in spoken if text)
    assert all(len(text) <= 150 for text in (*found.steps, found.cue))
    assert not found.dose.times_label.endswith(".")


@pytest.mark.parametrize("found", EXERCISES, ids=lambda found: found.slug)
def test_no_pattern_of_the_facts_is_read_to_a_person(found):
    spoken = " ".join((*found.steps, found.cue, found.about, *found.care, *found.stop))
    assert not re.search(r"\b(hF|kF|hA|MVIC|NPRS|CK|E\d\d)\b|°", spoken)


@pytest.mark.parametrize("code", DOSES)
def test_a_dose_is_what_the_facts_say(code):
    dose = exercise(code).dose
    assert (dose.low, dose.high, dose.sets, dose.minutes) == DOSES[code]


def test_older_people_hold_longer_and_repeat_more():
    for found in EXERCISES:
        dose = found.dose
        if found.group == "stretch":
            assert dose.older == (30, 60)
        elif dose.older:
            assert (found.group, dose.kind, dose.older) == ("strength", "reps", (10, 15))
        if dose.kind == "reps" and found.group == "strength":
            assert "two or three days a week" in dose.times and "between" in dose.times


def test_morning_and_evening_are_as_the_lists_have_them():
    assert [e.code for e in EXERCISES if e.when == ("morning",)] == MORNING_ONLY
    assert [e.code for e in EXERCISES if e.when == ("evening",)] == EVENING_ONLY
    assert [e.code for e in EXERCISES if not e.when] == ["E23", "E33", "E34"]


def test_a_measured_effect_stands_with_its_number_and_what_was_not_tested():
    for code in ("E13", "E22"):
        found = exercise(code).evidence
        assert "−0.38" in found.text and "not tested" in found.text
        assert found.sources == ("Fransen 2014, Cochrane CD007912",)
    water = exercise("E23").evidence
    assert ("−0.31" in water.text, "1,190" in water.text, water.strength) == (True, True, "good")


def test_what_was_measured_in_the_laboratory_is_no_word_about_pain():
    for code in ("E14", "E15", "E19"):
        found = exercise(code).evidence
        assert found.strength == "weak" and "was not measured" in found.text


def test_where_nothing_was_found_it_is_said():
    for found in EXERCISES:
        if found.evidence.strength in ("none", "ck"):
            assert re.search(r"\b(not?|nothing)\b", found.evidence.text, re.I), found.slug
        if found.evidence.strength == "ck":
            assert found.evidence.ck


def test_only_tremor_is_off_by_itself_and_it_is_for_reading():
    found = exercise("tremor-information")
    assert [e.slug for e in EXERCISES if e.default_off or e.information] == [found.slug]
    assert (found.dose.kind, found.harder, found.easier, found.figure) == ("none", (), (), None)
    assert found.bans and found.care


def test_what_may_expose_or_flood_has_a_word_before_it():
    noted = {each.code for each in EXERCISES if each.careful}
    assert noted >= {"E08", "E31", "E32", "E33", "E34"}


def test_the_yoga_set_is_made_of_five_others():
    assert [exercise(slug).code for slug in exercise("E24").parts] == [
        *("E10", "E11", "E04", "E01", "E12")
    ]
    assert not any(each.parts for each in EXERCISES if each.code != "E24")


def only_look(code):
    (look,) = (each for each in exercise(code).looks if each.joint != "lean")
    return look


def test_what_a_camera_may_judge_is_what_the_facts_allow():
    side = words("E01 E03 E13 E15 E16 E18 E19 E20 E21 E22")
    assert [e.code for e in EXERCISES if e.camera == "side"] == side
    assert [e.code for e in EXERCISES if e.camera == "front"] == ["E04", "E17"]
    assert all(bool(e.looks) == (e.camera != "text only") for e in EXERCISES)


def test_a_bridge_of_168_passes_and_a_low_one_goes_a_little_higher():
    look = only_look("E13")
    assert look_at(look, 168).passes
    assert look_at(look, 150).words == "a little higher"


def test_a_hip_that_glides_too_little_is_told_to_glide_forward():
    look = only_look("E01")
    assert look_at(look, -12).passes
    assert look_at(look, -2).words == "glide a little forward"


def test_a_half_squat_passes_and_a_deep_one_comes_a_little_higher():
    seen = {"worked knee_flexion": 100.0, "worked hip_flexion": 92.0, "lean": 28.0}
    assert all(look_at(look, seen).passes for look in exercise("E21").looks)
    deep = {**seen, "worked hip_flexion": 118.0}
    assert "a little higher" in [look_at(look, deep).words for look in exercise("E21").looks]


def test_a_half_rise_from_a_chair_does_not_count():
    look = only_look("E18")
    assert look.count
    assert count([90, 60, 20, 0, 30, 90], look.low, look.high, look.tolerance) == 1
    assert count([90, 60, 40, 60, 90], look.low, look.high, look.tolerance) == 0


def test_no_look_calls_anything_wrong():
    for found in EXERCISES:
        for look in found.looks:
            assert "wrong" not in (look.below + look.above)
            assert look.tolerance <= (20 if found.camera == "front" else 15)


# ------------------------------------------------------------------------- bad files
def broken(path, value):
    """The bridge's file with one value put in somewhere."""
    document = brought_toml("exercises/bridge.toml")
    *way, last = path
    place = document
    for step in way:
        place = place[step]
    place[last] = value
    with pytest.raises(ContentError) as refused:
        from_document(document, "exercises/bridge.toml")
    return str(refused.value)


def test_an_impossible_angle_is_named_with_file_keyframe_joint_value_and_limits():
    said = broken(("figure", "keyframes", 0, "worked", "hip_flexion"), 170)
    assert said == (
        "exercises/bridge.toml, figure, keyframes “start”, worked: "
        "hip_flexion is 170: a body goes from -30 to 145. Correct the entry."
    )


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("figur",), {}, "key “figur”: is not a known key"),
        (("figure", "keyframes", 1, "wroked"), {}, "keyframes “end”, key “wroked”"),
        (("figure", "keyframes", 0, "lean"), float("nan"), "“start”, key “lean”: is nan"),
        (("bans", 0, "when"), "back-hurt", "bans “back-hurt”, key “when”: is 'back-hurt'"),
        (("dose", "low"), 20, "dose: the dose goes from 20 to 12"),
        (("dose", "sets"), 0, "low, sets and minutes of a dose are above 0"),
        (("dose", "kind"), "night", "counts nothing"),
        (("looks", 0, "joint"), "hip", "key “joint”: is 'hip'"),
        (("looks", 0, "low"), 190, "goes from 190 to 180"),
        (("looks", 0, "tolerance"), 0, "tolerance is above 0"),
        (("steps",), [], "there is no step"),
        (("equipment",), ["sofa"], "key “equipment”: is 'sofa'"),
        (("kind",), "exercise", "The folder exercises says it"),
        (("slug",), "brige", "Write “bridge”, as the file is called"),
        (("evidence", "strength"), "strong", "is 'strong'"),
    ],
)
def test_a_slip_in_a_file_is_refused_by_name(path, value, said):
    assert said in broken(path, value)


def test_two_bans_for_one_condition_are_refused():
    bans = brought_toml("exercises/bridge.toml")["bans"]
    assert "two bans are for “back-hurts”" in broken(("bans",), [*bans, bans[0]])


def test_a_picture_within_a_limit_that_nobody_keeps_is_refused():
    figure = brought_toml("exercises/bridge.toml")["figure"]
    limited = [{"when": ["fai"], "figure": figure}]
    assert "it is drawn for “fai”, and no ban with instead is" in broken(("limited",), limited)


# ------------------------------------------------------------------- a clinic's own
@pytest.fixture
def own(tmp_path, monkeypatch):
    def put(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    caches = (library.exercises, library._names, library._by_code, library.read)
    monkeypatch.setenv("PSOAS_CONTENT", str(tmp_path))
    for each in caches:
        each.cache_clear()
    yield put
    monkeypatch.undo()
    for each in caches:
        each.cache_clear()


MARCH = """
slug = "march"
code = "E36"
name = "marching on the spot"
group = "strength"
about = "Lifts one knee after the other."
steps = ["Stand tall.", "Lift one knee.", "Lift the other."]
cue = "One knee after the other."
side = "alternating"
dose = { kind = "reps", low = 8, high = 8, sets = 1, minutes = 1, times = "daily", ck = true }
evidence = { strength = "ck", text = "No trial was found.", ck = true }
"""


def test_a_clinic_adds_an_exercise_with_one_file(own):
    own("exercises/march.toml", MARCH)
    assert isinstance(exercise("E36"), Exercise)
    assert library.EXERCISES[-1].slug == "march"


def test_a_code_that_is_taken_is_refused_with_both_files(own):
    own("exercises/march.toml", MARCH.replace("E36", "E13"))
    with pytest.raises(ContentError, match=r"march\.toml.*is E13, as in exercises/bridge\.toml"):
        library.exercises()


def test_a_slug_stands_in_one_folder_only(own):
    own("practices/bridge.toml", MARCH)
    with pytest.raises(ContentError, match="is called the same"):
        library.exercises()
