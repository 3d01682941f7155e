"""Thoughts of dying: asked at once, help before any score, and heard by whom consent names."""

import itertools
from datetime import timedelta
from uuid import uuid4

import pytest

from psoas.care.assessment import mind, replies, suicide_step, taking, tasks
from psoas.care.assessment.models import Choices, Reply, Task
from psoas.care.people import sharing
from psoas.care.people.models import TrailRow
from psoas.content.questionnaires import questionnaire
from psoas.scales.scoring import score
from tests import cast
from tests.care.assessment.asking import PHQ_8, answered, begun, done, step
from tests.cast import NOW

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NO, YES = 0, 1
SEVERE = [3, 3, 3, 3, 3, 3, 2, 0, 0, None]


@pytest.fixture
def mara():
    return cast.viewer(cast.mara())


def nine(viewer, ninth, now=NOW):
    """The PHQ-9 as far as its ninth question."""
    return answered(viewer, begun(viewer, "phq-9", now), [*PHQ_8, ninth], now)


def taken(viewer, slug, answers, at):
    """As a device hands it in that asked it without a network."""
    digest = taking.asked(questionnaire(slug))
    return taking.take(viewer, slug, digest, answers, uuid4(), at=at, now=NOW)


def follow(viewer, answers, now=NOW):
    """The PHQ-9 with a one at its ninth question, and the suicide step it opened."""
    reply = nine(viewer, 1, now)
    return reply, step(viewer, reply, answers, now)


@pytest.mark.parametrize("ninth", [1, 2, 3, None])
def test_the_step_opens_the_moment_the_ninth_question_asks_for_it(mara, ninth):
    reply = nine(mara, ninth)
    following = mind.after(reply, NOW)
    assert (reply.finished_at, following.kind) == (None, "suicide-step")
    assert following.reply == reply.opened is not None
    opened = replies.read(mara, reply.opened)
    assert (opened.slug, opened.came_from, opened.because) == ("asq", reply.id, "item 9")
    assert not following.show_score


def test_finishing_without_the_ninth_answer_opens_the_step_and_gives_no_score(mara):
    reply = answered(mara, begun(mara, "phq-9"), PHQ_8)
    reply = replies.finish(mara, reply.id, revision=reply.revision, now=NOW)
    assert reply.score is not None
    assert (reply.score.score, reply.score.missing) == (None, (9,))
    assert mind.after(reply, NOW) == mind.Next("suicide-step", reply.opened)


def test_a_no_to_the_ninth_question_opens_no_step(mara):
    reply = nine(mara, 0)
    assert mind.after(reply, NOW).kind == "questions"
    done_ = replies.finish(mara, reply.id, revision=reply.revision, now=NOW)
    assert mind.after(done_, NOW) == mind.Next("score", reply.id, show_score=True)
    assert mind.standing(mara.person, NOW) is None


def test_taking_the_answer_back_does_not_take_the_step_back(mara):
    reply = nine(mara, 1)
    reply = replies.answer(mara, reply.id, 9, 0, revision=reply.revision, now=NOW)
    reply = replies.finish(mara, reply.id, revision=reply.revision, now=NOW)
    assert mind.after(reply, NOW).kind == "suicide-step"
    assert mind.standing(mara.person, NOW) == "S"


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ([NO, NO, NO, NO], "support"),
        ([YES, NO, NO, NO, NO], "help-today"),
        ([NO, NO, NO, YES, NO], "help-today"),
        ([NO, NO, NO, YES, YES], "help-now"),
        ([NO, None, NO, NO, NO], "help-today"),
        ([NO, None, NO, NO, None], "help-now"),
        ([NO, YES, NO, NO, None], "help-now"),
    ],
)
def test_what_the_step_leads_to(mara, answers, kind):
    reply, asked = follow(mara, answers)
    assert asked.finished_at == NOW
    assert mind.after(asked, NOW) == mind.Next(kind, reply.id)


def test_the_step_asks_its_fifth_question_after_any_yes_alone(mara):
    reply = nine(mara, 1)
    asked = step(mara, reply, [NO, NO, NO])
    assert asked.waiting == (4,)
    assert answered(mara, asked, [YES]).next_number == 5


def test_the_step_means_what_the_scorer_says_over_every_set_of_answers(mara):
    asked = begun(mara, "asq")
    steps = {("emergency",): "help-now", ("same-day",): "help-today", (): "support"}
    sets = list(itertools.product([0.0, 1.0, None], repeat=5))
    assert len(sets) == 243
    for answers in sets:
        found = suicide_step.outcome(asked.changed(answers=answers))
        assert found == steps[score(questionnaire("asq"), answers).steps], answers


@pytest.mark.parametrize("answers", [[YES, NO, NO, NO, NO], [YES, NO, NO, NO, YES]])
def test_nobody_in_a_crisis_is_shown_a_score_of_anything(mara, answers):
    reply, _asked = follow(mara, answers)
    reply = replies.finish(mara, reply.id, revision=reply.revision, now=NOW)
    other = done(mara, "gad-7", [3] * 7, NOW + HOUR)
    earlier_pain = done(mara, "peg", [9, 9, 9], NOW + HOUR)
    for each in (reply, other, earlier_pain):
        following = mind.after(each, NOW + HOUR)
        assert following.kind in ("help-now", "help-today")
        assert not following.show_score
        assert following.steps == ()


def test_while_the_step_is_open_every_way_leads_back_to_it(mara):
    reply = nine(mara, 1)
    other = done(mara, "peg", [9, 9, 9], NOW + HOUR)
    assert mind.after(other, NOW + HOUR) == mind.Next("suicide-step", reply.opened)


def test_after_no_to_all_of_it_the_questions_go_on_to_their_score(mara):
    reply, _asked = follow(mara, [NO, NO, NO, NO])
    reply = replies.read(mara, reply.id)
    assert mind.after(reply, NOW).kind == "questions"
    reply = replies.finish(mara, reply.id, revision=reply.revision, now=NOW)
    assert mind.after(reply, NOW).show_score
    assert Reply.objects.count() == 2


def test_an_emergency_stands_until_the_step_is_answered_again(mara):
    follow(mara, [YES, NO, NO, NO, YES])
    assert mind.standing(mara.person, NOW + 90 * DAY) == "E"
    again = begun(mara, "asq", NOW + 90 * DAY)
    assert mind.standing(mara.person, NOW + 90 * DAY) == "E"
    answered(mara, again, [NO, NO, NO, NO], NOW + 90 * DAY)
    assert mind.standing(mara.person, NOW + 90 * DAY) is None


def test_less_than_an_emergency_stands_for_a_day(mara):
    follow(mara, [YES, NO, NO, NO, NO])
    assert mind.standing(mara.person, NOW + DAY - MINUTE) == "S"
    assert mind.standing(mara.person, NOW + DAY) is None


def test_a_step_that_is_left_stands_for_a_day(mara):
    nine(mara, 1)
    assert mind.standing(mara.person, NOW) == "S"
    assert mind.standing(mara.person, NOW + DAY - MINUTE) == "S"
    assert mind.standing(mara.person, NOW + DAY) is None


def test_nothing_stands_for_somebody_else(mara):
    follow(mara, [YES, NO, NO, NO, YES])
    assert mind.standing(cast.tom(), NOW) is None


def test_the_step_is_asked_again_at_the_next_questionnaire_about_how_one_is_and_then_no_more(mara):
    reply, _asked = follow(mara, [NO, NO, NO, NO])
    replies.finish(mara, reply.id, revision=replies.read(mara, reply.id).revision, now=NOW)
    assert done(mara, "gad-2", [0, 0], NOW + HOUR).opened is None
    assert done(mara, "peg", [1, 1, 1], NOW + 7 * DAY).opened is None
    again = done(mara, "phq-2", [0, 0], NOW + 14 * DAY)
    assert mind.after(again, NOW + 14 * DAY).kind == "suicide-step"
    step(mara, again, [NO, NO, NO, NO], NOW + 14 * DAY)
    assert mind.after(replies.read(mara, again.id), NOW + 14 * DAY).show_score
    assert done(mara, "phq-2", [0, 0], NOW + 42 * DAY).opened is None


@pytest.mark.parametrize("answers", [[YES, NO, NO, NO, NO], [NO]])
def test_after_a_yes_or_a_step_that_was_left_it_is_asked_again_each_time(mara, answers):
    reply, _asked = follow(mara, answers)
    later = done(mara, "gad-2", [0, 0], NOW + 2 * DAY)
    assert later.opened not in (None, reply.opened)
    step(mara, later, [YES, NO, NO, NO, NO], NOW + 2 * DAY)
    assert done(mara, "gad-2", [0, 0], NOW + 4 * DAY).opened is not None


def test_a_step_whose_row_is_damaged_is_no_all_clear(mara):
    reply, asked = follow(mara, [NO, NO, NO, NO])
    reply = replies.finish(mara, reply.id, revision=replies.read(mara, reply.id).revision, now=NOW)
    Reply.objects.filter(pk=asked.id).update(sealed=b"gone")
    assert mind.after(reply, NOW).kind == "help-today"


def test_the_step_is_in_no_list_of_replies_unless_it_is_asked_for(mara):
    _reply, asked = follow(mara, [NO, NO, NO, NO])
    assert replies.finished(mara, now=NOW) == []
    assert [each.id for each in replies.finished(mara, "asq", now=NOW)] == [asked.id]


def test_a_step_that_was_left_is_answered_by_a_later_one(mara):
    reply, _left = follow(mara, [YES])
    later = begun(mara, "asq", NOW + 2 * DAY)
    answered(mara, later, [NO, NO, NO, NO], NOW + 2 * DAY)
    assert mind.after(replies.read(mara, reply.id), NOW + 2 * DAY).kind == "questions"


@pytest.mark.parametrize("hours", [1, 60])
def test_answered_on_a_device_it_is_one_task_that_says_the_last(mara, hours):
    ines = cast.ines()
    cast.under_care(ines, mara.person, "alarm")
    at = NOW - hours * HOUR
    nine_ = taken(mara, "phq-9", [*PHQ_8, 1, None], at)
    assert mind.after(nine_, at).kind == "suicide-step"
    assert [t.facts for t in tasks.open_tasks(cast.viewer(ines), NOW)] == [{"level": "opened"}]
    taken(mara, "asq", [YES, NO, NO, NO, YES], at + MINUTE)
    assert [t.facts for t in tasks.open_tasks(cast.viewer(ines), NOW)] == [{"level": "help-now"}]
    assert mind.after(nine_, NOW).kind == "help-now"


def test_what_a_device_sends_the_other_way_round_comes_to_the_same(mara):
    taken(mara, "asq", [NO, NO, NO, NO, None], NOW - HOUR)
    nine_ = taken(mara, "phq-9", [*PHQ_8, 1, None], NOW - HOUR - MINUTE)
    assert mind.standing(mara.person, NOW) is None
    assert mind.after(nine_, NOW).show_score


# --- who hears -----------------------------------------------------------------------------


def test_nobody_hears_where_nobody_was_named(mara):
    ines = cast.ines()
    cast.under_care(ines, mara.person, "questionnaires", "feelings")
    follow(mara, [YES, NO, NO, NO, YES])
    assert mind.who_would_hear(mara.person, NOW) == []
    assert not Task.objects.exists()


def test_each_named_clinician_gets_one_task_and_nobody_else(mara):
    ines, jonas = cast.ines(), cast.jonas()
    cast.under_care(ines, mara.person, "alarm")
    cast.under_care(jonas, mara.person, "questionnaires")
    assert mind.who_would_hear(mara.person, NOW) == ["Ines"]
    follow(mara, [YES, NO, NO, NO, YES])
    found = tasks.open_tasks(cast.viewer(ines), NOW)
    assert [(t.kind, t.person, t.facts) for t in found] == [
        ("hard-answer", mara.person, {"level": "help-now"})
    ]
    assert tasks.open_tasks(cast.viewer(jonas), NOW) == []


def test_a_step_that_is_left_is_heard_of_and_the_task_says_more_once_it_is_answered(mara):
    ines = cast.ines()
    cast.under_care(ines, mara.person, "alarm")
    reply = nine(mara, 2)
    assert [t.facts for t in tasks.open_tasks(cast.viewer(ines), NOW)] == [{"level": "opened"}]
    step(mara, reply, [NO, NO, NO, NO])
    assert [t.facts for t in tasks.open_tasks(cast.viewer(ines), NOW)] == [{"level": "support"}]


def test_consent_that_ended_is_told_nothing_more_and_shows_no_more_than_a_name(mara):
    ines = cast.ines()
    cast.under_care(ines, mara.person, "alarm")
    follow(mara, [YES, NO, NO, NO, NO])
    sharing.set_shares(mara.person, ines.pk, set(), now=NOW + HOUR)
    (task,) = tasks.open_tasks(cast.viewer(ines), NOW + HOUR)
    assert (task.person, task.facts) == (mara.person, None)
    follow(mara, [YES, NO, NO, NO, YES], NOW + 2 * DAY)
    assert len(tasks.open_tasks(cast.viewer(ines), NOW + 2 * DAY)) == 1


def test_the_trail_says_that_a_note_was_left_and_not_what_it_says(mara):
    ines = cast.ines()
    cast.under_care(ines, mara.person, "alarm")
    follow(mara, [YES, NO, NO, NO, YES])
    (row,) = TrailRow.objects.filter(action="task made")
    assert (row.actor, row.subject, row.item) == (None, mara.person.pk, str(ines.pk))


# --- what else follows ---------------------------------------------------------------------


def test_a_severe_score_leads_to_a_clinician_this_week_and_one_task(mara):
    ines = cast.ines()
    cast.under_care(ines, mara.person, "questionnaires")
    reply = done(mara, "phq-9", SEVERE)
    replies.finish(mara, reply.id, revision=reply.revision, now=NOW)
    assert "clinician-this-week" in mind.after(reply, NOW).steps
    (task,) = tasks.open_tasks(cast.viewer(ines), NOW)
    assert (task.kind, task.facts) == ("scores", {"slug": "phq-9", "score": 20, "band": "severe"})
    assert done(mara, "gad-7", [3, 3, 2, 2, 1, 2, 2]).steps == ("clinician-this-week",)
    assert len(tasks.open_tasks(cast.viewer(ines), NOW)) == 2


def test_from_ten_on_a_referral_is_offered(mara):
    assert mind.REFERRAL in done(mara, "phq-9", [2, 2, 2, 2, 2, 0, 0, 0, 0, None]).steps
    tom = cast.viewer(cast.tom())
    assert mind.REFERRAL not in done(tom, "phq-9", [2, 2, 2, 2, 1, 0, 0, 0, 0, None]).steps


@pytest.mark.parametrize(
    ("yes", "sooner", "careful"),
    [(4, False, True), (3, False, False), (3, True, True), (2, True, False)],
)
def test_careful_mode_comes_on_by_itself(mara, yes, sooner, careful):
    mind.set_told_sooner(mara, sooner, NOW)
    reply = done(mara, "pc-ptsd-5", [1, *[1] * yes, *[0] * (5 - yes)])
    assert mind.careful(mara) is careful
    assert (set(reply.steps) >= {"trauma-information", "referral"}) is careful


def test_the_person_switches_careful_mode_off_and_on(mara):
    done(mara, "pc-ptsd-5", [1, 1, 1, 1, 1, 0])
    mind.set_careful(mara, False, NOW)
    assert not mind.careful(mara)
    assert not mind.careful(cast.viewer(cast.tom()))
    mind.set_careful(mara, True, NOW)
    assert mind.careful(mara)


def test_choices_that_do_not_open_are_the_gentler_ones_and_can_be_made_anew(mara):
    mind.set_careful(mara, False, NOW)
    Choices.objects.update(sealed=b"gone")
    assert mind.careful(mara)
    mind.set_careful(mara, False, NOW)
    assert not mind.careful(mara)
