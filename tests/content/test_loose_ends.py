"""What stands between content files: names that lead nowhere, numbers without a source."""

import dataclasses

import pytest

from psoas.content import everyday, exercises, loose_ends, redflags, whole
from psoas.content.exercise import Ban, Dose, Evidence, Way
from psoas.content.overlay import ContentError, brought, names_of_psoas
from psoas.content.question import Rule
from psoas.content.reader import brought_toml


def told(look):
    with pytest.raises(ContentError) as refused:
        look()
    return [refused.value, *refused.value.others]


def test_the_content_of_psoas_has_no_loose_end():
    assert [look() for look in loose_ends.LOOSE_ENDS] == [0] * len(loose_ends.LOOSE_ENDS)
    assert all(kind.problems == () for kind in whole.kinds())


def test_every_file_that_travels_with_psoas_belongs_to_a_kind():
    named = {name for kind in whole.kinds() for name in kind.files}
    assert named == set(names_of_psoas())


@pytest.mark.parametrize("name", sorted(loose_ends._HELD))
def test_a_word_that_records_may_hold_cannot_be_taken_out(tmp_path, monkeypatch, name):
    table, keys = loose_ends._HELD[name]
    last = list(loose_ends._entries(brought_toml(name), table, keys))[-1]
    text = brought(name).decode()
    before, mark, _after = text.rpartition(f"\n[[{table}]]")
    assert mark
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(before, encoding="utf-8")
    monkeypatch.setenv("PSOAS_CONTENT", str(tmp_path))
    (problem,) = told(loose_ends.what_records_hold)
    assert (problem.file, problem.entry) == (name, f"{table} “{' '.join(last)}”")
    path.write_text(text, encoding="utf-8")
    assert loose_ends.what_records_hold() == 0


def replaced(monkeypatch, **keys):
    found = dataclasses.replace(redflags.questions(), **keys)
    monkeypatch.setattr(redflags, "questions", lambda: found)


def test_a_ban_of_an_exercise_that_is_not_there_is_named(monkeypatch):
    first, *rest = redflags.questions().questions
    rule = Rule("hop", ("RF01",), "M", "No hopping.", bans=("E01", "E77"))
    first = dataclasses.replace(first, rules=(rule,))
    replaced(monkeypatch, questions=(first, *rest))
    (problem,) = told(loose_ends.bans)
    assert (problem.entry, problem.key) == ("question “RF01”, rule “hop”", "bans")
    assert "E77" in str(problem)


def changed(monkeypatch, slug, **keys):
    """The library with one exercise otherwise."""
    found = dataclasses.replace(exercises.exercise(slug), **keys)
    all_of_it = tuple(found if each.slug == slug else each for each in exercises.EXERCISES)
    monkeypatch.setattr(exercises, "EXERCISES", all_of_it, raising=False)


@pytest.mark.parametrize(
    ("keys", "key", "said"),
    [
        ({"harder": (Way("Hop.", "hop"),)}, "harder", "leads to “hop”, which is not there"),
        ({"easier": (Way("Same.", "bridge"),)}, "easier", "leads to “bridge”, which is itself"),
        ({"parts": ("cat-cow", "hop")}, "parts", "leads to “hop”"),
    ],
)
def test_a_way_that_leads_nowhere_is_named(monkeypatch, keys, key, said):
    changed(monkeypatch, "bridge", **keys)
    (problem,) = told(loose_ends.library)
    assert (problem.file, problem.key) == ("exercises/bridge.toml", key)
    assert said in str(problem)


def test_a_dose_a_ban_and_evidence_without_a_source_are_named(monkeypatch):
    bare = {
        "dose": Dose("reps", 8, 12, 2, 4, "daily"),
        "bans": (Ban("oa", "Not so."),),
        "evidence": Evidence("some", "It helps."),
    }
    changed(monkeypatch, "bridge", **bare)
    problems = told(loose_ends.sources)
    assert [each.entry for each in problems] == ["dose", "evidence", "bans 1"]


def test_a_clinics_exercise_that_drops_a_ban_is_refused(tmp_path, monkeypatch):
    name = "exercises/wall-sit.toml"
    (tmp_path / "exercises").mkdir()
    (tmp_path / name).write_text(brought(name).decode(), encoding="utf-8")
    monkeypatch.setenv("PSOAS_CONTENT", str(tmp_path))
    assert loose_ends.library() == 0
    changed(monkeypatch, "wall-sit", bans=exercises.exercise("wall-sit").bans[1:])
    (problem,) = told(loose_ends.library)
    assert (problem.entry, problem.problem) == ("ban “blood-pressure”", "is gone")


def test_an_everyday_item_that_leads_nowhere_is_named(monkeypatch):
    item = dataclasses.replace(everyday.EVERYDAY[0], claims=("C99",), exercise="hop")
    monkeypatch.setattr(everyday, "EVERYDAY", (item,))
    assert [problem.key for problem in told(loose_ends.everyday)] == ["claims", "exercise"]


def test_a_table_of_doors_that_lacks_one_is_refused(monkeypatch):
    replaced(monkeypatch, doors=redflags.questions().doors[1:])
    (problem,) = told(loose_ends.doors)
    assert problem.entry == "door “routine”"


@dataclasses.dataclass(frozen=True)
class Number:
    value: float
    sources: tuple[str, ...] = ()
    ck: bool = False


@dataclasses.dataclass(frozen=True)
class Sheet:
    bands: tuple[Number, ...]
    sources: tuple[str, ...] = ("a source",)
    best: Number = Number(1, ck=True)


def test_every_number_without_a_source_is_found_however_deep():
    sheet = Sheet((Number(1, ("x",)), Number(2), Number(3, ("x", " ")), Number(4, ck=True)))
    assert list(loose_ends._unsourced(sheet, "")) == ["bands 2", "bands 3"]
    assert list(loose_ends._unsourced(Sheet((), ()), "")) == [""]
