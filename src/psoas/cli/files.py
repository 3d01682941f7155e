"""A file named on the command line, read or refused in one sentence."""

import os
from pathlib import Path

from psoas.cli.refusal import CommandRefused
from psoas.content.language import gettext as _
from psoas.diary.decoding import refuse_large


def read_table(path: Path) -> bytes:
    """Return the bytes of a CSV file; ``DiaryRefused`` where it is too large for one."""
    try:
        if path.is_dir():
            raise CommandRefused(_("{path} is a folder, not a CSV file.").format(path=path))
        refuse_large(path.name, path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError:
        raise CommandRefused(_("{path}: there is no such file.").format(path=path)) from None
    except PermissionError:
        raise CommandRefused(_("{path}: you may not read this file.").format(path=path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandRefused(
            _("{path} cannot be read: {reason}.").format(path=path, reason=reason)
        ) from None


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet; only its owner may read it."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        # It may be a plan half filled in: weeks of someone's days.
        raise CommandRefused(
            _("{path} is already there; choose another name.").format(path=path)
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandRefused(
            _("{path} cannot be written: {reason}.").format(path=path, reason=reason)
        ) from None
