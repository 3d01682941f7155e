"""What the person of the demonstration tested: one thing that is over, one that is under way."""

from datetime import UTC, datetime

import pytest

from psoas.care.experiment import demonstration, reading, results
from psoas.care.experiment.models import Experiment
from psoas.care.experiment.sealing import State
from psoas.care.journal.demonstration import PERSON_EMAIL
from psoas.care.people import trail
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.care.people.refusal import Refusal
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db


# Just past midnight in London, on the day the clocks have changed.
@pytest.mark.parametrize("now", [NOW, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)])
def test_one_is_over_with_its_result_and_one_is_under_way(now):
    demonstration.load(now)
    mara = Viewer(Person.objects.get(email=PERSON_EMAIL))
    running, finished = reading.experiments(mara)
    assert running.state(now.date()) is State.RUNNING
    assert running.with_it(now.date()) is not None
    assert finished.course.result and finished.course.result.verdict
    assert finished.course.result.verdict.pairs >= 6
    assert results.sentence(finished)
    assert list(trail.faults()) == []


def test_it_stays_out_where_somebody_is():
    cast.mara()
    with pytest.raises(Refusal):
        demonstration.load(NOW)
    assert not Experiment.objects.exists()
