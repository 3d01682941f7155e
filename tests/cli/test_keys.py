"""``psoas keys rotate``, ``psoas link`` and ``psoas invite``."""

import hashlib
import re

import pytest


def test_rotation_changes_the_key_and_everything_still_opens(demo):
    before = (demo.keys / "vault.key").read_text()
    wrapped = demo.sql("SELECT wrapped FROM people_wrappedkey ORDER BY id")
    answer = demo.run("keys", "rotate")
    assert answer.returncode == 0, answer.stderr
    assert (demo.keys / "vault.key").read_text() != before
    assert not set(wrapped) & set(demo.sql("SELECT wrapped FROM people_wrappedkey"))
    (old,) = demo.keys.glob("vault-*.key")
    assert old.read_text() == before
    assert str(old) in answer.stdout
    assert before.strip() not in answer.stdout
    for key in demo.keys.glob("*.key"):
        assert key.stat().st_mode & 0o077 == 0
    assert demo.run("doctor").returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "To change the vault key, type: psoas keys rotate\n"),
        (
            ("turn",),
            "“turn” is nothing that can be done with keys. "
            "To change the vault key, type: psoas keys rotate\n",
        ),
    ],
)
def test_keys_without_its_word_says_which_word(demo, words, said):
    before = demo.files()
    answer = demo.run("keys", *words)
    assert (answer.returncode, answer.stderr) == (2, said)
    assert demo.files() == before


def test_a_second_rotation_keeps_both_older_keys(demo):
    for _n in range(2):
        assert demo.run("keys", "rotate").returncode == 0
    assert len(list(demo.keys.glob("vault-*.key"))) == 2
    assert len(demo.sql("SELECT DISTINCT wrapped_by FROM people_wrappedkey")) == 1


def test_a_rotation_over_a_damaged_key_changes_nothing_and_says_so(demo):
    demo.sql("UPDATE people_wrappedkey SET wrapped = zeroblob(40) WHERE purpose = 'clinical'")
    files = demo.files()
    answer = demo.run("keys", "rotate")
    assert answer.returncode == 2
    assert "Nothing was changed" in answer.stderr
    changed = {name for name, data in demo.files().items() if files.get(name) != data}
    assert changed <= {"demo/data/serve.lock"}


def test_a_link_to_enter_is_printed_once_and_kept_nowhere(demo):
    answer = demo.run("link", "MARA@demo.invalid")
    assert answer.returncode == 0, answer.stderr
    (token,) = re.findall(r"/enter/([\w-]{32,})/", answer.stdout)
    assert not [name for name, data in demo.files().items() if token.encode() in data]


def test_a_second_link_takes_back_the_first(demo):
    (first,), (second,) = (
        re.findall(r"/enter/([\w-]{32,})/", demo.run("link", "mara@demo.invalid").stdout)
        for _ in range(2)
    )
    left = demo.sql(
        "SELECT digest FROM people_onetimelink JOIN people_person p ON p.id = person_id "
        "WHERE purpose = 'enter' AND used_at IS NULL AND p.email = 'mara@demo.invalid'"
    )
    assert left == [(hashlib.sha256(second.encode()).hexdigest(),)]
    assert first != second


@pytest.mark.parametrize("who", ["nobody@demo.invalid", "", "' OR 1=1"])
def test_nobody_gets_no_link(demo, who):
    answer = demo.run("link", who)
    assert answer.returncode == 2
    assert "Nobody has an account" in answer.stderr


@pytest.mark.parametrize("role", ["person", "clinician", "receptionist", "owner"])
def test_an_invitation_is_for_its_role(demo, role):
    answer = demo.run("invite", "--role", role)
    assert answer.returncode == 0, answer.stderr
    assert re.search(r"http://localhost:8000/join/[\w-]{32,}/", answer.stdout)
    assert demo.sql("SELECT role FROM people_onetimelink WHERE purpose = 'join'") == [(role,)]


def test_a_verb_that_is_not_there_is_refused_with_those_that_are(nothing):
    answer = nothing.run("dance")
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert "doctor" in answer.stderr
