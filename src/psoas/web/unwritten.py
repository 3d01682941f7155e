"""When the database takes nothing: why, in a sentence, so that it is never called a success."""

import errno
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

# The low byte of SQLite's error codes says which kind it is.
_KIND = 0xFF
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_SHUT = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_A_REQUEST_WRITES = 32 * 1024
_FULL_ERRNO = {errno.ENOSPC, errno.EDQUOT}
_SHUT_ERRNO = {errno.EROFS}


@dataclass(frozen=True)
class Unwritten:
    """Nothing was saved: the reason for the person, and the status for their browser."""

    why: str
    status: int


def why_unwritten(problem: BaseException | None) -> Unwritten | None:
    """Say why nothing could be written; None where the problem is another one."""
    cause = problem.__cause__ if isinstance(problem, DatabaseError) else problem
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & _KIND
        return _said(code in _FULL, code in _BUSY, code in _SHUT)
    if isinstance(cause, OSError):
        return _said(cause.errno in _FULL_ERRNO, False, cause.errno in _SHUT_ERRNO)
    return None


def try_to_write() -> None:
    """Write as much as a request may, and take it back; raises what that writing would."""
    # A session that is over already: should taking it back fail, it is cleared with the others.
    row = Session.objects.create(
        session_key=get_random_string(40),
        session_data="0" * _A_REQUEST_WRITES,
        expire_date=datetime(1970, 1, 1, tzinfo=UTC),
    )
    row.delete()


def _said(full: bool, busy: bool, shut: bool) -> Unwritten | None:
    if full:
        return Unwritten(_("The disk is full."), 507)
    if busy:
        return Unwritten(_("Too much was being written at the same moment."), 503)
    if shut:
        return Unwritten(_("Nothing can be written down here at the moment."), 503)
    return None
