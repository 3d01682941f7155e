"""Keys are made once, kept whole, and never written over."""

import stat

import pytest

from psoas.care.people import keyring
from psoas.care.people.keyring import KeyRefused, Keyring


@pytest.fixture
def folder(tmp_path):
    Keyring.create(tmp_path / "own")
    return tmp_path / "own"


def test_fresh_keys_are_for_their_owner_alone(folder):
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert files == {"vault.key": 0o600, "session.key": 0o600}


def test_a_rotated_key_is_for_its_owner_alone(folder):
    Keyring.open(folder).rotated()
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_every_installation_has_keys_of_its_own(tmp_path):
    one, two = Keyring.create(tmp_path / "1"), Keyring.create(tmp_path / "2")
    secrets = {one.current.secret.hex(), two.current.secret.hex(), one.session_key, two.session_key}
    assert len(secrets) == 4


@pytest.mark.parametrize("name", ["vault.key", "session.key"])
def test_a_missing_key_is_named_and_not_made_again(folder, name):
    (folder / name).unlink()
    with pytest.raises(KeyRefused, match=f"{folder / name} is missing"):
        Keyring.open(folder)
    assert not (folder / name).exists()


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"ab" * 31, b"ab" * 33, b"zz" * 32, b"\xff" * 64, b"ab" * 16 + b"\n"]
)
@pytest.mark.parametrize("name", ["vault.key", "session.key"])
def test_a_damaged_or_short_key_is_refused_by_name(folder, name, content):
    (folder / name).write_bytes(content)
    with pytest.raises(KeyRefused, match=name):
        Keyring.open(folder)
    assert (folder / name).read_bytes() == content


def test_a_damaged_older_key_is_refused_by_name(folder):
    (folder / "vault-0123456789abcdef.key").write_text("short")
    with pytest.raises(KeyRefused, match=r"vault-0123456789abcdef\.key is damaged"):
        Keyring.open(folder)


def test_a_key_that_may_not_be_read_is_refused_in_words(folder, monkeypatch):
    def forbidden(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_text", forbidden)
    with pytest.raises(KeyRefused, match="cannot be read"):
        Keyring.open(folder)


def test_a_key_is_never_written_over(folder):
    before = (folder / "vault.key").read_bytes()
    with pytest.raises(KeyRefused, match="never written over"):
        Keyring.create(folder)
    assert (folder / "vault.key").read_bytes() == before


def test_of_two_starts_at_once_one_makes_the_key(folder):
    # The second has looked already, and saw no key, when the first writes it.
    before = (folder / "vault.key").read_bytes()
    with pytest.raises(FileExistsError):
        keyring._write_secret(folder / "vault.key", b"x" * 32)
    assert (folder / "vault.key").read_bytes() == before
    assert {path.name for path in folder.iterdir()} == {"vault.key", "session.key"}


def test_keys_that_cannot_be_made_are_a_sentence_not_a_crash(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KeyRefused, match="No keys can be made"):
        Keyring.create(tmp_path / "file" / "keys")


def test_a_start_cut_short_between_the_two_keys_is_tried_again(tmp_path, monkeypatch):
    write = keyring._write_secret

    def power_cut(path, secret):
        if path.name == "vault.key":
            raise KeyboardInterrupt
        write(path, secret)

    monkeypatch.setattr(keyring, "_write_secret", power_cut)
    with pytest.raises(KeyboardInterrupt):
        Keyring.create(tmp_path / "new")
    monkeypatch.setattr(keyring, "_write_secret", write)
    assert len(Keyring.create(tmp_path / "new").current.secret) == 32


def test_a_key_half_written_leaves_no_key(tmp_path, monkeypatch):
    def power_cut(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", power_cut)
    with pytest.raises(KeyRefused, match="No space left"):
        Keyring.create(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_rotation_keeps_the_old_key_under_its_name(folder):
    old = Keyring.open(folder)
    fresh = old.rotated()
    assert fresh.current.secret != old.current.secret
    assert fresh.wrapping_key(old.current.name).secret == old.current.secret
    assert fresh.session_key == old.session_key
    assert (folder / f"vault-{old.current.name}.key").exists()


def test_a_rotation_cut_short_before_the_new_key_can_be_run_again(folder):
    old = Keyring.open(folder)
    kept = folder / f"vault-{old.current.name}.key"
    kept.write_text((folder / "vault.key").read_text())
    (folder / "vault.key.new").write_text("half a k")
    fresh = Keyring.open(folder).rotated()
    assert fresh.current.name != old.current.name
    assert fresh.wrapping_key(old.current.name).secret == old.current.secret
    assert not (folder / "vault.key.new").exists()


def test_a_key_nobody_holds_is_asked_for_by_its_file(folder):
    with pytest.raises(KeyRefused, match=r"vault-feedfeedfeedfeed\.key"):
        Keyring.open(folder).wrapping_key("feedfeedfeedfeed")


def test_the_name_of_a_key_does_not_give_it_away(folder):
    key = Keyring.open(folder).current
    assert key.name not in key.secret.hex()
    assert len(key.name) == 16


def test_what_is_lost_with_a_session_key_is_said_as_it_is(folder):
    (folder / "session.key").unlink()
    with pytest.raises(KeyRefused, match="No journal is lost") as refused:
        Keyring.open(folder)
    assert "nothing in the database can be read" not in str(refused.value)
