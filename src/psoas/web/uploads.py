"""Files people bring are kept in memory up to a cap, and never touch a disk in clear."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from psoas.care.journal.importing import LARGEST


class InMemoryUpTo(FileUploadHandler):
    """Keeps one byte more than is allowed: enough to see that a file is too large.

    The rest of a large file is read past and let go, so that the other fields of the form
    arrive and its person gets a sentence instead of a broken connection.
    """

    chunk_size = 64 * 1024

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.kept = bytearray()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = bytearray()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = LARGEST + 1 - len(self.kept)
        self.kept += raw_data[:room]

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        return InMemoryUploadedFile(
            file=BytesIO(bytes(self.kept)),
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=len(self.kept),
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
