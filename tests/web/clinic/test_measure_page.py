"""Measuring and typing in: on the right side, into the right record, and nothing lost."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from psoas.care.assessment import licences, replies
from psoas.care.assessment.models import Reply
from psoas.care.people.models import Person
from psoas.content.questionnaire import Part
from psoas.content.questionnaires import questionnaire
from psoas.web.clinic import typed
from psoas.web.clinic.printed import printed
from tests import cast
from tests.web.clinic.clinic_of import STRANGERS, cared_for, stranger
from tests.web.signing_in import as_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Person:
    cast.installation()
    return cast.mara()


@pytest.fixture
def ines(mara) -> Person:
    ines = cast.ines()
    cared_for(ines, mara, "questionnaires", "movement")
    return ines


def url(person: Person) -> str:
    return reverse("person-measure", args=[person.pk])


def offered(client, person: Person) -> dict[str, str]:
    """Names of what can be typed in, each with the address of its form."""
    context = client.get(url(person)).context
    rows = [*context["measured"], *context["on_paper"]]
    return {row["questionnaire"].slug: row["url"] for row in rows}


def sends(client, person: Person, slug: str, about=None, **typed: str):
    page = client.get(offered(client, about or person)[slug])
    named = {name.replace("_", "-"): value for name, value in typed.items()}
    hidden = {"person_token": page.context["token"], "form": page.context["code"]}
    return client.post(url(person), {**hidden, **named})


def latest(person: Person, slug: str):
    found = replies.finished(cast.viewer(person), slug, now=timezone.now())
    return found[-1] if found else None


def test_the_three_measures_are_offered_and_nothing_that_needs_a_licence(mara, ines) -> None:
    found = offered(as_staff(ines), mara)
    assert {"five-sit-to-stand", "chair-stand-30", "hip-range", "peg"} <= set(found)
    assert not {"hoos-12", "ihot-12", "tsk-11"} & set(found)


def test_no_address_says_what_is_typed_in(mara, ines) -> None:
    for slug, address in offered(as_staff(ines), mara).items():
        assert slug not in address
        assert re.search(r"\?form=[0-9a-f]{12}$", address)


def test_seconds_are_kept_for_the_person_with_who_typed_them_in(mara, ines) -> None:
    client = as_staff(ines)
    answer = sends(client, mara, "five-sit-to-stand", item_1="11,5", item_2="64", item_3="0")
    assert answer.status_code == 302
    reply = latest(mara, "five-sit-to-stand")
    assert reply.score.score == 11.5
    assert reply.entered_by == ines.pk
    page = client.get(answer["Location"]).content.decode()
    assert "Saved for Mara" in page
    assert "slower than average for the age" in page


def test_each_field_has_its_side_above_it_and_is_said_back_by_name(mara, ines) -> None:
    client = as_staff(ines)
    page = client.get(offered(client, mara)["hip-range"]).content.decode()
    assert "<legend>Flexion</legend>" in page
    assert 'for="item-1">Left<' in page
    assert 'for="item-2">Right<' in page
    answer = sends(client, mara, "hip-range", item_1="110", item_10="20")
    assert latest(mara, "hip-range").answers[:2] == (110.0, None)
    said = client.get(answer["Location"]).content.decode()
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td>', said)
    assert rows == [("Flexion", "110", "–"), ("Internal rotation", "–", "20")]
    assert '<th scope="col">Movement, degrees</th>' in said
    assert "Right hip: internal rotation is under 24 degrees." in said
    assert "guidelinecentral.com" in said


def test_reference_values_have_their_source_and_textbooks_are_called_so(mara, ines) -> None:
    client = as_staff(ines)
    page = client.get(offered(client, mara)["hip-range"]).content.decode()
    flexion = page.split(">Flexion<")[1].split(">Extension<")[0]
    assert "122.6, give or take 10.8" in flexion
    assert "J Physiol Anthropol 2016" in flexion
    assert flexion.count("From textbooks: common clinical knowledge, no source found.") == 1
    nothing = "psoas has no values of ordinary adults under 60 to compare with here."
    assert nothing in flexion
    assert nothing not in page.split(">Internal rotation<")[1]
    chair = client.get(offered(client, mara)["chair-stand-30"]).content.decode()
    assert "female, 60 to 64 years: below average under 12" in chair


def test_what_was_typed_stays_when_one_value_is_refused(mara, ines) -> None:
    answer = sends(as_staff(ines), mara, "hip-range", item_1="110", item_2="999")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="110"' in page
    assert 'value="999"' in page
    assert page.count("Flexion, right: a whole number from 0 to 170.") == 2
    assert "Question 2" not in page
    assert not Reply.objects.exists()


def test_an_age_alone_is_nothing_measured(mara, ines) -> None:
    answer = sends(as_staff(ines), mara, "chair-stand-30", item_2="70")
    assert answer.status_code == 422
    assert 'value="70"' in answer.content.decode()
    assert not Reply.objects.exists()


def test_an_empty_form_is_refused(mara, ines) -> None:
    answer = sends(as_staff(ines), mara, "hip-range")
    assert answer.status_code == 422
    assert "Nothing that was measured is typed in yet." in answer.content.decode()


def test_a_form_of_one_person_is_refused_on_anothers_page_and_shown_to_copy(mara, ines) -> None:
    tom = cast.tom()
    cared_for(ines, tom, "movement")
    client = as_staff(ines)
    answer = sends(client, tom, "hip-range", about=mara, item_1="87")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "This form was opened for somebody else" in page
    assert "87" in page
    # No form that would carry it into the wrong record with one tap.
    assert "person_token" not in page
    assert not Reply.objects.exists()


def test_a_form_without_whose_it_is_is_refused(mara, ines) -> None:
    client = as_staff(ines)
    page = client.get(offered(client, mara)["hip-range"])
    typed = {"form": page.context["code"], "item-1": "90"}
    for token in ("", mara.pk.hex, f"{mara.pk.hex}:forged"):
        answer = client.post(url(mara), {**typed, "person_token": token})
        assert answer.status_code == 409
    assert not Reply.objects.exists()


def test_a_token_of_another_clinician_opens_nothing(mara, ines) -> None:
    jonas = cast.jonas()
    cared_for(jonas, mara, "movement")
    token = as_staff(jonas).get(offered(as_staff(jonas), mara)["hip-range"]).context["token"]
    client = as_staff(ines)
    code = client.get(offered(client, mara)["hip-range"]).context["code"]
    typed = {"form": code, "item-1": "90", "person_token": token}
    assert client.post(url(mara), typed).status_code == 409


def test_a_restricted_one_is_typed_in_by_numbers_while_a_licence_stands(mara, ines) -> None:
    owner, now = cast.viewer(cast.olga()), timezone.now()
    licences.state(owner, "hoos-12", "Linden, Mapi 1234", now)
    client = as_staff(ines)
    page = client.get(offered(client, mara)["hoos-12"]).content.decode()
    assert "The texts of this one belong to its rights holder" in page
    assert "<legend>Quality of life 4 (Q4) <small>12 of 12</small></legend>" in page
    values = {f"item_{n}": v for n, v in enumerate("221311223432", 1)}
    assert sends(client, mara, "hoos-12", **values).status_code == 302
    assert latest(mara, "hoos-12").score.part("pain") == 50.0
    form = client.get(offered(client, mara)["hoos-12"]).context
    licences.withdraw(owner, "hoos-12", now)
    assert "hoos-12" not in offered(client, mara)
    late = {"person_token": form["token"], "form": form["code"], "item-1": "1"}
    assert client.post(url(mara), late).status_code == 404


def test_what_asks_how_somebody_feels_is_left_to_the_person(mara, ines) -> None:
    client = as_staff(ines)
    assert not {"phq-2", "phq-9", "gad-7", "pc-ptsd-5", "asq"} & set(offered(client, mara))
    assert "they answer it themselves" in client.get(url(mara)).content.decode()


def test_for_anyone_else_the_page_does_not_exist(mara, ines) -> None:
    hers = as_staff(ines)
    saved = sends(hers, mara, "hip-range", item_1="87")["Location"]
    form = hers.get(offered(hers, mara)["hip-range"]).context
    typed = {"person_token": form["token"], "form": form["code"], "item-1": "66"}
    for name in STRANGERS:
        client = stranger(name, mara)
        for answer in (client.get(url(mara)), client.get(saved), client.post(url(mara), typed)):
            assert answer.status_code == 404
            assert "<td>87</td>" not in answer.content.decode()
    assert Reply.objects.count() == 1


def test_where_a_clinic_gives_the_words_it_may_use_they_are_shown() -> None:
    bare = questionnaire("pss-4")
    worded = replace(bare, items=tuple(replace(each, ask="A word") for each in bare.items))
    found = typed.fields(worded, {"item-2": "3"}, {})
    assert [each.item.label for each in found] == ["A word"] * 4
    assert [choice.value for choice in found[1].choices if choice.chosen] == ["3"]
    assert [each.called for each in found] == [f"{n}. A word" for n in range(1, 5)]
    assert typed.fields(bare, {}, {})[1].called == "Item 2"


# The printed HOOS, from its first line to its last: what stands beside each line, and the answer.
ON_PAPER = [
    *((f"Symptoms {n} (S{n})", "4") for n in range(1, 6)),
    *((f"Pain {n} (P{n})", "0") for n in range(1, 11)),
    *((f"Daily life {n} (A{n})", "1") for n in range(1, 18)),
    *((f"Sport {n} (SP{n})", "3") for n in range(1, 5)),
    *((f"Quality of life {n} (Q{n})", "2") for n in range(1, 5)),
]


def licensed(slug: str) -> None:
    licences.state(cast.viewer(cast.olga()), slug, "Linden, Mapi 1234", timezone.now())


def by_label(page: str) -> dict[str, str]:
    """What is named beside each field, and the name it is sent under."""
    return dict(re.findall(r'<legend>([^<]+?) <small>.*?name="(item-\d+)"', page, re.S))


def unbroken(page) -> str:
    return str(page.content.decode().replace("\N{NO-BREAK SPACE}", " "))


def test_a_printed_form_is_typed_in_by_its_labels_from_top_to_bottom(mara, ines) -> None:
    licensed("hoos")
    client = as_staff(ines)
    page = client.get(offered(client, mara)["hoos"]).content.decode()
    fields = by_label(page)
    assert list(fields) == [label for label, _answer in ON_PAPER]
    assert re.findall(r"<h2>([^<]+)</h2>", page.split("<main")[1]) == [
        "Symptoms", "Pain", "Daily life", "Sport", "Quality of life",
    ]  # fmt: skip
    assert "The printed HOOS begins with symptoms, and so do the fields." in page
    values = {fields[label].replace("-", "_"): answer for label, answer in ON_PAPER}
    answer = sends(client, mara, "hoos", **values)
    score = latest(mara, "hoos").score
    assert [(part.slug, part.score) for part in score.parts] == [
        ("pain", 100.0), ("symptoms", 0.0), ("adl", 75.0), ("sport", 25.0), ("qol", 50.0),
    ]  # fmt: skip
    said = unbroken(client.get(answer["Location"]))
    assert "<dt>Symptoms</dt><dd><b>0</b> <small>S1: 4, S2: 4, S3: 4, S4: 4, S5: 4</small>" in said
    assert said.index("<dt>Symptoms</dt>") < said.index("<dt>Pain</dt><dd><b>100</b>")


@pytest.mark.parametrize("slug", ["hoos-12", "hagos", "hoos-ps", "ihot-12", "tsk-11", "pss-10"])
def test_every_form_without_words_says_in_which_order_it_is_typed_in(slug, mara, ines) -> None:
    licensed(slug)
    client = as_staff(ines)
    page = client.get(offered(client, mara)[slug]).content.decode()
    asked = questionnaire(slug)
    if not asked.parts:
        assert f"The fields are in the order of the items, 1 to {len(asked.items)}." in page
        return
    assert "Go by part and number, not by place" in page
    wanted = [
        f"{part.name} {n} ({asked.items[number - 1].slug.upper()})"
        for part in asked.parts
        for n, number in enumerate(part.items, 1)
    ]
    assert list(by_label(page)) == wanted


def test_a_refused_or_missing_answer_is_called_as_on_the_form(mara, ines) -> None:
    licensed("hoos")
    client = as_staff(ines)
    refused = sends(client, mara, "hoos", item_1="9").content.decode()
    assert "Pain 1 (P1): a whole number from 0 to 4." in refused
    saved = sends(client, mara, "hoos", item_11="2", item_12="1", item_13="1")
    said = unbroken(client.get(saved["Location"]))
    assert (
        "<dt>Symptoms</dt><dd><b>66.7</b> <small>S1: 2, S2: 1, S3: 1, S4: –, S5: –</small>" in said
    )
    assert "Missing: Pain 1 (P1)" in said
    assert "No score: something it needs is missing." in said
    some = {f"item_{n}": "1" for n in range(1, 40)}
    said = unbroken(client.get(sends(client, mara, "hoos", **some)["Location"]))
    assert "Missing: Quality of life 4 (Q4)" in said
    assert "No score" not in said


def test_a_clinics_own_file_with_other_parts_keeps_its_own_order() -> None:
    hoos = questionnaire("hoos")
    halves = (Part("a", "A", tuple(range(1, 21)), 1), Part("b", "B", tuple(range(21, 41)), 1))
    found = printed(replace(hoos, parts=halves, changes=(), errors=()))
    assert [each.item.number for each in found] == list(range(1, 41))
    # Not each item in one part: by numbers alone.
    loose = printed(replace(hoos, parts=halves[:1], changes=(), errors=()))
    assert {each.part for each in loose} == {None}


def test_what_was_saved_for_one_is_not_opened_on_anothers_page(mara, ines) -> None:
    tom = cast.tom()
    cared_for(ines, tom)
    client = as_staff(ines)
    saved = sends(client, mara, "hip-range", item_1="87")["Location"]
    assert client.get(saved.replace(str(mara.pk), str(tom.pk))).status_code == 404
    assert client.get(f"{url(mara)}?saved=nothing").status_code == 404


def test_two_taps_on_save_are_one_entry_and_a_correction_is_another(mara, ines) -> None:
    client = as_staff(ines)
    page = client.get(offered(client, mara)["five-sit-to-stand"])
    form = {"person_token": page.context["token"], "form": page.context["code"]}
    form["key"] = str(page.context["key"])
    once, twice = (client.post(url(mara), {**form, "item-1": "12.5"}) for _ in range(2))
    assert once["Location"] == twice["Location"]
    assert Reply.objects.count() == 1
    client.post(url(mara), {**form, "item-1": "21.5"})
    assert latest(mara, "five-sit-to-stand").answers[0] == 21.5
