"""Nobody meets what is not theirs: every visitor, every door, every method."""

import pytest

from psoas.care.people import access
from psoas.web import doors
from tests.web import matrix
from tests.web.world import ADMITS, DOORS, ROLES


def test_every_address_is_in_the_matrix_and_nothing_else_is():
    assert set(matrix.views()) == set(DOORS)


def test_every_door_names_the_policy_the_matrix_expects():
    found = {name: doors.policy_of(view, name) for name, view in matrix.views().items()}
    assert found == {name: door.policy for name, door in DOORS.items()}


def test_every_policy_is_said_again_in_the_matrix():
    assert set(ADMITS) == set(access.POLICIES)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(DOORS))
def test_nobody_passes_a_door_or_reads_a_word_that_is_not_theirs(name, clinic):
    assert list(matrix.faults_of(name, clinic)) == []


def test_the_matrix_is_as_large_as_it_says():
    cells = len(DOORS) * len(ROLES) * len(matrix.METHODS)
    print(f"{len(DOORS)} addresses x {len(ROLES)} visitors x {len(matrix.METHODS)} ways: {cells}")
    assert cells > 3000
