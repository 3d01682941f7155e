"""The word lists: what is offered, and that every string of it keeps the copy rules."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from psoas.content import crisis, emotions, helped, hindered, language, reader, triggers
from psoas.content.overlay import names_of_psoas

FORBIDDEN = re.compile(
    r"\b(store[ds]?|trapped|release[ds]? trauma|detox\w*|uncover\w*|bad posture|streaks?"
    r"|failures?|in your head|must|should)\b|!",
    re.IGNORECASE,
)
# Questionnaires are the words of others, copied exactly; their own tests look at ours in them.
FILES = sorted(name for name in names_of_psoas() if not name.startswith("questionnaires/"))
# What a clinician should look at may be called so; the person is never told what they should do.
OF_CLINICIANS = re.compile(r"(clinician|hip|who) should\b")


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            # What a source is called is not ours to word.
            if key not in ("source", "sources"):
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


@pytest.mark.parametrize("name", FILES)
def test_no_string_of_a_content_file_breaks_the_copy_rules(name):
    spoken = [OF_CLINICIANS.sub("", text) for text in texts(reader.read_toml(name))]
    assert [text for text in spoken if FORBIDDEN.search(text)] == []


@pytest.mark.parametrize("word", ["stored", "trapped", "Detox", "release trauma", "Well done!"])
def test_the_copy_lint_can_fail(word):
    assert FORBIDDEN.search(f"a {word}")


def test_only_the_two_remarks_are_not_exposures():
    assert {t.slug for t in triggers.TRIGGERS if not t.exposure} == {
        "flare-after-exercise",
        "no-idea",
    }


def test_every_promised_trigger_is_offered():
    promised = (
        "long-sitting long-standing stairs heavy-lift new-activity flare-after-exercise poor-sleep "
        "deadline conflict money caring loneliness bad-news anniversary crowds medical-appointment "
        "alcohol cold period illness travel no-idea"
    )
    assert {t.slug for t in triggers.TRIGGERS} == set(promised.split())
    assert triggers.trigger("caring").label == "caring for someone"


def test_every_promised_answer_of_helped_and_hindered_is_offered():
    assert [h.slug for h in helped.HELPED] == (
        [
            "walk",
            "heat",
            "rest",
            "stretch",
            "breathing",
            "talk",
            "laughter",
            "sleep",
            "medicine",
            "physio",
            "swim",
            "pacing",
        ]
    )
    assert [h.slug for h in hindered.HINDERED] == (
        ["walking", "stairs", "sitting", "sleep", "sport", "work", "sex"]
    )


def test_the_24_feelings_stand_in_three_families_of_eight():
    families = [emotion.family for emotion in emotions.EMOTIONS]
    assert families == ["pleasant"] * 8 + ["low"] * 8 + ["stirred"] * 8


def test_no_two_feelings_of_a_family_are_drawn_as_one_word():
    assert len({emotion.name for emotion in emotions.EMOTIONS}) == 24


def test_a_label_is_in_the_readers_language():
    language.use(language.Translator(str.upper, lambda one, many, n: one))
    try:
        assert emotions.emotion("sad").label == "SAD"
        assert triggers.trigger("cold").group_label == "BODY"
        assert helped.helped("heat").label == "HEAT"
        assert hindered.hindered("work").label == "WORK"
        assert crisis.country("IE").label == "IRELAND"
    finally:
        language.use(language.Translator(language._same, language._same_plural))


@pytest.mark.parametrize("code", ["ZA", "GB", "IE", "US", "CA", "AU", "EU", "other"])
def test_every_country_of_the_list_has_a_line(code):
    found = crisis.country(code)
    assert found.code == code
    assert all(line.phone or line.text or line.web for line in found.lines)


def test_a_member_state_gets_the_common_numbers_and_ireland_its_own():
    assert crisis.country("de").code == "EU"
    assert crisis.country("ie").code == "IE"


def test_a_country_that_is_not_listed_gets_somewhere_to_turn():
    found = crisis.country("XX")
    assert found.code == "other"
    assert found.lines[0].web.startswith("https://")


@pytest.mark.parametrize("found", crisis.COUNTRIES, ids=lambda found: found.code)
def test_every_country_says_when_it_was_looked_at_and_that_the_owner_confirms_it(found):
    assert found.verified_on <= date(2026, 11, 22)
    assert "owner" in found.notice and "us" in found.notice
    assert found.source
    assert set(found.unsourced) <= set(found.emergency) | {line.phone for line in found.lines}


@pytest.mark.parametrize("found", crisis.COUNTRIES, ids=lambda found: found.code)
def test_every_number_can_be_tapped(found):
    for line in found.lines:
        assert line.tel.isdigit() or not line.phone
        assert line.text_number.isdigit() or not line.text
        assert bool(line.text) == bool(line.text_number)
    assert all(number.isdigit() for number in found.emergency)
