"""Content as it was when somebody began with it: kept once, found by what it says."""

import hashlib

from psoas.care.assessment.models import KeptContent
from psoas.care.people.vault import Unreadable


def keep(kind: str, text: str) -> str:
    """Keep this text and return its digest; however often it is kept, it lies there once."""
    digest = _digest(text)
    if not KeptContent.objects.filter(pk=digest).exists():
        fresh = KeptContent(digest=digest, kind=kind, text=text)
        # Two people may begin with a new version in the same moment.
        KeptContent.objects.bulk_create([fresh], ignore_conflicts=True)
    return digest


def kept(digest: str) -> str:
    """Return the text with this digest.

    Raises:
        Unreadable: It is gone, or no longer what it was when it was kept.
    """
    row = KeptContent.objects.filter(pk=digest).first()
    if row is None or not isinstance(row.text, str) or _digest(row.text) != digest:
        raise Unreadable("What was asked then is gone or was changed since.")
    return row.text


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
