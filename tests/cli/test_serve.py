"""A real server on a free port: it starts, lets in once, says what it is, stops, and keeps all."""

import re
import socket
import struct
import subprocess
import sys
from contextlib import ExitStack

import pytest

from tests.cli.served import Browser, free_port, serving

pytestmark = pytest.mark.slow
BANNER = "Everything here is made up"
SIGNED_OUT = ("/in/", "/help/", "/nowhere/")
SIGNED_IN = ("/", "/now/", "/days/", "/weeks/", "/me/", "/help/", "/nowhere/")


def stylesheet(page):
    (address,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    return address


def test_the_demonstration_from_its_first_start_to_its_second(nothing):
    nothing.demo = True
    with serving(nothing.environment, nothing.home) as server:
        said = server.out.read_text()
        for part in (server.address, nothing.data, nothing.keys, "demonstration", "works once"):
            assert str(part) in said
        enter = server.links("enter")
        assert len(enter) == len(set(enter)) == 3

        stranger = Browser(server)
        for path in SIGNED_OUT:
            _status, page = stranger.get(path)
            assert BANNER in page, path
        status, page = stranger.get("/in/")
        assert (status, stranger.get(stylesheet(page))[0]) == (200, 200)

        mara = Browser(server)
        status, page = mara.get(enter[0])
        assert (status, "Mara" in page) == (200, True)
        assert mara.send(enter[0])[0] == 200
        for path in SIGNED_IN:
            status, page = mara.get(path)
            assert status == (404 if path == "/nowhere/" else 200), path
            assert BANNER in page, path
        assert Browser(server).get(enter[0])[0] == 404
        assert Browser(server).send(enter[0])[0] in (403, 404)

        code, seconds = server.stop()
        assert (code, seconds < 5) == (0, True)
        assert server.out.read_text().endswith("\n\nStopped. Everything is kept.\n")
        lines = server.err.read_text().splitlines()
        assert lines
        assert all(line.endswith("a request was refused 404") for line in lines)

    counts = "SELECT count(*) FROM journal_entry", "SELECT count(*) FROM people_person"
    before = [nothing.sql(each) for each in counts]
    keys = {path.name: path.read_bytes() for path in nothing.keys.iterdir()}
    with serving(nothing.environment, nothing.home) as server:
        again = server.links("enter")
        assert len(again) == 3
        assert not set(again) & set(enter)
        # Yesterday's links are withdrawn; today's work.
        assert Browser(server).get(enter[1])[0] == 404
        assert Browser(server).get(again[1])[0] == 200
        assert server.stop()[0] == 0
    assert [nothing.sql(each) for each in counts] == before
    assert {path.name: path.read_bytes() for path in nothing.keys.iterdir()} == keys


def test_a_real_installation_is_empty_says_so_and_is_set_up_by_its_link(nothing):
    with serving(nothing.environment, nothing.home) as server:
        assert server.links("enter") == []
        (setup,) = server.links("setup")
        browser = Browser(server)
        status, page = browser.get(setup)
        assert (status, BANNER in page) == (200, False)
        fields = {
            "name": "Ana",
            "email": "ana@example.org",
            "password": "a long walk by the sea",
            "zone": "Europe/London",
            "country": "GB",
            "use": "me",
        }
        status, _page = browser.send(setup, **{**fields, "password": "short"})
        assert status == 422
        assert browser.send(setup, **fields)[0] == 200
        assert browser.get("/me/")[0] == 200
        assert Browser(server).get(setup)[0] == 404
        assert server.stop()[0] == 0
    assert nothing.sql("SELECT name, role FROM people_person") == [("Ana", "person")]
    with serving(nothing.environment, nothing.home) as server:
        assert server.links("setup") == server.links("enter") == []


def test_a_port_in_use_is_a_sentence_with_another_port_to_try(nothing):
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port()))
        other.listen()
        port = other.getsockname()[1]
        answer = nothing.run("serve", PSOAS_URL=f"http://localhost:{port}")
    assert answer.returncode == 2
    assert f"Port {port} is not free" in answer.stderr
    assert f"PSOAS_URL=http://localhost:{port + 1}" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert list(nothing.home.iterdir()) == []


def test_a_wrong_name_in_the_address_gets_a_page_that_says_what_to_set(real):
    with (
        serving(real.environment, real.home) as server,
        socket.create_connection(("127.0.0.1", server.port)) as wire,
    ):
        wire.sendall(b"GET /in/ HTTP/1.1\r\nHost: canaryhost.example\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: wire.recv(65536), b"")).decode()
        assert answer.startswith("HTTP/1.1 421")
        assert "PSOAS_URL" in answer
        server.stop()
        assert "canaryhost" not in server.err.read_text()


def test_what_is_no_request_is_not_quoted_in_the_log(real):
    with serving(real.environment, real.home) as server:
        for nonsense in (
            b"GET /enter/canarytoken HTTP/9.9\r\n\r\n",
            b"canarytoken\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost canarytoken\r\n\r\n",
        ):
            with socket.create_connection(("127.0.0.1", server.port)) as wire:
                wire.sendall(nonsense)
                wire.settimeout(5)
                assert b"400" in wire.recv(65536)
        server.stop()
        said = server.err.read_text()
    assert said.count("Something that is no web request was refused.") == 3
    assert "canarytoken" not in said


def test_terminated_by_the_system_it_ends_cleanly_too(real):
    import signal

    with serving(real.environment, real.home) as server:
        code, seconds = server.stop(signal.SIGTERM)
        assert (code, seconds < 5) == (0, True)


def test_it_stops_soon_and_says_nothing_of_connections_that_browsers_hold_open(real):
    with serving(real.environment, real.home) as server, ExitStack() as stack:
        wires = [
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            for _n in range(6)
        ]
        # One that nothing was said on yet, some that wait for the next page, one that gave up.
        for wire in wires[1:]:
            wire.sendall(b"HEAD /in/ HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % server.port)
            wire.settimeout(10)
            assert wire.recv(65536).startswith(b"HTTP/1.1 200")
        wires[-1].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        wires[-1].close()
        code, seconds = server.stop()
        # Three seconds are allowed; the rest is for a machine that is busy with other tests.
        assert (code, seconds < 4.5) == (0, True), seconds
        assert server.err.read_text() == ""


def test_a_real_start_without_links_reads_as_one_block(real):
    with serving(real.environment, real.home) as server:
        assert "nothing opens)\n\n  Ctrl-C stops it." in server.out.read_text()


def test_links_printed_elsewhere_are_those_of_the_running_server(demo):
    with serving(demo.environment, demo.home) as server:
        assert demo.run("invite").stdout.startswith(f"{server.address}/join/")
        enter = demo.run("link", "mara@demo.invalid").stdout.split()[0]
        assert enter.startswith(f"{server.address}/enter/")
        assert Browser(server).get(enter.removeprefix(server.address))[0] == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", ""])
def test_an_address_of_ones_own_that_is_in_use_is_a_sentence(nothing, host):
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port()))
        other.listen()
        bind = f"{host}:{other.getsockname()[1]}"
        answer = nothing.run("serve", PSOAS_BIND=bind)
    assert answer.returncode == 2
    assert answer.stderr == (
        f"PSOAS_BIND is “{bind}”, and nothing can listen there (Address already in use). "
        "Write a free address and port, for example PSOAS_BIND=127.0.0.1:8001\n"
    )
    assert list(nothing.home.iterdir()) == []


@pytest.mark.parametrize("bind", ["127.0.0.1:door", "127.0.0.1:99999", "no.such.host.invalid:1"])
def test_an_address_that_is_none_is_a_sentence(nothing, bind):
    answer = nothing.run("serve", PSOAS_BIND=bind)
    assert answer.returncode == 2
    assert f"PSOAS_BIND is “{bind}”" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_second_server_on_the_same_data_is_refused(real):
    with serving(real.environment, real.home):
        answer = subprocess.run(
            [sys.executable, "-m", "psoas", "serve"],
            env={**real.environment, "PSOAS_URL": f"http://localhost:{free_port()}"},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert answer.returncode == 2
    assert "running already" in answer.stderr
