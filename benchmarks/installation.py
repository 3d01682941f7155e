"""A real installation in a temporary folder, for the benchmarks that need one."""

import atexit
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from psoas.cli import environment, prepare


def make(*, demo: bool = False) -> environment.Environment:
    home = Path(tempfile.mkdtemp(prefix="psoas-bench-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ.update(
        PSOAS_HOME=str(home), PSOAS_DEMO="1" if demo else "0", PSOAS_URL="http://localhost:8000"
    )
    env = environment.read()
    prepare.make_installation(env, datetime.now(UTC))
    return env
