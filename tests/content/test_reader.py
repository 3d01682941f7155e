"""A bad content file is refused with a sentence that says where and what to do."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pytest

from psoas.content import overlay
from psoas.content.emotions import Emotion
from psoas.content.reader import ContentError, entries_of, read_toml


@dataclass(frozen=True)
class Part:
    name: str


@dataclass(frozen=True)
class Thing:
    slug: str
    size: int
    kind: Literal["big", "small"] = "big"
    seen: date = date(2026, 1, 1)
    parts: tuple[Part, ...] = ()
    spot: tuple[float, float] = (0.0, 0.0)
    quiet: bool = False


def read(**keys):
    return entries_of({"thing": [{"slug": "a", "size": 1, **keys}]}, "x.toml", "thing", Thing)


def refusal(**keys):
    with pytest.raises(ContentError) as refused:
        read(**keys)
    return str(refused.value)


def test_a_good_entry_becomes_a_record():
    found = read(parts=[{"name": "wheel"}], spot=[1, 2.5], kind="small", quiet=True)
    assert found == (Thing("a", 1, "small", parts=(Part("wheel"),), spot=(1.0, 2.5), quiet=True),)


def test_an_unknown_key_is_named_with_file_entry_and_the_known_ones():
    said = refusal(sise=2)
    assert said.startswith("x.toml, thing “a”, key “sise”: is not a known key.")
    assert "Known keys are slug, size" in said


def test_a_missing_key_is_named_with_the_line_to_add():
    with pytest.raises(ContentError) as refused:
        entries_of({"thing": [{"slug": "a"}]}, "x.toml", "thing", Thing)
    assert str(refused.value) == "x.toml, thing “a”, key “size”: is missing. Add a line size = …."
    assert (refused.value.file, refused.value.key) == ("x.toml", "size")


def test_an_entry_without_a_slug_is_named_by_its_place():
    with pytest.raises(ContentError, match="thing number 1, key “slug”: is missing"):
        entries_of({"thing": [{"size": 1}]}, "x.toml", "thing", Thing)


@pytest.mark.parametrize(
    ("key", "value", "remedy"),
    [
        ("size", "one", "It must be a whole number"),
        ("size", True, "It must be a whole number"),
        ("quiet", 1, "It must be true or false"),
        ("seen", "today", "It must be a date"),
        ("kind", "huge", "Use one of “big”, “small”"),
        ("parts", "wheel", "Put the values in [ ]"),
        ("parts", ["wheel"], "Write it as key = value lines"),
        ("parts", [{"nam": "wheel"}], "Known keys are name"),
        ("spot", [1.0], "Correct the list"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_what_it_must_be(key, value, remedy):
    said = refusal(**{key: value})
    assert remedy in said
    assert key in said


def test_a_slug_that_comes_twice_is_refused():
    twins = {"thing": [{"slug": "a", "size": 1}, {"slug": "a", "size": 2}]}
    with pytest.raises(ContentError, match="thing “a”, key “slug”: is used twice"):
        entries_of(twins, "x.toml", "thing", Thing)


def test_a_second_table_in_a_file_is_refused():
    with pytest.raises(ContentError, match="key “other”: is not known here"):
        entries_of({"thing": [{"slug": "a", "size": 1}], "other": []}, "x.toml", "thing", Thing)


def test_a_file_without_an_entry_is_refused():
    with pytest.raises(ContentError, match="there is no entry"):
        entries_of({}, "x.toml", "thing", Thing)


def test_a_feeling_outside_the_pad_is_refused_by_name():
    row = {"slug": "odd", "name": "odd", "pleasant": 5, "energy": 0}
    with pytest.raises(ContentError, match="emotion “odd”: pleasant is 5, outside"):
        entries_of({"emotion": [row]}, "emotions.toml", "emotion", Emotion)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a = ", "bad.toml: not valid TOML"),
        (b'a = "\xff\xfe"', "bad.toml: the file is not UTF-8 text. Save it again as UTF-8."),
        (None, "bad.toml: the file is missing."),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, monkeypatch, content, said):
    if content is not None:
        (tmp_path / "bad.toml").write_bytes(content)
    monkeypatch.setattr(overlay, "files", lambda package: tmp_path)
    with pytest.raises(ContentError) as refused:
        read_toml("bad.toml")
    assert str(refused.value).startswith(said)
