"""The library: 35 files, each with its fixed slug and code, and each of them whole."""

import pytest

from psoas.content.exercises import EXERCISES, exercise


def test_the_library_holds_25_exercises_and_10_practices():
    assert [each.code for each in EXERCISES] == [f"E{number:02}" for number in range(1, 36)]
    practices = {each.code for each in EXERCISES if each.kind == "practice"}
    assert practices == {f"E{number}" for number in range(25, 35)}


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("E01", "half-kneeling-stretch"),
        ("E02", "thomas-stretch"),
        ("E21", "supported-squat"),
        ("E25", "side-lying-rest"),
        ("E34", "expressive-writing"),
        ("E35", "self-massage"),
    ],
)
def test_an_entry_is_found_by_code_and_by_slug(code, slug):
    assert exercise(code) is exercise(slug)
    assert (exercise(code).slug, exercise(slug).code) == (slug, code)


def test_only_tremor_is_off_by_itself():
    assert [each.slug for each in EXERCISES if each.default_off] == ["tremor-information"]


@pytest.mark.parametrize("found", EXERCISES, ids=lambda found: found.slug)
def test_a_name_stands_inside_a_sentence(found):
    assert found.label and not found.label.endswith(".")
    assert found.title[0].isupper() or found.title[0].isdigit()
