"""A clinic's own folder: its files stand in for those of psoas; nothing in it is passed over."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from psoas.content import overlay
from psoas.content.overlay import ContentError, content_of, names_in, own_files
from psoas.content.reader import entries_of, read_entries, read_record, read_toml
from psoas.content.triggers import Trigger


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The clinic's own folder; call it with a name and text to put a file into it."""
    monkeypatch.setenv("PSOAS_CONTENT", str(tmp_path))

    def put(name, text):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return put


def refusal(work, *given):
    with pytest.raises(ContentError) as refused:
        work(*given)
    return str(refused.value)


TREADMILL = '[[trigger]]\nslug = "treadmill"\nname = "treadmill"\ngroup = "Body"\n'


def test_without_a_folder_the_filesnames_of_psoas_are_read(monkeypatch):
    monkeypatch.setenv("PSOAS_CONTENT", "  ")
    assert own_files() == {}
    assert len(read_entries("triggers.toml", "trigger", Trigger)) == 22


def test_a_file_of_the_folder_stands_in_whole_for_the_onenames_of_psoas(own):
    own("triggers.toml", TREADMILL)
    (found,) = read_entries("triggers.toml", "trigger", Trigger)
    assert found.slug == "treadmill"
    assert read_toml("helped.toml")["helped"]


def test_in_a_folder_of_things_a_new_file_adds_one_and_an_old_name_replaces_one(own):
    before = names_in("questionnaires")
    own("questionnaires/our-own.toml", 'slug = "our-own"\n')
    assert set(names_in("questionnaires")) == {*before, "questionnaires/our-own.toml"}
    assert list(names_in("questionnaires")) == sorted(names_in("questionnaires"))
    assert content_of("questionnaires/our-own.toml") == b'slug = "our-own"\n'


def test_a_home_folder_and_windows_text_are_understood(own, tmp_path, monkeypatch):
    own("triggers.toml", b"\xef\xbb\xbf" + TREADMILL.replace("\n", "\r\n").encode())
    monkeypatch.setenv("HOME", str(tmp_path.parent))
    monkeypatch.setenv("PSOAS_CONTENT", f"~/{tmp_path.name}")
    assert read_toml("triggers.toml")["trigger"][0]["slug"] == "treadmill"


def test_what_editors_and_version_control_leave_there_is_passed_over(own):
    own(".gitignore", "")
    own(".git/config", "")
    assert own_files() == {}


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("trigers.toml", "Call it triggers.toml, or take it out."),
        ("triggers.toml~", "Call it triggers.toml, or take it out."),
        ("questionnaires/PHQ 9.txt", "Call it questionnaires/phq-9.toml, or take it out."),
        ("letters/welcome.md", "practices/NAME.toml, programmes/NAME.toml."),
    ],
)
def test_a_file_that_psoas_would_never_read_is_refused_whatever_is_read(own, name, remedy):
    path = own(name, "")
    said = refusal(read_toml, "helped.toml")
    shown = path if name.count("/") == 0 or name.startswith("quest") else path.parent
    assert said.startswith(f"{shown}: psoas knows no content file of this name.")
    assert said.endswith(remedy)


def test_a_folder_that_is_not_there_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("PSOAS_CONTENT", str(tmp_path / "gone"))
    said = refusal(read_toml, "helped.toml")
    assert said == (
        f"{tmp_path}/gone: there is no such folder. Correct PSOAS_CONTENT or make the folder."
    )


def test_a_folder_in_the_place_of_a_file_is_refused(own, tmp_path):
    (tmp_path / "helped.toml").mkdir()
    assert "it cannot be read (Is a directory)" in refusal(read_toml, "helped.toml")


def test_a_link_that_leads_nowhere_is_refused(own, tmp_path):
    (tmp_path / "helped.toml").symlink_to(tmp_path / "nowhere")
    assert "it cannot be read (No such file" in refusal(read_toml, "helped.toml")


@pytest.mark.parametrize("what", ["iterdir", "read_bytes"])
def test_what_may_not_be_read_is_refused(own, monkeypatch, what):
    def shut(path):
        raise PermissionError(13, "Permission denied")

    own("helped.toml", "")
    monkeypatch.setattr(overlay, "names_of_psoas", lambda: frozenset({"helped.toml"}))
    monkeypatch.setattr(Path, what, shut)
    assert "it cannot be read (Permission denied)" in refusal(read_toml, "helped.toml")


def test_a_bad_file_is_told_with_its_whole_path_entry_and_key(own, tmp_path):
    own("triggers.toml", TREADMILL.replace("name", "nam"))
    assert refusal(read_entries, "triggers.toml", "trigger", Trigger).startswith(
        f"{tmp_path}/triggers.toml, trigger “treadmill”, key “nam”: is not a known key."
    )


def test_every_bad_entry_of_a_file_is_told_at_once():
    rows = [{"slug": "a"}, {"slug": "b", "name": "b", "group": "B"}, {"slug": "b", "nam": "b"}]
    with pytest.raises(ContentError) as refused:
        entries_of({"trigger": rows}, "x.toml", "trigger", Trigger)
    told = [refused.value, *refused.value.others]
    assert [(each.entry, each.key) for each in told] == [
        ("trigger “a”", "name"),
        ("trigger “b”", "nam"),
        ("trigger “b”", "slug"),
    ]


@dataclass(frozen=True)
class Line:
    low: float | None = None
    what: int | str = 0


@dataclass(frozen=True)
class Sheet:
    slug: str
    lines: tuple[Line, ...]


def test_a_file_that_is_one_thing_is_read_as_one_record(own):
    own("questionnaires/sheet.toml", 'slug = "s"\n[[lines]]\nlow = 2\n[[lines]]\nwhat = "x"\n')
    found = read_record("questionnaires/sheet.toml", Sheet)
    assert found == Sheet("s", (Line(2.0), Line(what="x")))


def test_a_bad_line_of_such_a_file_is_named_by_its_place(own, tmp_path):
    path = own("questionnaires/sheet.toml", 'slug = "s"\n[[lines]]\n[[lines]]\nlow = "two"\n')
    said = refusal(read_record, "questionnaires/sheet.toml", Sheet)
    assert said == f"{path}, lines number 2, key “low”: is 'two'. It must be a number."


def test_names_are_known_from_the_files_that_travel_with_psoas():
    assert {"crisis.toml", "triggers.toml"} <= overlay.names_of_psoas()
