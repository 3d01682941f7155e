"""A clinician builds, changes and locks a plan: nothing banned gets in, nothing typed is lost."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from psoas.care.assessment import tasks
from psoas.care.people import sharing
from psoas.care.people.models import Person, TrailRow
from psoas.care.programme import plans
from psoas.care.programme.models import Plan
from psoas.web.acts import in_words
from psoas.web.clinic.task_words import in_words as task_said
from tests import cast
from tests.care.assessment.checks import go_through
from tests.care.programme import telling
from tests.web.clinic.clinic_of import STRANGERS, cared_for, stranger
from tests.web.signing_in import as_staff

pytestmark = pytest.mark.django_db
# A replaced hip: no deep bending, so that the bound angle is taken out.
REPLACED = {"RF16": "yes", "RF16.time": "later", "RF16.approach": "posterior"}
WORDS = "Two flights of stairs without the rail."


@pytest.fixture
def mara() -> Person:
    cast.installation()
    return cast.mara()


@pytest.fixture
def ines() -> Person:
    return cast.ines()


def url(person: Person) -> str:
    return reverse("person-plan", args=[person.pk])


def form(*slugs: str, **more: str) -> dict[str, str]:
    typed = {"note": WORDS, "minutes": "7", "when": "", "template": ""}
    for n, slug in enumerate(slugs):
        typed |= {f"slug-{n}": slug, f"sets-{n}": "2", f"amount-{n}": "8", f"side-{n}": ""}
    return {**typed, **more}


def send(
    client: Client, person: Person, do: str, typed: Mapping[str, str], about: Person | None = None
):
    seen = client.get(url(about or person)).context
    carried = {"person_token": str(seen["token"]), "seen": str(seen["seen"])}
    return client.post(url(person), {**carried, **typed, "do": do})


def in_force(ines: Person, mara: Person):
    return plans.in_force(cast.viewer(ines), timezone.now(), person_id=mara.pk)


def test_without_a_plan_the_form_stands_open_and_building_needs_no_share(mara, ines) -> None:
    cared_for(ines, mara)
    client = as_staff(ines)
    page = client.get(url(mara)).content.decode()
    assert "Mara has no plan yet" in page
    assert '<details class="card" id="change" open>' in page
    assert send(client, mara, "save", form("bridge", "clamshell")).status_code == 302
    plan = in_force(ines, mara)
    assert plan.slugs == ("bridge", "clamshell")
    assert plan.note == WORDS
    assert not plan.locked
    page = client.get(url(mara)).content.decode()
    assert "Made by Ines" in page
    assert "2 × 8 times" in page


def test_each_step_gives_the_form_back_and_keeps_nothing(mara, ines) -> None:
    cared_for(ines, mara)
    client = as_staff(ines)
    typed = form("bridge", "clamshell", **{"note-1": "slowly", "walk_from": "12"})
    orders = {
        "down-0": ["clamshell", "bridge"],
        "up-1": ["clamshell", "bridge"],
        "out-0": ["clamshell"],
        "look": ["bridge", "clamshell"],
        "up-0": ["bridge", "clamshell"],
        "out-99": ["bridge", "clamshell"],
        "nonsense": ["bridge", "clamshell"],
    }
    for do, slugs in orders.items():
        answer = send(client, mara, do, typed)
        assert answer.status_code == 200
        found = answer.context["typed"]
        assert [row.slug for row in found.rows] == slugs, do
        assert (found.note, found.walk_from) == (WORDS, "12")
        assert "slowly" in {row.note for row in found.rows}
    assert not Plan.objects.exists()


def test_an_exercise_is_added_once_with_its_usual_dose(mara, ines) -> None:
    cared_for(ines, mara)
    client = as_staff(ines)
    answer = send(client, mara, "add", form("bridge", added="half-kneeling-stretch"))
    (_bridge, row) = answer.context["typed"].rows
    assert (row.slug, row.amount) == ("half-kneeling-stretch", "30")
    assert {side.value for side in row.sides} == {"", "left", "right"}
    again = send(client, mara, "add", form("bridge", added="bridge"))
    assert len(again.context["typed"].rows) == 1


def test_a_template_adds_what_is_not_there_yet(mara, ines) -> None:
    cared_for(ines, mara)
    typed = form("cat-cow", template="tight-front")
    rows = send(as_staff(ines), mara, "template", typed).context["typed"].rows
    assert rows[0].slug == "cat-cow"
    assert "half-kneeling-stretch" in [row.slug for row in rows]
    assert len({row.slug for row in rows}) == len(rows) > 2


def test_what_is_taken_out_is_refused_by_name_and_what_was_typed_stays(mara, ines) -> None:
    cared_for(ines, mara, "questionnaires")
    go_through(mara, REPLACED, now=timezone.now())
    client = as_staff(ines)
    added = send(client, mara, "add", form("bridge", added="bound-angle"))
    assert [name for name, _why in added.context["typed"].refused] == ["Bound angle"]
    assert [row.slug for row in added.context["typed"].rows] == ["bridge"]
    answer = send(client, mara, "save", form("bridge", "bound-angle"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Not saved yet. What you typed is all here." in page
    assert "Bound angle: " in page
    assert WORDS in page
    assert answer.context["typed"].rows[1].wrong
    assert not Plan.objects.exists()


def test_why_it_is_taken_out_is_told_with_the_answers_and_not_without(mara, ines) -> None:
    cared_for(ines, mara)
    go_through(mara, REPLACED, now=timezone.now())
    client = as_staff(ines)
    page = client.get(url(mara)).content.decode()
    assert "Not for Mara now" in page
    assert "does not share the answers: ask." in page
    assert "hip replacement" not in page.lower()
    sharing.set_shares(mara, ines.pk, {"questionnaires"}, now=timezone.now())
    assert "hip replacement" in client.get(url(mara)).content.decode().lower()


CLOSED = "Nothing of a plan is shown to Mara now: the safety check is not done, or keeps exercise"


def never_checked(mara: Person) -> None:
    """She has not begun."""


def holding(mara: Person) -> None:
    go_through(mara, now=timezone.now() - timedelta(hours=1))


def kept_closed(mara: Person) -> None:
    go_through(mara, {"RF15": "yes"}, now=timezone.now() - timedelta(hours=1))


def stopped_for_chest_pain(mara: Person) -> None:
    holding(mara)
    telling.do(mara, "bridge", now=timezone.now(), stop="chest-pain", stopped_at="bridge")


@pytest.mark.parametrize("how", [never_checked, kept_closed, stopped_for_chest_pain])
def test_while_the_check_keeps_exercise_closed_it_is_said_first_and_after_saving(
    mara, ines, how
) -> None:
    cared_for(ines, mara)
    how(mara)
    client = as_staff(ines)
    page = client.get(url(mara)).content.decode().split("<main")[1]
    assert page.index(CLOSED) < page.index("Not for Mara now")
    assert "Nothing is taken out." not in page
    assert "chest" not in page.lower()
    assert send(client, mara, "save", form("clamshell")).status_code == 302
    page = client.get(url(mara)).content.decode()
    assert CLOSED in page
    assert "Saved. Mara sees it once the safety check opens exercise." in page
    assert "sees it now" not in page
    assert in_force(ines, mara).slugs == ("clamshell",)


def test_where_the_check_holds_nothing_is_said_to_wait(mara, ines) -> None:
    cared_for(ines, mara)
    holding(mara)
    client = as_staff(ines)
    page = client.get(url(mara)).content.decode()
    assert "Nothing of a plan is shown" not in page
    assert "Nothing is taken out." in page
    send(client, mara, "save", form("bridge"))
    assert "Saved. Mara sees it now." in client.get(url(mara)).content.decode()


def test_what_is_taken_out_afterwards_is_flagged_in_the_plan_in_force(mara, ines) -> None:
    cared_for(ines, mara)
    client = as_staff(ines)
    send(client, mara, "save", form("bridge", "bound-angle"))
    go_through(mara, REPLACED, now=timezone.now())
    assert "Not shown to Mara now." in client.get(url(mara)).content.decode()


def test_a_wrong_number_is_refused_and_stays_as_typed(mara, ines) -> None:
    cared_for(ines, mara)
    client = as_staff(ines)
    wrong = {"sets-0": "x", "amount-0": "-3", "side-0": "up", "minutes": "0", "walk_from": "a"}
    for field, value in wrong.items():
        answer = send(client, mara, "save", form("bridge", **{field: value}))
        assert answer.status_code == 422, field
        assert WORDS in answer.content.decode()
    assert not Plan.objects.exists()


def test_lock_and_unlock_leave_the_plan_as_it_is(mara, ines) -> None:
    cared_for(ines, mara)
    client = as_staff(ines)
    assert send(client, mara, "lock", {}).status_code == 422
    send(client, mara, "save", form("bridge", locked="1"))
    assert in_force(ines, mara).locked
    assert send(client, mara, "unlock", {}).status_code == 302
    assert not in_force(ines, mara).locked
    send(client, mara, "lock", {})
    plan = in_force(ines, mara)
    assert plan.locked
    assert (plan.number, plan.slugs) == (1, ("bridge",))


def test_a_plan_changed_in_another_window_is_not_overwritten_unseen(mara, ines) -> None:
    cared_for(ines, mara)
    client = as_staff(ines)
    old = client.get(url(mara)).context
    send(client, mara, "save", form("bridge"))
    carried = {"person_token": str(old["token"]), "seen": str(old["seen"]), "do": "save"}
    answer = client.post(url(mara), {**form("clamshell"), **carried})
    assert answer.status_code == 422
    assert "changed in another window" in answer.content.decode()
    assert [row.slug for row in answer.context["typed"].rows] == ["clamshell"]
    assert in_force(ines, mara).slugs == ("bridge",)


def test_a_plan_changed_in_another_window_is_not_locked_or_unlocked_unseen(mara, ines) -> None:
    cared_for(ines, mara)
    client = as_staff(ines)
    send(client, mara, "save", form("bridge"))
    old = client.get(url(mara))
    assert old.content.decode().count('name="seen" value="1"') == 2
    for step, more in (("lock", {}), ("unlock", {"locked": "1"})):
        send(client, mara, "save", form("clamshell", **more))
        carried = {"person_token": str(old.context["token"]), "seen": "1", "do": step}
        answer = client.post(url(mara), carried)
        assert answer.status_code == 422
        assert "changed in another window" in answer.content.decode()
        assert in_force(ines, mara).locked is bool(more)


def test_a_form_of_one_person_is_refused_on_anothers_page(mara, ines) -> None:
    tom = cast.tom()
    for each in (mara, tom):
        cared_for(ines, each)
    client = as_staff(ines)
    for do in ("save", "lock", "unlock", "add", "look"):
        answer = send(client, tom, do, form("bridge"), about=mara)
        assert answer.status_code == 409, do
        page = answer.content.decode()
        assert "This form was opened for somebody else" in page
        assert WORDS in page
    assert not Plan.objects.exists()


def test_every_version_stays_with_who_made_it(mara, ines) -> None:
    cared_for(ines, mara)
    client = as_staff(ines)
    send(client, mara, "save", form("bridge"))
    send(client, mara, "save", form("clamshell"))
    answer = client.get(url(mara))
    assert [(plan.number, names) for plan, names in answer.context["before"]] == [
        (2, "Clamshell"),
        (1, "Bridge"),
    ]


def test_a_look_and_a_change_stand_in_the_persons_record(mara, ines) -> None:
    cared_for(ines, mara)
    send(as_staff(ines), mara, "save", form("bridge", locked="1"))
    rows = TrailRow.objects.filter(actor=ines.pk, subject=mara.pk, action__startswith="plan ")
    said = {in_words(row, who="Ines", other="").sentence for row in rows}
    assert said == {"looked at your plan", "made your plan", "locked your plan"}


def test_the_persons_page_says_in_a_line_what_they_do(mara, ines) -> None:
    cared_for(ines, mara)
    client = as_staff(ines)
    page = reverse("people-shared", args=[mara.pk])
    assert "No plan yet." in client.get(page).content.decode()
    send(client, mara, "save", form("bridge", locked="1"))
    assert "Plan 1 by Ines: 1 exercise, locked." in client.get(page).content.decode()


TOLD: list[tuple[Mapping[str, Any], str, str, bool]] = [
    ({"why": "nothing-left", "items": ["bridge"]}, "Plan", "plan", False),
    ({"why": "locked-banned", "items": ["bridge"]}, "Plan", "plan", False),
    ({"why": "two-reds", "items": ["bridge"]}, "Plan", "plan", False),
    ({"why": "above-five"}, "Plan", "plan", False),
    ({"why": "stopped", "sign": "chest-pain"}, "Stopped", "sessions", True),
    ({"why": "stopped", "sign": "groin-catch"}, "Stopped", "sessions", False),
]


def test_a_task_about_the_plan_says_what_and_leads_there(mara, ines) -> None:
    cared_for(ines, mara, "sessions")
    client = as_staff(ines)
    for n, (facts, badge, leads_to, urgent) in enumerate(TOLD):
        now = timezone.now()
        tasks.make(mara, tasks.PLAN, facts, needs="sessions", now=now, cause=n)
        (task,) = tasks.open_tasks(cast.viewer(ines), now)
        told = task_said(task, now)
        assert (told.badge, told.leads_to, told.urgent) == (badge, leads_to, urgent)
        assert "Mara" in told.sentence
        assert url(mara)[:-5] + leads_to in client.get(reverse("tasks")).content.decode()
        tasks.done(cast.viewer(ines), task.id, now)


def test_without_sessions_nobody_is_told_of_the_plan(mara, ines) -> None:
    cared_for(ines, mara, "pain", "questionnaires")
    now = timezone.now()
    assert tasks.make(mara, tasks.PLAN, {"why": "two-reds"}, needs="sessions", now=now) == 0


def test_the_care_that_ended_closes_it(mara, ines) -> None:
    cared_for(ines, mara)
    client = as_staff(ines)
    send(client, mara, "save", form("bridge"))
    sharing.end_care(ines, mara, actor=ines, now=timezone.now() - timedelta(seconds=1))
    assert client.get(url(mara)).status_code == 404


def test_for_anyone_else_the_page_does_not_exist(mara, ines) -> None:
    cared_for(ines, mara, "sessions", "questionnaires")
    mine = as_staff(ines)
    send(mine, mara, "save", form("bridge"))
    carried = str(mine.get(url(mara)).context["token"])
    for name in STRANGERS:
        client = stranger(name, mara)
        typed = {**form("clamshell"), "person_token": carried, "seen": "1", "do": "save"}
        for answer in (client.get(url(mara)), client.post(url(mara), typed)):
            assert answer.status_code == 404
            assert WORDS not in answer.content.decode()
    assert in_force(ines, mara).slugs == ("bridge",)
    assert Client().get(url(mara))["Location"] == reverse("account_login")
