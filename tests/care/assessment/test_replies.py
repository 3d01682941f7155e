"""Answering: begun, answered, finished, with the version that was begun."""

import dataclasses
from datetime import timedelta

import pytest

from psoas.care.assessment import mind, replies, reply_rows
from psoas.care.assessment.models import KeptContent, Reply
from psoas.care.assessment.reply_rows import write
from psoas.care.people.models import TrailRow
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.content import questionnaires
from psoas.content.overlay import ContentError
from tests import cast
from tests.care.assessment.asking import PHQ_8, answered, begun, done
from tests.cast import NOW

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def mara():
    return cast.viewer(cast.mara())


@pytest.fixture
def tom():
    return cast.viewer(cast.tom())


def test_what_was_answered_is_kept_and_scored(mara):
    reply = done(mara, "peg", ["7", 8, 6.0])
    assert (reply.score.score, reply.finished_at) == (7.0, NOW)
    assert replies.read(mara, reply.id) == reply
    assert replies.finished(mara, now=NOW) == [reply]
    assert mind.after(reply, NOW).show_score


def test_one_left_in_the_middle_is_gone_on_with_on_the_same_day_and_not_on_the_next(mara):
    reply = answered(mara, begun(mara, "peg"), [7])
    again = begun(mara, "peg", NOW + HOUR)
    assert (again.id, again.answers) == (reply.id, (7.0, None, None))
    assert begun(mara, "peg", NOW + DAY).id != reply.id


def test_going_back_changes_an_answer_and_asks_for_nothing_twice(mara):
    reply = answered(mara, begun(mara, "peg"), [7, 8])
    reply = replies.answer(mara, reply.id, 1, 2, revision=reply.revision, now=NOW)
    assert (reply.answers, reply.next_number) == ((2.0, 8.0, None), 3)


def test_a_questionnaire_is_finished_with_the_words_and_rules_it_was_begun_with(mara, monkeypatch):
    reply = answered(mara, begun(mara, "peg"), [7])
    changed = tuple(
        dataclasses.replace(each, version=2, items=each.items[:2], name="Something else")
        if each.slug == "peg"
        else each
        for each in questionnaires.questionnaires()
    )
    monkeypatch.setattr(questionnaires, "questionnaires", lambda: changed)
    reply = answered(mara, replies.read(mara, reply.id), [8, 6])
    reply = replies.finish(mara, reply.id, revision=reply.revision, now=NOW + HOUR)
    assert reply.score is not None
    assert (reply.questionnaire.version, reply.score.score) == (1, 7.0)
    fresh = begun(mara, "peg", NOW + HOUR)
    assert (fresh.questionnaire.version, len(fresh.answers)) == (2, 2)
    assert KeptContent.objects.count() == 2


def test_a_kept_questionnaire_that_a_later_version_cannot_read_stops_no_other(mara, monkeypatch):
    done(mara, "peg", [7, 8, 6])
    done(mara, "sleep", [4], NOW + HOUR)
    reply_rows._asked.cache_clear()
    read = questionnaires.from_json

    def stricter(text):
        if '"slug":"peg"' in text:
            raise ContentError("kept questionnaire", "", "label", "is empty", "Write it")
        return read(text)

    monkeypatch.setattr(questionnaires, "from_json", stricter)
    assert [each.slug for each in replies.finished(mara, now=NOW + HOUR)] == ["sleep"]


def test_a_row_does_not_say_in_clear_which_questionnaire_it_is(mara):
    done(mara, "peg", [7, 8, 6])
    begun(mara, "phq-9")
    rows = Reply.objects.all()
    assert len({row.content_id for row in rows}) == 1
    assert len({len(row.sealed) for row in rows}) == 1


@pytest.mark.parametrize("value", [11, -1, "7.5", "seven", "nan", "inf", [7], True, {"a": 1}])
def test_an_answer_out_of_range_is_refused_and_changes_nothing(mara, value):
    reply = begun(mara, "peg")
    with pytest.raises(Refusal, match="Question 1: a whole number from 0 to 10") as refused:
        replies.answer(mara, reply.id, 1, value, revision=reply.revision, now=NOW)
    assert list(refused.value.fields) == ["1"]
    assert replies.read(mara, reply.id) == reply


@pytest.mark.parametrize(("slug", "value"), [("phq-9", 4), ("phq-9", 0.5), ("pc-ptsd-5", 2)])
def test_only_the_answers_offered_are_answers(mara, slug, value):
    reply = begun(mara, slug)
    with pytest.raises(Refusal, match="choose"):
        replies.answer(mara, reply.id, 1, value, revision=reply.revision, now=NOW)


def test_a_question_that_is_not_there_is_refused(mara):
    reply = begun(mara, "peg")
    for number in (0, 4, -1):
        with pytest.raises(Refusal, match="not asked"):
            replies.answer(mara, reply.id, number, 1, revision=reply.revision, now=NOW)


def test_two_tabs_do_not_overwrite_each_other_and_nothing_is_lost(mara):
    first = begun(mara, "peg")
    after = answered(mara, first, [7])
    with pytest.raises(Refusal, match="another window"):
        replies.answer(mara, first.id, 1, 3, revision=first.revision, now=NOW)
    with pytest.raises(Refusal, match="another window"):
        replies.finish(mara, first.id, revision=first.revision, now=NOW)
    assert replies.read(mara, first.id) == after


def test_of_two_that_write_in_the_same_moment_one_is_refused(mara):
    read_by_both = begun(mara, "peg")
    write(mara.person, read_by_both.changed(answers=(1.0, None, None)))
    with pytest.raises(Refusal, match="another window"):
        write(mara.person, read_by_both.changed(answers=(2.0, None, None)))
    assert replies.read(mara, read_by_both.id).answers[0] == 1


def test_an_older_page_is_refused_even_where_it_says_the_same(mara):
    first = begun(mara, "peg")
    answered(mara, first, [7, 8])
    with pytest.raises(Refusal, match="another window"):
        replies.answer(mara, first.id, 1, 7, revision=first.revision, now=NOW)


def test_a_tap_that_is_sent_twice_counts_once(mara):
    first = begun(mara, "peg")
    after = answered(mara, first, [7])
    again = replies.answer(mara, first.id, 1, 7, revision=first.revision, now=NOW)
    assert again == after


def test_what_is_not_answered_is_named_and_nothing_is_finished(mara):
    reply = answered(mara, begun(mara, "peg"), [7])
    with pytest.raises(Refusal) as refused:
        replies.finish(mara, reply.id, revision=reply.revision, now=NOW)
    assert list(refused.value.fields) == ["2", "3"]
    assert "Question 2 has no answer yet" in str(refused.value)
    assert replies.read(mara, reply.id).finished_at is None


def test_a_question_may_be_left_out_and_then_there_may_be_no_score(mara):
    reply = done(mara, "peg", [7, None, 6])
    assert (reply.score.score, reply.score.missing, reply.left_out) == (None, (2,), {2})


def test_leaving_everything_out_is_no_answer(mara):
    reply = answered(mara, begun(mara, "peg"), [None, None, None])
    with pytest.raises(Refusal, match="Nothing is answered"):
        replies.finish(mara, reply.id, revision=reply.revision, now=NOW)


def test_finishing_twice_is_finishing_once(mara):
    reply = done(mara, "peg", [7, 8, 6])
    assert replies.finish(mara, reply.id, revision=1, now=NOW + HOUR) == reply
    acts = TrailRow.objects.filter(action="reply finished")
    assert [(row.item, row.subject) for row in acts] == [(str(reply.id), mara.person.pk)]


def test_what_is_finished_is_changed_by_nobody(mara):
    reply = done(mara, "peg", [7, 8, 6])
    with pytest.raises(Refusal, match="finished"):
        replies.answer(mara, reply.id, 1, 1, revision=reply.revision, now=NOW)


def test_a_low_two_ends_there_and_a_higher_two_goes_on_as_nine_with_both_answers(mara, tom):
    assert done(tom, "phq-2", [1, 0]).onward is None
    two = done(mara, "phq-2", [1, 1])
    following = mind.after(two, NOW)
    assert (following.kind, following.reply) == ("phq-9", two.onward)
    nine = replies.read(mara, two.onward)
    assert (nine.answers[:2], nine.next_number) == ((1.0, 1.0), 3)
    assert begun(mara, "phq-9").id == nine.id


def test_a_two_of_worry_goes_on_as_seven(mara, tom):
    assert done(tom, "gad-2", [1, 1]).onward is None
    two = done(mara, "gad-2", [2, 1])
    assert mind.after(two, NOW).kind == "gad-7"
    assert replies.read(mara, two.onward).answers[:2] == (2.0, 1.0)


def test_who_chooses_the_nine_after_a_low_two_is_not_asked_the_two_again(mara):
    done(mara, "phq-2", [1, 0])
    assert begun(mara, "phq-9", NOW + HOUR).next_number == 3
    assert begun(mara, "phq-9", NOW + 2 * DAY).next_number == 1


def test_who_answered_the_nine_today_is_not_asked_it_again_after_the_two(mara):
    done(mara, "phq-9", [*PHQ_8, 0, None])
    assert done(mara, "phq-2", [1, 1], NOW + HOUR).onward is None


def test_the_nine_can_be_chosen_directly(mara):
    reply = done(mara, "phq-9", [*PHQ_8, 0, None])
    assert (reply.score.score, reply.score.band, reply.steps) == (8, "mild", ())


def test_nothing_frightening_ever_happened_ends_it_at_once(mara):
    reply = answered(mara, begun(mara, "pc-ptsd-5"), ["no"])
    assert (reply.finished_at, reply.score.score) == (NOW, 0)
    assert mind.after(reply, NOW).kind == "stop"


def test_what_one_named_oneself_is_asked_for_again_by_its_name(mara):
    done(mara, "own-activities", ["Climbing  stairs", 4, "Gardening", 6, None, None, None])
    again = begun(mara, "own-activities", NOW + 14 * DAY)
    assert again.answers[:4] == ("Climbing stairs", None, "Gardening", None)
    assert again.next_number == 2


def test_something_named_is_rated_too_before_it_is_finished(mara):
    reply = answered(mara, begun(mara, "own-activities"), ["Stairs", 4, "Gardening"])
    with pytest.raises(Refusal) as refused:
        replies.finish(mara, reply.id, revision=reply.revision, now=NOW)
    assert list(refused.value.fields) == ["4"]


def test_words_too_long_are_refused_and_marks_that_do_harm_taken_out(mara):
    reply = begun(mara, "own-activities")
    with pytest.raises(Refusal, match="80"):
        replies.answer(mara, reply.id, 1, "x" * 81, revision=reply.revision, now=NOW)
    reply = answered(mara, reply, ["  Stairs\x00\n up "])
    assert reply.answers[0] == "Stairs up"


def test_nobody_else_reads_answers_or_finishes(mara, tom):
    reply = answered(mara, begun(mara, "peg"), [7, 8, 6])
    olga, rosa, ines = (cast.viewer(each()) for each in (cast.olga, cast.rosa, cast.ines))
    for stranger in (tom, olga, rosa, ines):
        with pytest.raises(NotAllowed):
            replies.read(stranger, reply.id, NOW)
        with pytest.raises(NotAllowed):
            replies.answer(stranger, reply.id, 1, 0, revision=reply.revision, now=NOW)
        with pytest.raises(NotAllowed):
            replies.finish(stranger, reply.id, revision=reply.revision, now=NOW)
        with pytest.raises(NotAllowed):
            replies.finished(stranger, person_id=mara.person.pk, now=NOW)
        assert replies.finished(stranger, now=NOW) == []


def test_behind_the_lock_nothing_is_answered(mara):
    locked = dataclasses.replace(mara, locked=True)
    stories = (
        lambda: replies.offered(locked, NOW),
        lambda: begun(locked, "peg"),
        lambda: replies.finished(locked, now=NOW),
        lambda: mind.careful(locked),
    )
    for story in stories:
        with pytest.raises(NotAllowed):
            story()


def test_what_is_offered_is_free_and_answered_by_oneself(mara):
    done(mara, "peg", [1, 2, 3])
    found = {each.questionnaire.slug: each for each in replies.offered(mara, NOW)}
    assert {"nprs", "peg", "own-activities", "phq-2", "phq-9", "gad-7", "pc-ptsd-5"} <= set(found)
    assert not {"asq", "hoos-12", "hip-range"} & set(found)
    assert (found["peg"].last, found["nprs"].last) == (NOW, None)
    with pytest.raises(NotAllowed):
        begun(mara, "nothing-known")
    with pytest.raises(Refusal, match="licence"):
        begun(mara, "hoos-12")


def test_a_row_that_was_moved_or_written_over_stops_no_other(mara):
    one, two = done(mara, "peg", [1, 1, 1]), done(mara, "nprs", [4, 4, 4])
    Reply.objects.filter(pk=one.id).update(sealed=Reply.objects.get(pk=two.id).sealed)
    assert [each.id for each in replies.finished(mara, now=NOW)] == [two.id]
    Reply.objects.filter(pk=one.id).update(sealed=b"text")
    assert [each.id for each in replies.finished(mara, now=NOW)] == [two.id]
