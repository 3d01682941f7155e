"""What psoas is held to, measured. Each module prints its own table; `make bench` runs all."""

import os

# CPU time counts every thread, and the peers' linear algebra would take all the cores it finds.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
