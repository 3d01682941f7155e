"""``python -m psoas`` is ``psoas``."""

import sys

from psoas.cli.main import main

sys.exit(main())
