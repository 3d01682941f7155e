"""Settings: what is written is used, what cannot be used is refused with what to write."""

from pathlib import Path

import pytest

from psoas.cli import environment
from psoas.cli.environment import NAMES, BadSetting


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch, tmp_path):
    """Not in a checkout, whose own ``var`` would be found."""
    monkeypatch.chdir(tmp_path)


def installed(home, kind):
    database = home / kind / "data" / "psoas.sqlite3"
    database.parent.mkdir(parents=True)
    database.touch()


def read(**values):
    return environment.read({"HOME": "/home/ana", **values})


def test_without_any_setting_it_is_a_real_installation_on_this_machine_alone():
    env = read()
    assert (env.demo, env.origin, env.mail, env.bind) == (False, "http://localhost:8000", "", "")
    assert env.data == Path("/home/ana/.local/share/psoas/real/data")
    assert env.keys == Path("/home/ana/.local/share/psoas/real/keys")
    assert (env.loopback, env.served_on_loopback, env.secure) == (True, True, False)


def test_a_blank_setting_is_none():
    assert read(**dict.fromkeys(NAMES, "  ")) == read()


def test_the_demonstration_lives_beside_and_never_inside_the_real_one():
    real, demo = read(), read(PSOAS_DEMO="1")
    assert real.home == demo.home
    assert not {real.data, real.keys} & {demo.data, demo.keys}


def test_folders_are_where_they_are_said_to_be():
    env = read(PSOAS_HOME="/srv/psoas", PSOAS_KEYS="/etc/psoas/keys")
    assert env.data == Path("/srv/psoas/real/data")
    assert env.keys == Path("/etc/psoas/keys")
    assert env.database == Path("/srv/psoas/real/data/psoas.sqlite3")


def test_the_folder_of_own_content_is_none_or_the_one_named(monkeypatch, tmp_path):
    assert read().content is None
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read(PSOAS_CONTENT="~/ours").content == tmp_path / "ours"


def test_a_relative_folder_is_under_where_psoas_was_started(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert read(PSOAS_DATA="here").data == tmp_path / "here"


@pytest.mark.parametrize("kind", ["real", "demo"])
def test_what_make_run_made_in_the_current_folder_is_found(tmp_path, kind):
    assert read().home == Path("/home/ana/.local/share/psoas")
    (tmp_path / "var").mkdir()
    assert read().home == Path("/home/ana/.local/share/psoas")
    installed(tmp_path / "var", kind)
    assert read().home == tmp_path / "var"
    assert not read().demo
    assert read(PSOAS_HOME="/srv/psoas").home == Path("/srv/psoas")
    assert read(PSOAS_KEYS="/etc/keys").data == Path("/home/ana/.local/share/psoas/real/data")


def test_of_two_places_none_is_taken_unasked(tmp_path):
    usual = tmp_path / "share" / "psoas"
    installed(tmp_path / "var", "demo")
    installed(usual, "real")
    with pytest.raises(BadSetting) as refused:
        read(XDG_DATA_HOME=str(tmp_path / "share"))
    assert f"PSOAS_HOME={tmp_path / 'var'} psoas" in str(refused.value)
    assert f"PSOAS_HOME={usual} psoas" in str(refused.value)
    assert read(PSOAS_HOME=str(usual)).home == usual


def test_a_folder_of_somebody_else_is_not_taken_for_ones_own(monkeypatch, tmp_path):
    installed(tmp_path / "var", "real")
    monkeypatch.setattr("os.getuid", lambda: (tmp_path / "var").stat().st_uid + 1)
    assert read().home == Path("/home/ana/.local/share/psoas")


def test_the_usual_place_for_data_is_respected():
    assert read(XDG_DATA_HOME="/data").home == Path("/data/psoas")


@pytest.mark.parametrize("text", ["yes", "true", "2", "on", "01"])
def test_a_switch_is_one_or_nought(text):
    with pytest.raises(BadSetting, match=f"PSOAS_DEMO is “{text}”. Write 1 for yes or 0 for no"):
        read(PSOAS_DEMO=text)


@pytest.mark.parametrize(
    "text",
    [
        "localhost:8000",
        "clinic.example.org",
        "ftp://clinic.example.org",
        "https://",
        "https://:8000",
        "http://localhost:0",
        "http://localhost:99999",
        "http://localhost:port",
        "http://[::1",
        "https://clinic.example.org; script-src *",
        "https://a.example.org,b.example.org",
        "https://*",
        "https://*.example.org",
        "https://.example.org",
        "https://clinic.example.org.",
        "https://ana:secret@clinic.example.org",
        "https://clinic.example.org/psoas",
        "https://clinic.example.org/?a=1",
        "https://clinic.example.org/#here",
        "https://clinic_one.example.org",
    ],
)
def test_an_address_that_would_not_do_is_refused_by_the_name_of_its_setting(text):
    with pytest.raises(BadSetting, match=r"^PSOAS_URL is “"):
        read(PSOAS_URL=text)


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://Clinic.Example.org", "https://clinic.example.org"),
        ("https://clinic.example.org/", "https://clinic.example.org"),
        ("http://192.168.1.20:8080", "http://192.168.1.20:8080"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("HTTP://LOCALHOST:8000", "http://localhost:8000"),
    ],
)
def test_an_address_is_written_as_browsers_write_it(text, origin):
    assert read(PSOAS_URL=text).origin == origin


@pytest.mark.parametrize(
    ("url", "bind", "local"),
    [
        ("http://localhost:8000", "", True),
        ("http://127.0.0.1:9000", "127.0.0.1:9000", True),
        ("http://localhost:8000", "[::1]:8000", True),
        ("http://localhost:8000", "0.0.0.0:8000", False),
        ("http://localhost:8000", ":8000", False),
        ("https://clinic.example.org", "", False),
        ("https://clinic.example.org", "127.0.0.1:8000", False),
    ],
)
def test_what_others_can_reach_is_not_local(url, bind, local):
    assert read(PSOAS_URL=url, PSOAS_BIND=bind).served_on_loopback == local


def test_only_https_is_secure():
    assert read(PSOAS_URL="https://clinic.example.org").secure
    assert not read(PSOAS_URL="http://clinic.example.org").secure


def test_a_place_to_leave_to_may_have_a_path():
    assert read(PSOAS_LEAVE_URL="https://example.org/news?a=1").leave_url.endswith("/news?a=1")
    with pytest.raises(BadSetting, match="PSOAS_LEAVE_URL"):
        read(PSOAS_LEAVE_URL="javascript:alert(1)")


@pytest.mark.parametrize("text", ["0", "65", "-1", "two", "2.0", "1e1"])
@pytest.mark.parametrize("name", ["PSOAS_WORKERS", "PSOAS_THREADS"])
def test_a_count_is_a_whole_number_that_makes_sense(name, text):
    with pytest.raises(BadSetting, match=f"{name} is “{text}”"):
        read(**{name: text})


def test_a_mail_server_is_refused_without_telling_its_password():
    with pytest.raises(BadSetting) as refused:
        read(PSOAS_MAIL="http://ana:geheim@mail.example.org")
    assert "PSOAS_MAIL" in str(refused.value)
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("text", ["smtp://mail.example.org", "smtps://a:b@mail.example.org:465"])
def test_a_mail_server_is_used(text):
    assert read(PSOAS_MAIL=text).mail == text


def test_every_name_is_read():
    # A name in the list that nothing reads would be documented and do nothing.
    asked = set()

    class Asked(dict):
        def get(self, name, default=None):
            asked.add(name)
            return super().get(name, default)

    environment.read(Asked(HOME="/home/ana"))
    assert set(NAMES) <= asked
    assert {name for name in asked if name.startswith("PSOAS_")} == set(NAMES)
