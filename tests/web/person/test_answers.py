"""The answers: sentences first, what is not sure said calmly, and nothing claimed too early."""

import re
from datetime import date, timedelta
from unittest import mock

import pytest
from django.urls import reverse

from psoas.care.journal import notebook
from psoas.care.journal.insights import insight
from psoas.care.journal.models import Decision, Entry, KeptPage
from psoas.care.people.models import Person
from psoas.diary.answers.answer import Level
from psoas.web.person import answers as answers_page
from tests import cast
from tests.care.journal.diary_of import write_days
from tests.cast import NOW
from tests.web.person.journal_of import at_nine, note, page, tells
from tests.web.signing_in import as_

__all__ = ["at_nine"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]
ANSWERS, WORDS = reverse("answers"), reverse("answers-words")
TODAY = date(2026, 4, 14)
LONG_AGO = TODAY - timedelta(days=130)


def guess(person: Person, *keys: str, on: date = LONG_AGO) -> None:
    now = NOW - (TODAY - on)
    chosen = [(key, False) for key in keys]
    notebook.name_suspects(cast.viewer(person), chosen, now=now)


def with_answers(days: int = 130, **how: object) -> Person:
    mara = cast.mara()
    write_days(mara, TODAY - timedelta(days=days), days, **how)  # type: ignore[arg-type]
    guess(mara, "conflict")
    return mara


def cards(text: str) -> list[str]:
    return re.findall(r"<article.*?</article>", text, re.DOTALL)


def test_before_the_first_entry_there_is_one_thing_to_do():
    text = page(cast.mara(), ANSWERS)
    assert f'href="{reverse("entry-new")}"' in text
    assert "<b>0</b> of at least 28 days so far." in text
    assert f'href="{WORDS}"' in text
    assert f'href="{reverse("me-suspects")}"' in text
    assert "<article" not in text


def test_too_early_says_how_far_it_is_and_the_day_to_come():
    mara = cast.mara()
    write_days(mara, TODAY - timedelta(days=19), 19)
    text = page(mara, ANSWERS)
    assert "<b>19</b> of at least 28 days so far." in text
    assert "Nothing to read here yet." in text
    assert "Your next answer day is 10 May 2026." in text
    assert not cards(text)
    assert not Decision.objects.exists()


def test_days_enough_but_no_answer_day_yet_claims_nothing():
    mara = cast.mara()
    write_days(mara, TODAY - timedelta(days=40), 40)
    text = page(mara, ANSWERS)
    assert "<b>40</b> days so far." in text
    assert not cards(text)


def test_too_few_days_with_a_number_by_the_first_answer_day_stays_too_early():
    mara = cast.mara()
    write_days(mara, TODAY - timedelta(days=60), 20)
    guess(mara, "conflict")
    text = page(mara, ANSWERS)
    assert "<b>20</b> of at least 28 days so far." in text
    assert not cards(text)


def test_a_found_answer_stands_first_with_its_number_its_picture_and_its_day():
    text = page(with_answers(), ANSWERS)
    first = cards(text)[0]
    assert re.search(r"The day after “conflict”, pain was <b>\d(\.\d)? higher</b> \(", first)
    assert "beyond trend, weekday and carried-over pain" in first
    assert "Found on" in first
    assert 'role="img"' in first
    assert "Your guess" in first
    assert re.search(r"badge-clay.*?</svg>\s*Found<", first, re.DOTALL)
    assert "Your next answer day is" in text
    assert text.index("<article") < text.index('id="effects-heading"')


def test_no_picture_and_no_table_asks_to_test_anything(monkeypatch):
    mara = with_answers(cause="alcohol", others=("stairs",))
    _all_become(monkeypatch, Level.POSSIBLE)
    assert "Test it?" not in page(mara, ANSWERS)


def test_a_badge_is_a_word_a_sign_and_a_colour_and_the_sentence_does_not_repeat_it():
    for card in cards(page(with_answers(), ANSWERS)):
        assert re.search(r'class="badge [^"]*"><svg class="icon".*?</svg>\s*[A-Z]', card, re.DOTALL)
        assert card.count("Not sure yet") <= 1


def test_what_is_not_sure_and_no_guess_is_folded_together():
    others = ("stairs", "cold", "crowds", "alcohol")
    text = page(with_answers(others=others, seed=4), ANSWERS)
    folded = re.search(r"<summary>(\d+) more, not sure yet</summary>.*?</details>", text, re.DOTALL)
    assert folded
    assert folded.group(0).count('<li class="line">') == int(folded.group(1)) >= 4
    assert "day after “stairs”" in folded.group(0)


def test_each_picture_has_its_sentence_and_its_table():
    text = page(with_answers(), ANSWERS)
    pictures = text.count("<figure")
    assert text.count("<table") >= 2
    assert text.count("<table") == pictures - len(cards(text))
    assert "chart.css" in text


def test_nothing_in_a_picture_breaks_the_content_policy():
    main = page(with_answers(), ANSWERS).split("<main")[1]
    assert " style=" not in main
    assert "<style" not in main
    ids = re.findall(r' id="([^"]+)"', main)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        ("long-sitting", "Test sitting breaks</a>"),
        ("conflict", "Test slow breathing before bed</a><small>It may help."),
        ("crowds", "In your own words</a>"),
        ("alcohol", "This is not tested here. This could harm"),
    ],
)
def test_a_card_says_what_is_tested_or_offers_own_words_or_says_why_not(cause, said):
    mara = cast.mara()
    write_days(mara, LONG_AGO, 130, cause=cause)
    guess(mara, cause)
    first = cards(page(mara, ANSWERS))[0]
    assert said in first
    assert (f'href="{reverse("experiment-new")}' in first) == ("</a>" in said)
    assert "Test it?" not in first
    # The address stays in the browser's history: it names no trigger.
    assert f"from={cause}" not in first


def test_a_guess_that_is_not_sure_can_be_tested_too_and_is_offered_once():
    mara = cast.mara()
    write_days(mara, LONG_AGO, 130, cause="cold", others=("long-sitting", "anniversary"))
    guess(mara, "long-sitting", "anniversary")
    unsure = [each for each in cards(page(mara, ANSWERS)) if "Not sure yet" in each]
    tests = [reverse("experiment-new") in each for each in unsure if "long sitting" in each]
    assert sum(tests) == 1
    assert not any(reverse("experiment-new") in each for each in unsure if "anniversary" in each)


def test_a_possible_pattern_always_says_that_it_may_be_chance_and_how_to_test_it(monkeypatch):
    mara = with_answers(cause="long-sitting")
    _all_become(monkeypatch, Level.POSSIBLE)
    found = cards(page(mara, ANSWERS))
    assert found
    for card in found:
        assert "may be chance" in card.lower()
        assert reverse("experiment-new") in card
        assert "Test it?" not in card


@pytest.mark.parametrize("level", [Level.POSSIBLE, Level.FOUND])
def test_no_answer_stands_on_the_first_page(level, monkeypatch):
    mara = with_answers()
    _all_become(monkeypatch, level)
    page(mara, ANSWERS)
    assert Decision.objects.exists()
    text = page(mara, reverse("today"))
    assert "may be chance" not in text
    assert "higher" not in text


def _all_become(monkeypatch, level):
    from dataclasses import replace

    from psoas.care.journal import insights
    from psoas.diary.answers.deciding import on_answer_day

    def become(table, on, stars, begun):
        answers = on_answer_day(table, on, stars, begun)
        day = on if level is Level.FOUND else None
        each = [replace(one, level=level, found_on=day) for one in answers.answers]
        return replace(answers, answers=tuple(each))

    monkeypatch.setattr(insights, "on_answer_day", become)


def test_without_a_guess_the_first_answers_are_shown_at_once_and_nobody_is_urged_to_name_one():
    mara = cast.mara()
    write_days(mara, LONG_AGO, 130)
    text = page(mara, ANSWERS)
    assert cards(text)
    assert "What do you think sets it off" not in text
    assert "sooner" not in text
    assert "<form" not in text.split("<main")[1]


@pytest.mark.parametrize(("days", "urged"), [(0, True), (6, True), (7, False), (40, False)])
def test_a_guess_is_asked_for_while_all_days_count_for_it(days, urged):
    mara = cast.mara()
    if days:
        write_days(mara, TODAY - timedelta(days=days), days)
    text = page(mara, ANSWERS)
    assert ("all your days count for it" in text) == urged
    assert (f'href="{reverse("experiment-new")}"' in text) == urged


def test_a_guess_of_today_is_marked_in_its_row_and_can_be_tested_at_the_foot():
    mara = cast.mara()
    write_days(mara, LONG_AGO, 130, cause="conflict", others=("long-sitting", "crowds"), seed=4)
    page(mara, ANSWERS)
    guess(mara, "long-sitting", "crowds", on=TODAY)
    text = page(mara, ANSWERS)
    rows = [row for row in re.findall(r"<li.*?</li>", text, re.DOTALL) if "long sitting" in row]
    assert any("<b>Your guess</b>" in row for row in rows)
    foot = text.split('aria-labelledby="guesses"')[1]
    assert "Test sitting breaks</a>" in foot
    assert foot.count(reverse("experiment-new")) == 1


def test_with_nothing_sure_the_fold_does_not_say_more():
    mara = cast.mara()
    write_days(mara, LONG_AGO, 130, cause="conflict", effect=0.0, others=("stairs", "cold"))
    text = page(mara, ANSWERS)
    assert not cards(text)
    assert re.search(r"<summary>\d+ not sure yet</summary>", text)


def test_guesses_are_shown_with_the_day_they_were_named():
    text = page(with_answers(), ANSWERS)
    assert "conflict, named on 5 December 2025" in text


def test_a_decision_that_does_not_open_is_said_and_the_one_before_is_shown():
    mara = with_answers()
    page(mara, ANSWERS)
    last = Decision.objects.order_by("-answer_day")[0]
    Decision.objects.filter(pk=last.pk).update(sealed=b"\x01" + bytes(60))
    text = page(mara, ANSWERS)
    assert "cannot be opened" in text
    assert cards(text)


def test_an_edit_after_the_answer_day_changes_no_answer():
    mara = with_answers()
    before = cards(page(mara, ANSWERS))
    Entry.objects.filter(person=mara, day__lt=TODAY - timedelta(days=30)).delete()
    after = cards(page(mara, ANSWERS))
    assert after == before


def test_a_second_look_opens_no_entry_and_draws_nothing(django_assert_max_num_queries):
    mara = with_answers()
    client = as_(mara)
    first = client.get(ANSWERS).content.decode()
    with (
        mock.patch.object(answers_page, "entries", side_effect=AssertionError),
        django_assert_max_num_queries(15),
    ):
        again = client.get(ANSWERS).content.decode()
    assert cards(again) == cards(first)
    assert again.split("<figure")[-1] == first.split("<figure")[-1]


def test_a_new_entry_is_counted_and_a_changed_language_is_drawn_anew():
    mara = with_answers()
    page(mara, ANSWERS)
    before = KeptPage.objects.get().key
    note(mara, f"{TODAY}T08:00")
    page(mara, ANSWERS)
    assert KeptPage.objects.get().key != before


def test_a_trigger_named_as_markup_stays_words():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    own = notebook.add_own(viewer, "<svg onload=x>", number=False, now=NOW)
    write_days(mara, LONG_AGO, 130, cause=own.key)
    guess(mara, own.key)
    text = page(mara, ANSWERS)
    assert "<svg onload" not in text.lower()
    assert "&lt;svg onload=x&gt;" in text.lower()


def test_the_words_are_explained_without_a_formula():
    text = page(cast.mara(), WORDS)
    for word in ("Between", "Found", "Possible pattern", "Not sure yet", "Answer day"):
        assert f"<h2>{word}" in text
    assert "p-value" not in text
    assert f'href="{WORDS}"' in page(with_answers_of_another(), ANSWERS)


def with_answers_of_another() -> Person:
    ana = cast.person("Ana")
    write_days(ana, LONG_AGO, 130)
    guess(ana, "conflict")
    return ana


def test_a_stranger_meets_only_answers_of_their_own():
    mara = cast.mara()
    own = notebook.add_own(cast.viewer(mara), "plover", number=False, now=NOW)
    write_days(mara, LONG_AGO, 130, cause=own.key)
    guess(mara, own.key)
    assert "plover" in page(mara, ANSWERS)
    tom = as_(cast.tom())
    answer = tom.get(ANSWERS)
    assert not tells(answer)
    assert not cards(answer.content.decode())
    assert insight(cast.viewer(mara), TODAY)


def test_nobody_who_looks_after_somebody_reads_their_answers():
    mara = with_answers()
    page(mara, ANSWERS)
    ines = cast.ines()
    cast.under_care(ines, mara, "pain", "feelings")
    from tests.web.signing_in import as_staff

    text = as_staff(ines).get(reverse("people-shared", kwargs={"key": mara.pk})).content.decode()
    assert "higher" not in text
    assert "Found on" not in text


def test_a_long_journal_that_came_at_once_is_worked_through_in_steps(monkeypatch):
    mara = cast.mara()
    write_days(mara, TODAY - timedelta(days=130), 130)
    monkeypatch.setattr(answers_page, "PATIENCE", -1.0)
    text = page(mara, ANSWERS)
    assert "3 answer days are left to work out." in text
    assert f'href="{ANSWERS}"' in text
    assert not cards(text)
    monkeypatch.setattr(answers_page, "PATIENCE", 60.0)
    assert cards(page(mara, ANSWERS))
