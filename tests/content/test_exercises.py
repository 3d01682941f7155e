"""The register: every exercise and practice has its fixed slug and code, and nothing half done."""

import dataclasses

import pytest

from psoas.content.exercises import EXERCISES, exercise


def test_the_register_holds_25_exercises_and_10_practices():
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


def test_an_entry_carries_a_name_and_nothing_that_would_be_half_an_exercise():
    fields = {field.name for field in dataclasses.fields(EXERCISES[0])}
    assert fields == {"slug", "code", "name", "kind", "default_off"}
    assert all(each.label and not each.label.endswith(".") for each in EXERCISES)
