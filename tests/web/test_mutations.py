"""Each guard is taken away once, and each time the matrix notices.

A guard whose removal goes unnoticed is either not tested or not needed; both are faults.
"""

import pytest
from django.urls import reverse

from psoas.care.people import access
from tests.web import matrix, world
from tests.web.world import DOORS

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

GUARDED = sorted(name for name, door in DOORS.items() if door.policy != "anyone")


@pytest.mark.parametrize("name", GUARDED)
def test_a_door_without_its_policy_is_noticed(name, clinic):
    put_back = matrix.permissive(matrix.views()[name], name)
    try:
        assert next(matrix.faults_of(name, clinic), None) is not None
    finally:
        put_back()


@pytest.mark.parametrize("policy", sorted(set(access.POLICIES) - {"anyone"}))
def test_a_policy_that_admits_everyone_is_noticed(policy, clinic, monkeypatch):
    monkeypatch.setitem(access.POLICIES, policy, access.anyone)
    behind = [name for name, door in DOORS.items() if door.policy == policy]
    if not behind:
        pytest.skip(f"no door stands behind “{policy}” alone")
    assert _noticed(behind, clinic)


@pytest.mark.parametrize(
    ("guard", "replacement", "behind"),
    [
        (
            "psoas.care.assessment.models.own_rows",
            "everybodys_rows",
            ["check-one", "check-result", "question", "question-done"],
        ),
        ("psoas.care.journal.models.own_rows", "everybodys_rows", ["entry", "entry-delete"]),
        ("psoas.care.experiment.models.own_rows", "everybodys_rows", ["experiment"]),
        (
            # The page also tells of the plan, behind a guard of its own: both must go to be seen.
            "psoas.care.journal.sharing.people_looked_after"
            " psoas.care.programme.looking.people_looked_after",
            "everybody",
            ["people-shared"],
        ),
        ("psoas.care.journal.sharing.shared_categories", "everything", ["people-shared"]),
        ("psoas.web.clinic.whom.people_looked_after", "everybody", ["person-measure"]),
        ("psoas.care.programme.looking.people_looked_after", "everybody", ["person-plan"]),
        ("psoas.care.programme.looking.shared_categories", "everything", ["person-sessions"]),
        ("psoas.care.people.access.Share.objects.in_force", "all_shares", ["people-shared"]),
    ],
)
def test_a_scope_that_opens_every_row_is_noticed(
    guard,
    replacement,
    behind,
    clinic,
    monkeypatch,
):
    for each in guard.split():
        monkeypatch.setattr(each, getattr(world, replacement))
    assert _noticed(behind, clinic)


def test_a_session_opened_to_everybody_is_noticed_by_whoever_answers_for_it(clinic, monkeypatch):
    # No address names it where it is written to: what is posted does.
    url, post = reverse("move-morning"), {"key": str(clinic.session), "answer": "usual"}
    assert clinic.client("tom").post(url, post).status_code == 404
    monkeypatch.setattr("psoas.care.programme.models.own_rows", world.everybodys_rows)
    assert clinic.client("tom").post(url, post).status_code != 404


def _noticed(names: list[str], clinic) -> bool:
    return any(next(matrix.faults_of(name, clinic), None) for name in names)
