"""Run every benchmark, or those named: python -m benchmarks sealing pages."""

import importlib
import sys

ORDER = ("sealing", "charts", "pages", "weight", "durability")

for name in sys.argv[1:] or ORDER:
    importlib.import_module(f"benchmarks.{name}").main()
