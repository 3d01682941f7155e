"""``psoas figure``: files that stand alone, and plain refusals."""

from xml.etree import ElementTree

import pytest

from psoas.cli.main import main


def test_start_and_end_are_files_that_stand_alone(tmp_path, capsys):
    assert main(["figure", "bridge", "--out", str(tmp_path / "new")]) == 0
    named = capsys.readouterr().out.splitlines()
    assert [line.rpartition("/")[2] for line in named] == ["bridge-start.svg", "bridge-end.svg"]
    for line in named:
        tree = ElementTree.parse(line)
        assert tree.getroot().tag == "{http://www.w3.org/2000/svg}svg"
        assert tree.find("{http://www.w3.org/2000/svg}style") is not None


def test_so_many_frames_as_are_asked(tmp_path):
    assert main(["figure", "E20", "--out", str(tmp_path), "--frames", "3"]) == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        f"wall-sit-{number}.svg" for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bridges"], "There is no exercise called bridges"),
        (["tremor-information"], "has no figure"),
        (["bridge", "--frames", "0"], "--frames is 0"),
        (["bridge", "--frames", "many"], "--frames is many"),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_nothing_written(tmp_path, capsys, words, said):
    assert main(["figure", *words, "--out", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file_is_refused(tmp_path, capsys):
    (tmp_path / "taken").write_text("")
    assert main(["figure", "body-scan", "--out", str(tmp_path / "taken")]) == 2
    assert "cannot be written" in capsys.readouterr().err
