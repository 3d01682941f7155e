"""Which installation a command opens: the one that was named, the only one there, or none."""

import pytest

OPENS = [("doctor",), ("backup",), ("link", "mara@demo.invalid"), ("invite",), ("keys", "rotate")]


def unset(psoas):
    """As after ``make run`` in one terminal, in another: nothing is set there."""
    return {"PSOAS_DEMO": "", "PSOAS_HOME": "", "XDG_DATA_HOME": str(psoas.home / "share")}


@pytest.fixture
def checkout(demo):
    """A folder in which ``make run`` made its ``var``."""
    (demo.home / "var").mkdir()
    (demo.home / "demo").rename(demo.home / "var" / "demo")
    return demo


@pytest.mark.parametrize("words", OPENS, ids=lambda words: words[0])
def test_where_only_a_demonstration_is_it_is_opened_and_named(checkout, words):
    answer = checkout.run(*words, **unset(checkout))
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == f"Using the demonstration in {checkout.home / 'var' / 'demo'}.\n"


def test_a_backup_of_the_demonstration_goes_back_into_it(checkout):
    made = checkout.run("backup", "--to", checkout.home, **unset(checkout))
    (file,) = checkout.home.glob("*.sqlite3")
    assert made.returncode == 0
    answer = checkout.run("restore", file, **unset(checkout))
    assert answer.returncode == 0, answer.stderr
    assert not (checkout.home / "var" / "real").exists()


@pytest.mark.parametrize("part", ["data/psoas.sqlite3", "keys/vault.key"])
def test_where_anything_real_is_the_demonstration_is_not_taken_unasked(demo, part):
    file = demo.home / "real" / part
    file.parent.mkdir(parents=True)
    file.touch()
    answer = demo.run("doctor", PSOAS_DEMO="")
    assert answer.returncode == 2
    assert "Using the demonstration" not in answer.stderr


@pytest.mark.parametrize("words", OPENS, ids=lambda words: words[0])
def test_asked_for_the_other_kind_a_command_says_what_is_there_and_what_to_type(demo, words):
    answer = demo.run(*words, PSOAS_DEMO="0")
    assert answer.returncode == 2
    assert f"There is no database at {demo.home / 'real' / 'data'}" in answer.stderr
    assert f"There is a demonstration in {demo.home / 'demo'}." in answer.stderr
    assert f"\n  PSOAS_DEMO=1 psoas {' '.join(words)}\n" in answer.stderr


def test_a_real_one_is_named_to_whoever_asks_for_the_demonstration(real):
    answer = real.run("doctor", PSOAS_DEMO="1")
    assert answer.returncode == 2
    assert f"There is a real installation in {real.home / 'real'}." in answer.stderr
    assert "PSOAS_DEMO=0 psoas doctor" in answer.stderr


def test_links_are_of_the_address_that_was_served_last_unless_one_is_set(demo):
    assert demo.run("invite").stdout.startswith("http://localhost:8000/join/")
    (demo.data / "address").write_text("https://care.example.org\n")
    assert demo.run("invite").stdout.startswith("https://care.example.org/join/")
    told = demo.run("invite", PSOAS_URL="http://localhost:9000").stdout
    assert told.startswith("http://localhost:9000/join/")


@pytest.mark.parametrize("noted", [b"", b"\xff\xfe", b"nonsense", b"https://a.example/x y"])
def test_a_note_of_the_address_that_is_none_is_passed_over(demo, noted):
    (demo.data / "address").write_bytes(noted)
    answer = demo.run("invite")
    assert answer.stdout.startswith("http://localhost:8000/join/"), answer.stderr
