"""Every policy against every kind of viewer: what is not allowed by name is refused."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from psoas.care.people import access, sharing
from psoas.care.people.access import POLICIES, SCOPES, Viewer
from psoas.care.people.models import CLINICIAN, OWNER, PERSON, RECEPTIONIST, Person
from tests import cast
from tests.cast import NOW

ROLES = (PERSON, CLINICIAN, RECEPTIONIST, OWNER)
STATES: dict[str, dict[str, Any]] = {
    "free": {},
    "locked": {"locked": True},
    "without second factor": {"second_factor_missing": True},
    "locked without second factor": {"locked": True, "second_factor_missing": True},
}
# Who gets through, as (role, state); nobody signed in stands as None; a closed account never.
ANY_STATE = {(role, state) for role in ROLES for state in STATES}
FREE = {(role, "free") for role in ROLES}
THROUGH: dict[str, set[Any]] = {
    "anyone": {None, "closed"} | ANY_STATE,
    "signed in": ANY_STATE,
    "unlocked": {(role, state) for role, state in ANY_STATE if "lock" not in state},
    "inside": FREE,
    "clinician": {(CLINICIAN, "free")},
    "owner": {(OWNER, "free")},
    "clinician or owner": {(CLINICIAN, "free"), (OWNER, "free")},
}
VIEWERS = {None: Viewer(None), "closed": Viewer(Person(role=OWNER, is_active=False))} | {
    (role, state): Viewer(Person(role=role), **fields)
    for role in ROLES
    for state, fields in STATES.items()
}


def test_the_table_speaks_of_every_policy():
    assert set(THROUGH) == set(POLICIES)


@pytest.mark.parametrize("who", VIEWERS, ids=str)
@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_lets_through_whom_the_table_names_and_nobody_else(policy, who):
    assert access.allows(policy, VIEWERS[who]) == (who in THROUGH[policy])


@pytest.mark.parametrize("role", ["", "admin", "Owner", "superuser"])
def test_an_unknown_role_is_a_person_at_most(role):
    viewer = Viewer(Person(role=role))
    assert {policy for policy in POLICIES if access.allows(policy, viewer)} == {
        "anyone",
        "signed in",
        "unlocked",
        "inside",
    }


def test_an_unknown_policy_is_an_error_not_an_open_door():
    with pytest.raises(KeyError):
        access.allows("everybody", VIEWERS[(OWNER, "free")])


def test_asking_nobody_for_a_name_is_a_bug_that_shows():
    with pytest.raises(LookupError):
        _ = Viewer(None).known


@pytest.fixture
def clinic(db):
    mara, tom, ines, jonas = cast.mara(), cast.tom(), cast.ines(), cast.jonas()
    cast.under_care(ines, mara, "pain")
    cast.under_care(jonas, tom, "pain", "feelings")
    return {"mara": mara, "tom": tom, "ines": ines, "jonas": jonas}


def looked_after(viewer):
    return {person.name for person in access.people_looked_after(viewer, NOW)}


def test_a_clinician_finds_those_they_look_after_and_nobody_else(clinic):
    assert looked_after(Viewer(clinic["ines"])) == {"Mara"}
    assert looked_after(Viewer(clinic["jonas"])) == {"Tom"}


def test_nobody_else_finds_anybody(clinic):
    others = [cast.rosa(), cast.olga(), clinic["mara"], None]
    assert [looked_after(Viewer(each)) for each in others] == [set()] * 4


@pytest.mark.parametrize("state", [state for state in STATES if state != "free"])
def test_a_clinician_at_a_locked_door_finds_nobody(clinic, state):
    viewer = replace(Viewer(clinic["ines"]), **STATES[state])
    assert looked_after(viewer) == set()
    assert access.shared_categories(viewer, clinic["mara"], NOW) == frozenset()


def test_a_clinician_who_became_something_else_finds_nobody(clinic):
    Person.objects.filter(pk=clinic["ines"].pk).update(role=RECEPTIONIST)
    assert looked_after(Viewer(Person.objects.get(pk=clinic["ines"].pk))) == set()


def test_a_person_whose_account_is_closed_is_not_found(clinic):
    sharing.deactivate(clinic["mara"], actor=clinic["ines"], now=NOW)
    assert looked_after(Viewer(clinic["ines"])) == set()


def test_care_that_begins_tomorrow_opens_nothing_today(clinic):
    rosa_later = cast.person("Later")
    sharing.start_care(
        clinic["ines"], rosa_later, actor=clinic["ines"], now=NOW + timedelta(days=1)
    )
    assert looked_after(Viewer(clinic["ines"])) == {"Mara"}


def test_own_rows_of_nobody_are_none(clinic):
    assert not Person.objects.filter(pk__in=[]).exists()
    for viewer in (Viewer(None), Viewer(clinic["mara"], locked=True)):
        assert not clinic["mara"].keys.model.objects.filter(access.own_rows(viewer)).exists()


def test_own_rows_are_ones_own(clinic):
    keys = clinic["mara"].keys.model.objects.filter(access.own_rows(Viewer(clinic["mara"])))
    assert {key.person_id for key in keys} == {clinic["mara"].pk}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_whose_policy_is_taken_away_lets_more_through_and_is_noticed(
    clinic, scope, monkeypatch
):
    # What the tests above stand on: with the policy gone, a stranger would get through.
    monkeypatch.setitem(SCOPES, scope, lambda viewer: True)
    locked = Viewer(clinic["ines"], locked=True)
    if scope == "own rows":
        assert clinic["ines"].keys.model.objects.filter(access.own_rows(locked)).exists()
    else:
        assert looked_after(locked) == {"Mara"}
