import json

import pytest

from psoas.cli.main import main


def printed(capsys, *words):
    assert main(["routine", *words]) == 0
    return capsys.readouterr().out


def test_a_routine_as_json_has_items_and_minutes(capsys):
    words = ("--minutes", "5", "--when", "morning", "--profile", "tight-front", "--json")
    found = json.loads(printed(capsys, *words))
    assert found["minutes"] == 4.5
    assert [item["slug"] for item in found["items"]] == [
        "cat-cow",
        "half-kneeling-stretch",
        "bridge",
    ]
    assert found["items"][1]["hold_s"] == 30
    assert found["items"][2]["reps"] == 8


def test_every_item_has_the_keys_that_are_documented(capsys):
    words = ("--minutes", "10", "--when", "evening", "--profile", "tight-front", "--json")
    found = json.loads(printed(capsys, *words))
    assert found["minutes"] == 10
    for item in found["items"]:
        assert {"slug", "side", "sets", "minutes", "why"} <= set(item)
        assert ("hold_s" in item) != ("reps" in item)
        assert isinstance(item["why"], str) and item["why"]


def test_a_routine_as_text_says_why_and_what_was_left_out(capsys):
    words = ("--minutes", "7", "--profile", "tight-front", "--profile", "thr-anterior")
    told = printed(capsys, *words)
    assert "Left out:" in told
    assert "half-kneeling-stretch" in told.split("Left out:")[1]


def test_everything_a_profile_takes_out_is_told(capsys):
    found = json.loads(printed(capsys, "--profile", "gtp", "--json"))
    told = {each["slug"]: each["why"] for each in found["left_out"]}
    assert {"bound-angle", "figure-4", "ninety-ninety", "chair-pigeon", "happy-baby"} <= set(told)
    assert all(told.values())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--minutes", "0"), "--minutes 0: a routine takes 5, 7 or 10 minutes"),
        (("--minutes", "six"), "--minutes six"),
        (("--when", "noon"), "--when noon: there is no such time of day. Give morning or evening."),
        (("--profile", "knee"), "--profile knee: there is no such profile. Give one of pregnancy"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_give(capsys, words, said):
    assert main(["routine", *words]) == 2
    caught = capsys.readouterr()
    assert said in caught.err
    assert not caught.out
