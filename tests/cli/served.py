"""A real server as a process of its own, and a small browser to ask it."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


class Server:
    """``psoas serve``, started and to be stopped as somebody at a terminal does."""

    def __init__(self, words, environment, folder):
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.out = folder / f"serve-{self.port}.out"
        self.err = folder / f"serve-{self.port}.err"
        with self.out.open("w") as out, self.err.open("w") as err:
            self.process = subprocess.Popen(
                [*words, "serve"],
                env={**environment, "PSOAS_URL": self.address},
                stdout=out,
                stderr=err,
                cwd=folder,
                start_new_session=True,
            )

    def wait(self, seconds=180):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert self.process.poll() is None, self.out.read_text() + self.err.read_text()
            try:
                if Browser(self).get("/healthz") == (200, "ok\n"):
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"It did not answer: {self.out.read_text()}{self.err.read_text()}")

    def links(self, word):
        return re.findall(rf"{self.address}(/{word}/[\w-]+/)", self.out.read_text())

    def stop(self, how=signal.SIGINT):
        """Press Ctrl-C: the whole group gets it, as at a terminal. Return code and seconds."""
        began = time.monotonic()
        os.killpg(self.process.pid, how)
        return self.process.wait(30), time.monotonic() - began


@contextmanager
def serving(environment, folder, words=(sys.executable, "-m", "psoas")):
    server = Server(words, environment, folder)
    try:
        server.wait()
        yield server
    finally:
        if server.process.poll() is None:
            os.killpg(server.process.pid, signal.SIGKILL)
            server.process.wait()


class Browser:
    """Keeps cookies, follows redirects, sends forms with their token."""

    def __init__(self, server: Server) -> None:
        self.server = server
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def get(self, path):
        return self._ask(path, None)

    def send(self, path, **fields):
        """Open the page, then send its form."""
        _status, page = self.get(path)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        token = {"csrfmiddlewaretoken": found[1]} if found else {}
        return self._ask(path, urllib.parse.urlencode({**fields, **token}).encode())

    def _ask(self, path, data):
        request = urllib.request.Request(self.server.address + path, data)
        request.add_header("Referer", self.server.address + path)
        try:
            with self.opener.open(request, timeout=20) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode(errors="replace")
