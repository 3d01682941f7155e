"""Run every benchmark, or those named: python -m benchmarks sealing pages."""

import subprocess
import sys

ORDER = (
    "sealing",
    "gate",
    "charts",
    "figures",
    "pages",
    "weight",
    "move",
    "durability",
    "answers",
    "answers_speed",
    "experiments",
    "muscles",
)

# Each in a process of its own: an installation is opened once a process.
for name in sys.argv[1:] or ORDER:
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)
