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
        DiaryRefused: Too large, empty, UTF-16 or UTF-32, a spreadsheet's own format, JSON, or not
            UTF-8.
    """
    refuse_large(name, len(data))
    save_as = _("Save it as \u201cCSV UTF-8\u201d in your spreadsheet and try again.")
    marked = data.startswith(codecs.BOM_UTF8)
    body = data.removeprefix(codecs.BOM_UTF8)
    if not body.strip():
        raise _refused(name, None, _("the file is empty."))
    if wide := _wide(data):
        said = _("the file is in {encoding}.").format(encoding=wide)
        raise _refused(name, None, said + " " + save_as)
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


def _wide(data: bytes) -> str | None:
    """Return UTF-16 or UTF-32 where the first bytes read as plain words in it, else None."""
    # Wider first: a mark of UTF-32 begins with one of UTF-16.
    for encoding, width in (("UTF-32", 4), ("UTF-16", 2)):
        head = data[: 200 - 200 % width]
        head = head[: len(head) - len(head) % width]
        for order in ("LE", "BE"):
            try:
                text = head.decode(f"{encoding}-{order}")
            except UnicodeDecodeError:
                continue
            marked = text.startswith("\ufeff")
            text = text.removeprefix("\ufeff")
            # Without a mark only plain letters prove it: any two bytes are some letter of UTF-16.
            if text and (marked or text.isascii()) and _reads(text):
                return encoding
    return None


def _reads(text: str) -> bool:
    return all(letter.isprintable() or letter in "\r\n\t" for letter in text)


def _refused(name: str, line: int | None, message: str) -> DiaryRefused:
    return DiaryRefused((Problem(name, line, None, message),))
