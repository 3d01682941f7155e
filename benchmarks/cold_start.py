"""From a clean clone to the first page: at most 120 s on two cores.

Clones the checkout into a temporary folder, runs `make run` there with an empty package cache, and
waits for the first page. Run by hand (python -m benchmarks cold_start): it installs everything.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks import table

PORT = 8765


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="psoas-cold-"))
    clone = folder / "psoas"
    subprocess.run(["git", "clone", "--quiet", ".", str(clone)], check=True)
    env = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PSOAS", "DJANGO", "VIRTUAL_ENV", "PYTHONPATH"))
    }
    env |= {"PSOAS_URL": f"http://localhost:{PORT}", "PIP_CACHE_DIR": str(folder / "cache")}
    try:
        cold = _until_first_page(clone, env)
        warm = _until_first_page(clone, env)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    table.show(
        "make run, from a clean clone to the first page",
        ("start", "seconds", "asked"),
        [("cold (installs everything)", f"{cold:.1f}", "120"), ("second", f"{warm:.1f}", "")],
    )


def _until_first_page(clone: Path, env: dict[str, str]) -> float:
    began = time.perf_counter()
    server = subprocess.Popen(
        ["make", "run"],
        cwd=clone,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while time.perf_counter() - began < 600:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/in/", timeout=5) as page:
                    page.read()
                return time.perf_counter() - began
            except OSError:
                time.sleep(0.1)
        raise SystemExit("no page within ten minutes")
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=30)


if __name__ == "__main__":
    main()
