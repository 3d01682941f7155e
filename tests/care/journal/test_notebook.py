"""The notebook: suspects with their dates, triggers of one's own, and how one is asked."""

from datetime import timedelta

import pytest

from psoas.care.journal import notebook
from psoas.care.journal.notebook import MOST_OWN, Notebook, OwnTrigger, open_notebook
from psoas.care.people.refusal import NotAllowed, Refusal
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=9)


@pytest.fixture
def mara():
    return cast.viewer(cast.mara())


def test_before_anything_was_set_up_it_is_empty(mara):
    assert open_notebook(mara) == Notebook()


def test_suspects_are_kept_with_the_day_they_were_named(mara):
    notebook.name_suspects(mara, [("deadline", False), ("long-sitting", True)], now=NOW)
    found = open_notebook(mara).suspects
    assert [(each.trigger, each.helps, each.since) for each in found] == [
        ("deadline", False, "2026-04-14"),
        ("long-sitting", True, "2026-04-14"),
    ]


def test_a_suspect_named_again_keeps_its_first_day_and_one_dropped_is_not_forgotten(mara):
    notebook.name_suspects(mara, [("deadline", False), ("cold", False)], now=NOW)
    notebook.name_suspects(mara, [("deadline", True), ("stairs", False)], now=LATER)
    found = open_notebook(mara)
    assert [(each.trigger, each.since) for each in found.suspects] == [
        ("deadline", "2026-04-14"),
        ("stairs", "2026-04-23"),
    ]
    assert [each.trigger for each in found.past_suspects] == ["cold"]


def test_none_is_an_answer_too(mara):
    notebook.name_suspects(mara, [], now=NOW)
    assert open_notebook(mara).suspects == ()


@pytest.mark.parametrize(
    "chosen",
    [
        ["deadline", "cold", "stairs", "money"],
        ["deadline", "deadline"],
        ["nothing-known"],
        ["no-idea"],
        ["flare-after-exercise"],
    ],
)
def test_too_many_twice_the_same_unknown_and_remarks_are_refused(mara, chosen):
    with pytest.raises(Refusal):
        notebook.name_suspects(mara, [(key, False) for key in chosen], now=NOW)
    assert open_notebook(mara).suspects == ()


def test_a_trigger_of_ones_own_is_offered_until_it_is_put_away(mara):
    own = notebook.add_own(mara, "  long \t drive ", number=True, now=NOW)
    assert (own.name, own.number, own.since) == ("long drive", True, "2026-04-14")
    assert own.key in {each.key for each in open_notebook(mara).offered()}
    notebook.retire_own(mara, own.key, now=LATER)
    assert own.key not in {each.key for each in open_notebook(mara).offered()}
    assert open_notebook(mara).own[0].until == "2026-04-23"
    notebook.bring_back_own(mara, own.key)
    assert own.key in {each.key for each in open_notebook(mara).offered()}


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "\x00\x07", "Poor-Sleep", "poor sleep"])
def test_a_name_that_is_none_or_is_taken_is_refused(mara, name):
    with pytest.raises(Refusal) as refusal:
        notebook.add_own(mara, name, number=False, now=NOW)
    assert list(refusal.value.fields) == ["name"]


def test_there_is_an_end_to_how_many(mara):
    full = tuple(OwnTrigger(f"own-{n}", f"thing {n}", False, "2026-01-01") for n in range(MOST_OWN))
    notebook.keep_notebook(mara, Notebook(own=full))
    with pytest.raises(Refusal, match="more do not fit"):
        notebook.add_own(mara, "one more", number=False, now=NOW)


def test_a_key_of_somebody_else_does_not_exist(mara):
    own = notebook.add_own(mara, "kestrel", number=False, now=NOW)
    tom = cast.viewer(cast.tom())
    with pytest.raises(NotAllowed):
        notebook.retire_own(tom, own.key, now=NOW)
    with pytest.raises(NotAllowed):
        notebook.bring_back_own(tom, own.key)
    assert open_notebook(tom) == Notebook()


def test_the_cycle_day_and_the_pad_are_chosen(mara):
    notebook.set_choices(mara, cycle=True, pad=True)
    found = open_notebook(mara)
    assert (found.cycle, found.pad) == (True, True)


def test_a_name_finds_its_trigger_however_it_is_written(mara):
    own = notebook.add_own(mara, "Long Drive", number=False, now=NOW)
    found = open_notebook(mara)
    assert notebook.find_trigger("long_drive", found) == own.key
    assert notebook.find_trigger("POOR SLEEP", found) == "poor-sleep"
    assert notebook.find_trigger("rain", found) is None
