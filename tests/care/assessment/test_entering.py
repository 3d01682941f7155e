"""What a clinician measures or types in, and what they may read."""

import dataclasses
from datetime import timedelta

import pytest

from psoas.care.assessment import licences, replies
from psoas.care.assessment.models import Licence, Reply
from psoas.care.people import sharing
from psoas.care.people.erasing import erase_account
from psoas.care.people.models import TrailRow
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.content import questionnaires
from psoas.content.questionnaires import questionnaire
from tests import cast
from tests.care.assessment.asking import answered, begun, done
from tests.cast import NOW

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STANDS = [12, 66, 2]
HOOS_12 = [2, 2, 1, 3, 1, 1, 2, None, 3, 4, 3, 2]


@pytest.fixture
def clinic():
    people = {"mara": cast.mara(), "ines": cast.ines(), "jonas": cast.jonas(), "olga": cast.olga()}
    cast.under_care(people["ines"], people["mara"])
    return {name: cast.viewer(each) for name, each in people.items()}


def share(clinic, *categories, now=NOW):
    sharing.set_shares(clinic["mara"].person, clinic["ines"].person.pk, set(categories), now=now)


def enter(clinic, slug, answers, who="ines", now=NOW):
    return replies.enter(clinic[who], clinic["mara"].person.pk, slug, answers, now)


def read_by(clinic, who="ines", now=NOW):
    found = replies.finished(clinic[who], person_id=clinic["mara"].person.pk, now=now)
    return [each.slug for each in found]


def test_a_measurement_is_entered_in_one_go_and_the_person_sees_it(clinic):
    reply = enter(clinic, "chair-stand-30", STANDS)
    assert reply.score is not None and reply.score.score == 12
    assert (reply.entered_by, reply.finished_at) == (clinic["ines"].person.pk, NOW)
    assert replies.finished(clinic["mara"], now=NOW) == [reply]
    (act,) = TrailRow.objects.filter(action="reply entered")
    assert (act.actor, act.subject) == (clinic["ines"].person.pk, clinic["mara"].person.pk)


def test_a_measurement_can_be_taken_one_value_after_the_other(clinic):
    ines, mara = clinic["ines"], clinic["mara"]
    reply = replies.begin(ines, "chair-stand-30", NOW, person_id=mara.person.pk)
    reply = answered(ines, reply, STANDS)
    with pytest.raises(NotAllowed):
        replies.answer(mara, reply.id, 1, 60, revision=reply.revision, now=NOW)
    reply = replies.finish(ines, reply.id, revision=reply.revision, now=NOW)
    assert reply.entered
    assert reply.score is not None and reply.score.score == 12


def test_nobody_enters_for_whom_they_do_not_look_after(clinic):
    clinic["rosa"], clinic["tom"] = cast.viewer(cast.rosa()), cast.viewer(cast.tom())
    for who in ("jonas", "olga", "rosa", "tom"):
        with pytest.raises(NotAllowed):
            enter(clinic, "chair-stand-30", STANDS, who)
    with pytest.raises(NotAllowed):
        enter(clinic, "chair-stand-30", STANDS, "mara")
    assert not Reply.objects.exists()


def test_a_person_measures_nothing_and_how_they_feel_a_clinician_types_in_for_nobody(clinic):
    with pytest.raises(Refusal, match="physiotherapist"):
        begun(clinic["mara"], "chair-stand-30")
    for slug, values in (("phq-9", [0] * 10), ("phq-2", [1, 1]), ("asq", [0] * 5)):
        with pytest.raises(Refusal, match="themselves"):
            enter(clinic, slug, values)
    assert enter(clinic, "peg", [1, 2, 3]).entered


def test_every_value_that_does_not_fit_is_named(clinic):
    with pytest.raises(Refusal) as refused:
        enter(clinic, "chair-stand-30", [61, "old", 3])
    assert list(refused.value.fields) == ["1", "2", "3"]
    with pytest.raises(Refusal, match="3 values; 1 were given"):
        enter(clinic, "chair-stand-30", [12])
    with pytest.raises(Refusal, match="Nothing is answered"):
        enter(clinic, "chair-stand-30", [None, None, None])
    assert not Reply.objects.exists()


def test_a_clinician_reads_what_they_entered_and_the_rest_by_category(clinic):
    enter(clinic, "chair-stand-30", STANDS)
    done(clinic["mara"], "peg", [1, 2, 3], NOW + HOUR)
    cast.under_care(clinic["jonas"].person, clinic["mara"].person, "movement")
    assert read_by(clinic, now=NOW + HOUR) == ["chair-stand-30"]
    assert read_by(clinic, "jonas", NOW + HOUR) == ["chair-stand-30"]
    share(clinic, "questionnaires")
    assert read_by(clinic, now=NOW + HOUR) == ["chair-stand-30", "peg"]
    share(clinic, now=NOW + 2 * HOUR)
    assert read_by(clinic, now=NOW + 2 * HOUR) == ["chair-stand-30"]
    sharing.end_care(
        clinic["ines"].person, clinic["mara"].person, actor=clinic["olga"].person, now=NOW + DAY
    )
    with pytest.raises(NotAllowed):
        read_by(clinic, now=NOW + DAY)


def test_the_suicide_step_is_read_by_the_person_alone(clinic):
    share(clinic, "questionnaires", "alarm")
    asked = answered(clinic["mara"], begun(clinic["mara"], "asq"), [0, 0, 0, 0])
    assert read_by(clinic) == []
    with pytest.raises(NotAllowed):
        replies.read(clinic["ines"], asked.id, NOW)
    assert replies.read(clinic["mara"], asked.id) == asked


def test_one_reply_is_read_by_the_same_rules(clinic):
    reply = done(clinic["mara"], "peg", [1, 2, 3])
    with pytest.raises(NotAllowed):
        replies.read(clinic["ines"], reply.id, NOW)
    share(clinic, "questionnaires")
    assert replies.read(clinic["ines"], reply.id, NOW) == reply
    with pytest.raises(NotAllowed):
        replies.read(clinic["ines"], reply.id)
    with pytest.raises(NotAllowed):
        replies.read(clinic["jonas"], reply.id, NOW)


def test_each_look_is_in_the_trail_and_the_lists_of_one_page_are_one_look(clinic):
    share(clinic, "questionnaires")
    done(clinic["mara"], "peg", [1, 2, 3])
    for now in (NOW, NOW, NOW + HOUR):
        read_by(clinic, now=now)
    replies.finished(clinic["mara"], now=NOW)
    looks = TrailRow.objects.filter(action="answers read")
    assert [(row.actor, row.item) for row in looks] == [
        (clinic["ines"].person.pk, "questionnaires")
    ] * 2


def test_reading_what_one_entered_oneself_is_no_look_at_what_is_shared(clinic):
    enter(clinic, "chair-stand-30", STANDS)
    read_by(clinic)
    assert not TrailRow.objects.filter(action="answers read").exists()


def test_a_clinics_own_words_let_a_person_answer_once_questions_and_answers_have_them(
    clinic, monkeypatch
):
    licences.state(clinic["olga"], "pseq-2", "written consent", NOW)
    asks = tuple(dataclasses.replace(i, ask="Own words") for i in questionnaire("pseq-2").items)
    named = tuple(
        dataclasses.replace(
            item, options=tuple(dataclasses.replace(each, label="x") for each in item.options)
        )
        for item in asks
    )
    for items, offered in ((asks, not any(item.options for item in asks)), (named, True)):
        worded = (dataclasses.replace(questionnaire("pseq-2"), items=items),)
        monkeypatch.setattr(questionnaires, "questionnaires", lambda found=worded: found)
        slugs = {each.questionnaire.slug for each in replies.offered(clinic["mara"], NOW)}
        assert ("pseq-2" in slugs) is offered
    licences.withdraw(clinic["olga"], "pseq-2", NOW)
    assert replies.offered(clinic["mara"], NOW) == []


def test_what_a_clinician_entered_stays_theirs_to_the_record_when_their_account_is_gone(clinic):
    reply = enter(clinic, "chair-stand-30", STANDS)
    erase_account(clinic["ines"].person, now=NOW + DAY)
    again = replies.read(clinic["mara"], reply.id)
    assert (again.entered, again.entered_by) == (True, None)


# --- licences ------------------------------------------------------------------------------


def test_what_is_not_free_is_off_until_the_owner_states_a_licence(clinic):
    with pytest.raises(Refusal, match="licence"):
        enter(clinic, "hoos-12", HOOS_12)
    assert "hoos-12" not in {each.slug for each in replies.enterable(clinic["ines"])}
    licences.state(clinic["olga"], "hoos-12", " Mapi, 2026,  no. 7 ", NOW)
    assert licences.in_force() == {"hoos-12"}
    assert [(each.wording, each.stated_by) for each in licences.stated()] == [
        ("Mapi, 2026, no. 7", clinic["olga"].person)
    ]
    assert "hoos-12" in {each.slug for each in replies.enterable(clinic["ines"])}
    reply = enter(clinic, "hoos-12", HOOS_12)
    assert reply.score is not None and round(reply.score.score or 0, 1) == 47.2
    # Without its words nobody can answer it alone.
    with pytest.raises(Refusal, match="physiotherapist"):
        begun(clinic["mara"], "hoos-12")


def test_a_licence_that_is_withdrawn_ends_entering_and_not_what_was_begun(clinic):
    licences.state(clinic["olga"], "pseq-2", "written consent", NOW)
    mara = clinic["mara"].person.pk
    reply = replies.begin(clinic["ines"], "pseq-2", NOW, person_id=mara)
    licences.withdraw(clinic["olga"], "pseq-2", NOW + HOUR)
    with pytest.raises(Refusal, match="licence"):
        enter(clinic, "pseq-2", [4, 5])
    reply = answered(clinic["ines"], reply, [4, 5])
    reply = replies.finish(clinic["ines"], reply.id, revision=reply.revision, now=NOW + HOUR)
    assert reply.score is not None and reply.score.score == 9
    licences.state(clinic["olga"], "pseq-2", "again", NOW + DAY)
    assert Licence.objects.count() == 2


def test_a_licence_needs_words_and_something_that_needs_one(clinic):
    olga = clinic["olga"]
    for wording in ("", "  \n"):
        with pytest.raises(Refusal, match="which licence"):
            licences.state(olga, "hoos", wording, NOW)
    with pytest.raises(Refusal, match="300"):
        licences.state(olga, "hoos", "x" * 301, NOW)
    with pytest.raises(Refusal, match="free"):
        licences.state(olga, "phq-9", "mine", NOW)
    with pytest.raises(NotAllowed):
        licences.state(olga, "nothing-known", "mine", NOW)
    licences.state(olga, "hoos", "mine", NOW)
    with pytest.raises(Refusal, match="already"):
        licences.state(olga, "hoos", "mine", NOW)
    assert licences.in_force() == {"hoos"}


def test_only_the_owner_states_and_withdraws(clinic):
    licences.state(clinic["olga"], "hoos", "mine", NOW)
    for who in (clinic["mara"], clinic["ines"], cast.viewer(cast.rosa())):
        with pytest.raises(NotAllowed):
            licences.state(who, "hagos", "mine", NOW)
        with pytest.raises(NotAllowed):
            licences.withdraw(who, "hoos", NOW)
    with pytest.raises(NotAllowed):
        licences.withdraw(clinic["olga"], "hagos", NOW)
