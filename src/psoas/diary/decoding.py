"""From the bytes of a file to its text, with a way out for what spreadsheets write."""

import codecs
import re

from psoas.content.language import gettext as _
from psoas.diary.refusal import DiaryRefused, Problem

MAX_BYTES = 5_000_000
_ZIP = b"PK\x03\x04"
_JSON = re.compile(rb"\s*(\{\s*[\"}]|\[\s*[\[{\"\]\d-])")


def refuse_large(name: str, size: int) -> None:
    """Refuse a file by its size alone, so that it need not be read first.

    Raises:
        DiaryRefused: ``size`` (bytes) is above ``MAX_BYTES``.
    """
    if size > MAX_BYTES:
        raise _refused(
            name,
            None,
            _("the file has {size} MB. A diary file may have at most {most} MB.").format(
                size=f"{size / 1e6:.1f}", most=MAX_BYTES // 1_000_000
            ),
        )


def decode(data: bytes, name: str) -> tuple[str, bool]:
    """Return the text of a UTF-8 file and whether it began with a byte-order mark.

    Raises:
        DiaryRefused: Too large, empty, UTF-16, a spreadsheet's own format, JSON, or not UTF-8.
    """
    refuse_large(name, len(data))
    save_as = _("Save it as \u201cCSV UTF-8\u201d in your spreadsheet and try again.")
    marked = data.startswith(codecs.BOM_UTF8)
    body = data.removeprefix(codecs.BOM_UTF8)
    if not body.strip():
        raise _refused(name, None, _("the file is empty."))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _zeros_alternate(data):
        raise _refused(name, None, _("the file is in UTF-16.") + " " + save_as)
    if data.startswith(_ZIP):
        raise _refused(name, None, _("this is a spreadsheet or zip file.") + " " + save_as)
    if b"\0" in data:
        raise _refused(name, None, _("this is not a text file.") + " " + save_as)
    if _JSON.match(body):
        raise _refused(
            name,
            None,
            _(
                "this is JSON, and only a table in CSV can be read. psoas gives the same days as "
                "CSV under \u201cTake it with you\u201d; a spreadsheet can save one as well."
            ),
        )
    try:
        return body.decode("utf-8"), marked
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        raise _refused(
            name, line, _("this line has letters that are not in UTF-8.") + " " + save_as
        ) from None


def _zeros_alternate(data: bytes) -> bool:
    # Plain words in UTF-16 without a mark: every second byte is zero.
    head = data[:200]
    return len(head) > 3 and (
        not any(head[1::2]) and all(head[0::2]) or not any(head[0::2]) and all(head[1::2])
    )


def _refused(name: str, line: int | None, message: str) -> DiaryRefused:
    return DiaryRefused((Problem(name, line, None, message),))
