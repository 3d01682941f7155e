"""What it takes for a file to outlive a power cut."""

import os
from pathlib import Path


def settle(folder: Path) -> None:
    """Force a folder's own entries to disk: a new name is lost with it otherwise."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
