"""The safety check as pages: one question a screen, back, later, two windows, and its outcomes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from psoas.care.assessment import gate, mind, screenings, suicide_step
from psoas.care.assessment.models import Screening
from psoas.care.people.access import Viewer
from tests import cast
from tests.care.assessment.checks import go_through
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db
CHECK = reverse("check")


@pytest.fixture
def mara():
    cast.installation()
    return cast.mara()


def text(answer):
    return answer.content.decode()


def begun(mara, age="18-64"):
    """A check just begun: the browser, and the address of its first question."""
    client = as_(mara)
    return client, client.post(CHECK, {"age": age})["Location"]


def key_of(mara):
    return Screening.objects.get(person=mara).pk


def give(client, mara, name, answer, **more):
    round_ = screenings.read(Viewer(mara), key_of(mara))
    sent = {"name": name, "answer": answer, "revision": round_.revision, **more}
    return client.post(reverse("check-one", args=[round_.id]), sent)


def test_the_first_screen_says_what_it_is_before_anything_is_asked(mara):
    page = text(as_(mara).get(CHECK))
    for said in (
        "23 or 24 questions",
        "not a diagnosis",
        "Only you can read your answers",
        "Call 999",
    ):
        assert said in page
    assert "JOSPT" in page


def test_who_may_see_that_one_should_be_contacted_is_said_by_name(mara):
    cast.under_care(cast.ines(), mara, "questionnaires")
    page = text(as_(mara).get(CHECK))
    assert "You and Ines can read your answers." in page
    assert "Ines will see in one line what the check comes to, whatever you share" in page


def test_without_an_age_nothing_begins(mara):
    answer = as_(mara).post(CHECK, {"age": "a hundred"})
    assert (answer.status_code, Screening.objects.count()) == (422, 0)


def test_each_screen_asks_one_thing_and_says_why_and_how_far_along_it_is(mara):
    client, first = begun(mara)
    page = text(client.get(first))
    assert page.count('name="answer"') == 3
    assert "Question 1 of 23" in page and "broken hip" in page
    assert "Hip fractures, American Family Physician" in page


def test_a_follow_up_is_a_screen_of_its_own_and_counts_as_no_further_question(mara):
    client, _first = begun(mara)
    page = text(client.get(give(client, mara, "RF01", "no")["Location"]))
    assert "One thing more about it" in page and "Question 1 of 23" in page


def test_the_young_are_asked_one_question_more(mara):
    client, first = begun(mara, age="16-17")
    assert "Question 1 of 24" in text(client.get(first))


def test_back_shows_what_was_answered_and_another_answer_goes_on_from_there(mara):
    client, _first = begun(mara)
    for name in ("RF01", "RF01.fall", "RF02"):
        here = give(client, mara, name, "no")["Location"]
    page = text(client.get(here))
    back = f"{reverse('check-one', args=[key_of(mara)])}?n=4"
    assert f'href="{back}"' in page
    assert "(your answer so far)" in text(client.get(back))
    onward = give(client, mara, "RF02", "not sure")["Location"]
    assert onward == here
    assert "fever" in text(client.get(onward))


def test_back_from_the_first_question_is_the_first_screen(mara):
    client, _first = begun(mara)
    page = text(client.get(reverse("check-one", args=[key_of(mara)]), {"n": "1"}))
    assert f'href="{CHECK}"' in page


def test_one_goes_on_where_one_was_on_another_day(mara):
    client, _first = begun(mara)
    give(client, mara, "RF01", "no")
    here = reverse("check-one", args=[key_of(mara)])
    page = text(as_(mara).get(CHECK))
    assert "Go on where you were" in page and f'href="{here}"' in page
    assert "One thing more about it" in text(as_(mara).get(here))
    assert "You can go on where you were" in text(as_(mara).get(reverse("today")))


def test_an_answer_from_an_older_window_is_refused_and_the_question_that_stands_is_shown(mara):
    client, _first = begun(mara)
    key, old = key_of(mara), screenings.read(Viewer(mara), key_of(mara)).revision
    give(client, mara, "RF01", "no")
    here = reverse("check-one", args=[key])
    answer = client.post(here, {"name": "RF01", "answer": "yes", "revision": old})
    assert answer.status_code == 422
    assert "in another window" in text(answer) and "One thing more about it" in text(answer)
    assert screenings.read(Viewer(mara), key).answers["RF01"] == "no"


def test_an_older_window_on_a_finished_check_leads_to_what_came_out(mara):
    round_ = go_through(mara, now=timezone.now())
    here = reverse("check-one", args=[round_.id])
    answer = as_(mara).post(here, {"name": "RF01", "answer": "yes", "revision": "1"}, follow=True)
    assert "in another window" in text(answer) and "You can go on" in text(answer)


@pytest.mark.parametrize("sent", [{}, {"name": "RF02"}, {"name": "RF99", "answer": "yes"}])
def test_what_no_page_of_ours_sends_changes_nothing(mara, sent):
    client, _first = begun(mara)
    here = reverse("check-one", args=[key_of(mara)])
    assert client.post(here, {"revision": "2", **sent}).status_code == 422
    assert list(screenings.read(Viewer(mara), key_of(mara)).answers) == ["age"]


def test_several_things_can_be_ticked_and_none_is_an_answer(mara):
    client, _first = begun(mara)
    round_ = screenings.read(Viewer(mara), key_of(mara))
    while round_.next != "RF17.features":
        answer = "yes" if round_.next == "RF17" else "no"
        give(client, mara, round_.next, answer)
        round_ = screenings.read(Viewer(mara), round_.id)
    page = text(client.get(reverse("check-one", args=[round_.id])))
    assert page.count('name="feature"') == 9
    give(client, mara, "RF17.features", "features", feature=["waking", "buttock"])
    assert screenings.read(Viewer(mara), round_.id).answers["RF17.features"] == [
        "waking",
        "buttock",
    ]


def test_an_emergency_ends_it_at_once_with_the_number_and_nothing_calm(mara):
    client, _first = begun(mara)
    for name in ("RF01", "RF01.fall", "RF02", "RF03"):
        give(client, mara, name, "no")
    answer = client.get(give(client, mara, "RF04", "yes")["Location"])
    page = text(answer)
    assert 'href="tel:999"' in page and "What to say" in page and "between the legs" in page
    assert "GIRFT" in page
    for calm in ("breath", "Exercises", reverse("calm")):
        assert calm not in page.partition("<main")[2]
    assert "Get help now" in text(client.get(reverse("today")))


def test_not_sure_is_told_as_not_sure_and_never_as_an_emergency(mara):
    given = {"RF02": "not sure", "RF07": "not sure", "RF15": "not sure"}
    round_ = go_through(mara, given, now=timezone.now())
    for name in ("check-result", "check-print"):
        page = text(as_(mara).get(reverse(name, args=[round_.id]))).partition("<main")[2]
        assert "You were not sure about" in page and "Sudden strong pain in one testicle" in page
        for sure in ("needs a hospital now", "Go now", "From your answer on"):
            assert sure not in page
    page = text(as_(mara).get(reverse("check-result", args=[round_.id])))
    assert "Name it when you ring today" in page and "when you next see a clinician" in page
    assert page.index("I have read this") < page.index("You were not sure about")
    assert 'href="tel:111"' in page and "Urgent care: NHS 111" in page


def test_on_the_phone_the_danger_goes_first_and_the_rest_only_by_name(mara):
    given = {"RF01": "not sure", "RF03": "not sure", "RF04": "yes"}
    round_ = go_through(mara, given, now=timezone.now())
    page = text(as_(mara).get(reverse("check-result", args=[round_.id]))).partition("<main")[2]
    assert page.index("New numbness between the legs") < page.index("If they ask")
    assert page.index("If they ask") < page.index("Fever or feeling very ill")
    assert "may be broken" not in page and "hip or back pain, and a" not in page


def test_an_emergency_that_is_over_is_answered_again_where_its_question_is_asked(mara):
    first = go_through(mara, {"RF04": "yes"}, now=timezone.now())
    client = as_(mara)
    page = text(client.get(reverse("check-result", args=[first.id])))
    assert "It is over, or somebody has looked at it" in page
    assert f'href="{CHECK}"' in page and f'href="{reverse("today")}"' in page
    go_through(mara, now=timezone.now())
    night = go_through(mara, {"RF04": "yes"}, kind="night", now=timezone.now())
    page = text(client.get(reverse("check-result", args=[night.id])))
    again = reverse("check-again")
    assert f'href="{again}"' in page
    client.post(again, {"done": "1"})
    assert gate.may(mara, "routine", timezone.now()).allowed


def test_the_too_young_hear_it_first_and_may_still_look_for_danger(mara):
    client, here = begun(mara, age="under-16")
    page = text(client.get(here))
    assert "with a parent" in page and "grown bodies" in page
    onward = f"{reverse('check-one', args=[key_of(mara)])}?n=2"
    assert f'href="{onward}"' in page
    assert "impossible to stand" in text(client.get(onward))


def test_help_today_for_body_and_mind_stand_beside_each_other(mara, monkeypatch):
    go_through(mara, {"RF13": "yes"}, now=timezone.now())
    client = as_(mara)
    monkeypatch.setattr(suicide_step, "standing", lambda *_args: "S")
    for name in ("today", "care", "check"):
        page = text(client.get(reverse(name)))
        assert "You do not have to deal with this alone" in page
        assert "Speak to a clinician today" in page


def test_a_number_is_of_the_persons_own_country(mara):
    mara.country = "US"
    mara.save()
    round_ = go_through(mara, {"RF04": "yes"}, now=timezone.now())
    page = text(as_(mara).get(reverse("check-result", args=[round_.id])))
    assert 'href="tel:911"' in page and "tel:999" not in page


def test_a_slip_is_put_right_where_it_was_made_and_the_check_goes_on(mara):
    round_ = go_through(mara, {"RF04": "yes"}, now=timezone.now())
    client = as_(mara)
    page = text(client.get(reverse("check-result", args=[round_.id])))
    back = f"{reverse('check-one', args=[round_.id])}?n=6"
    assert f'href="{back}"' in page
    assert "numbness between your legs" in text(client.get(back))
    onward = give(client, mara, "RF04", "no")["Location"]
    assert "Question 5 of 23" in text(client.get(onward))
    assert gate.stand(mara, timezone.now()).state == "under way"


def test_begun_anew_after_an_emergency_the_way_back_leads_into_the_new_round(mara):
    old = go_through(mara, {"RF04": "yes"}, now=timezone.now())
    client, _first = begun(mara)
    new = Screening.objects.exclude(pk=old.id).get().pk
    assert client.get(reverse("calm"))["Location"] == reverse("check-result", args=[new])
    page = text(client.get(reverse("check-result", args=[new])))
    assert 'href="tel:999"' in page
    assert f'href="{reverse("check-one", args=[new])}"' in page


def test_half_a_check_has_no_outcome_but_urgent_advice(mara):
    client, _first = begun(mara)
    give(client, mara, "RF01", "no")
    here = reverse("check-one", args=[key_of(mara)])
    for name in ("check-result", "check-print"):
        assert client.get(reverse(name, args=[key_of(mara)]))["Location"] == here
    give(client, mara, "RF01.fall", "yes")
    page = text(client.get(reverse("check-result", args=[key_of(mara)])))
    assert "Speak to a clinician today" in page and "Go on where you were" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"RF13": "yes"}, ("Speak to a clinician today", "I have read this", "Call 999")),
        ({"RF15": "yes"}, ("See a clinician before you exercise", "A clinician said")),
        ({"RF19": "yes"}, ("You can go on, within limits", "breath", "fine, within the limits")),
        ({}, ("You can go on", "Asked again on")),
        ({"age": "under-16"}, ("with a parent", "not now")),
        ({"age": "16-17"}, ("a clinician should say yes", "A clinician said")),
    ],
    ids=["S", "C", "M", "G", "under 16", "16 or 17"],
)
def test_each_outcome_is_said_plainly_and_printed_whole(mara, given, said):
    round_ = go_through(mara, given, now=timezone.now())
    page = text(as_(mara).get(reverse("check-result", args=[round_.id])))
    for words in (*said, "What is fine today"):
        assert words in page
    # Only what has no page yet is said to have none.
    assert "Exercises and the walk stand under Move" in page
    assert "Guided writing and appointments have no pages here yet" in page
    sheet = text(as_(mara).get(reverse("check-print", args=[round_.id])))
    for words in ("Mara", "version 1", "not a diagnosis", "How old are you?", "Answers"):
        assert words in sheet


def test_bans_are_named_and_lead_to_their_source(mara):
    given = {
        "RF16": "yes",
        "RF16.sudden": "no",
        "RF16.time": "later",
        "RF16.approach": "posterior",
    }
    round_ = go_through(mara, given, now=timezone.now())
    page = text(as_(mara).get(reverse("check-result", args=[round_.id])))
    assert "pigeon" in page and "90 degrees" in page and "HSS Journal" in page


def test_a_clinicians_yes_is_written_down_shown_and_taken_back(mara):
    round_ = go_through(mara, {"RF15": "yes"}, now=timezone.now())
    client, told = as_(mara), reverse("check-told", args=[round_.id])
    wrong = client.post(told, {"who": "", "when": "", "what_for": "walking"})
    assert wrong.status_code == 422 and 'value="walking"' in text(wrong)
    day = timezone.localdate().isoformat()
    form = {"who": "Dr Okafor", "when": day, "what_for": "walking"}
    page = text(client.post(told, form, follow=True))
    spoken = date_format(timezone.localdate(), "j F Y")
    assert "Dr Okafor" in page and f"A clinician said yes on {spoken}." in page
    # What had to be asked first was asked, and there is no limit to keep to.
    for gone in ("before you exercise", "limits below", "within the limits", day):
        assert gone not in page
    assert gate.may(mara, "routine", timezone.now()).allowed
    yes = page.partition('name="yes" value="')[2].partition('"')[0]
    client.post(told, {"do": "withdraw", "yes": yes})
    assert not gate.may(mara, "routine", timezone.now()).allowed


def test_nobody_else_reads_answers_or_their_outcome(mara):
    round_ = go_through(mara, {"RF15": "yes"}, now=timezone.now())
    tom = as_(cast.tom())
    for name in ("check-one", "check-result", "check-print", "check-told"):
        assert tom.get(reverse(name, args=[round_.id])).status_code == 404
    assert tom.post(reverse("check-result", args=[round_.id])).status_code == 404


# ------------------------------------------------------------------ what is asked on one screen


def test_the_night_set_is_one_screen_and_one_tap(mara):
    client, night = as_(mara), reverse("check-night")
    page = text(client.get(night))
    assert page.count('name="open"') == 11 and "None of these" in page
    assert client.post(night, {"done": "1"})["Location"] == reverse("calm")
    assert client.get(reverse("calm")).status_code == 200
    assert gate.may(mara, "breath", timezone.now()).allowed
    assert not gate.may(mara, "routine", timezone.now()).allowed


def test_a_tap_opens_the_question_and_a_yes_is_an_emergency_at_once(mara):
    client, night = as_(mara), reverse("check-night")
    page = text(client.post(night, {"open": "RF04"}))
    assert "numbness between your legs" in page and "Question" not in page.partition("<main")[0]
    answer = client.post(night, {"name": "RF04", "answer": "yes"}, follow=True)
    assert 'href="tel:999"' in text(answer)
    assert f'href="{night}"' in text(answer)
    assert client.get(reverse("calm"))["Location"] == answer.redirect_chain[0][0]


def test_its_follow_up_comes_next_and_what_was_said_travels_along(mara):
    client, night = as_(mara), reverse("check-night")
    listed = text(client.post(night, {"name": "RF03", "answer": "not sure"}))
    assert 'name="RF03" value="not sure"' in listed and "None of the others" in listed
    further = text(client.post(night, {"name": "RF10", "answer": "yes", "RF03": "not sure"}))
    assert "breath" in further and 'name="RF10" value="yes"' in further
    sent = {"name": "RF10.breathless", "answer": "no", "RF10": "yes", "RF03": "not sure"}
    listed = text(client.post(night, sent))
    assert 'name="RF10.breathless" value="no"' in listed
    done = {"RF10": "yes", "RF10.breathless": "no", "RF03": "not sure", "done": "1"}
    page = text(client.post(night, done, follow=True))
    assert "Speak to a clinician today" in page


def test_sent_twice_it_is_one_round(mara):
    client, night = as_(mara), reverse("check-night")
    key = text(client.get(night)).partition('name="key" value="')[2].partition('"')[0]
    for _again in range(2):
        client.post(night, {"done": "1", "key": key})
    assert Screening.objects.count() == 1


def test_an_older_yes_is_not_forgotten_by_the_night_set(mara):
    go_through(mara, {"RF21": "yes", "RF21.bleeding": "yes"}, now=timezone.now())
    client = as_(mara)
    client.post(reverse("check-night"), {"done": "1"})
    answer = client.get(reverse("calm"), follow=True)
    assert 'href="tel:999"' in text(answer)


def test_what_may_have_changed_is_one_screen_after_four_weeks(mara):
    go_through(mara, now=timezone.now() - timedelta(weeks=5))
    client, again = as_(mara), reverse("check-again")
    first = text(client.get(CHECK))
    assert "Four weeks have passed" in first and f'href="{again}"' in first
    assert text(client.get(again)).count('name="open"') == 13
    page = text(client.post(again, {"done": "1"}, follow=True))
    assert "You can go on" in page
    assert gate.may(mara, "routine", timezone.now()).allowed


def test_a_fall_makes_it_due_and_today_says_so(mara):
    go_through(mara, now=timezone.now() - timedelta(days=1))
    client = as_(mara)
    assert "I had a fall" in text(client.get(reverse("today")))
    # One tap on that only asks: nothing undoes a fall that was none.
    assert "I did not fall" in text(client.get(reverse("check-fall")))
    assert gate.may(mara, "routine", timezone.now()).allowed
    assert "You noted a fall" in text(client.post(reverse("check-fall"), follow=True))
    assert "You noted a fall" in text(client.get(reverse("today")))
    assert not gate.may(mara, "routine", timezone.now()).allowed


def test_after_hurting_now_the_night_set_stands_before_anything_calm(mara):
    client = as_(mara)
    noted = client.post(
        "/now/",
        {"id": "7d0a1f6e-6c1b-4a5e-9e63-0e8f3b7f5a10", "places": ["front-left-groin"], "pain": "6"},
    )["Location"]
    page = text(client.get(noted))
    assert page.count('name="open"') == 11 and f'action="{reverse("check-night")}"' in page
    assert reverse("calm") not in page
    entry = noted.partition("noted=")[2]
    onward = client.post(reverse("check-night"), {"done": "1", "noted": entry})["Location"]
    assert "Add more to the note" in text(client.get(onward))


# ------------------------------------------------------------------ calm, and Care


def test_what_is_calming_says_how_sure_it_is_and_when_to_stop(mara):
    go_through(mara, now=timezone.now())
    for name, said in (("calm-breath", "eyes open"), ("calm-position", "Move out of it")):
        page = text(as_(mara).get(reverse(name)))
        assert said in page and "How sure is it" in page and "no source was found" in page


def test_careful_mode_is_shorter_and_looks_at_the_room(mara):
    go_through(mara, now=timezone.now())
    mind.set_careful(Viewer(mara), True, timezone.now())
    page = text(as_(mara).get(reverse("calm-breath")))
    assert "One minute of breath" in page and "stop whenever you want" in page
    assert "something in the room" in page


def test_lying_flat_is_left_out_where_the_check_names_it(mara):
    go_through(mara, {"RF19": "yes"}, now=timezone.now())
    page = text(as_(mara).get(reverse("calm-position")))
    assert "left out for you now" in page and "On your back" not in page


def test_care_says_where_the_check_stands(mara):
    client, care = as_(mara), reverse("care")
    page = text(client.get(care))
    assert "A safety check comes first" in page and "A fall since then" not in page
    go_through(mara, now=timezone.now())
    page = text(client.get(care))
    assert "Holds until" in page and reverse("help") in page


def test_no_address_and_no_title_says_what_it_is_about(mara):
    round_ = go_through(mara, {"RF15": "yes"}, now=timezone.now())
    client = as_(mara)
    for name in ("check", "check-again", "check-night", "care", "calm", "calm-breath"):
        assert b"<title>Notes</title>" in client.get(reverse(name), follow=True).content
    for name in ("check-one", "check-result", "check-print", "check-told"):
        path = reverse(name, args=[round_.id])
        assert not any(word in path for word in ("pain", "hip", "screen", "danger", "RF"))
