"""What is finished, kept beside the answers to come, so that a run that was cut short goes on."""

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa

from psoas.cohort.cutting import Stretch
from psoas.cohort.faults import Fault
from psoas.cohort.refusal import CohortRefused
from psoas.cohort.source import Source
from psoas.content.language import gettext as _

_LOCK = "lock"
_MANIFEST = "manifest.json"
# The last bytes of an Arrow stream; a power cut may leave a file that ends in something else.
_END = b"\xff\xff\xff\xff\x00\x00\x00\x00"


@dataclass(frozen=True)
class Plan:
    """How the work is divided.

    Attributes:
        stretches: One a part.
        moved: Whether the rows were written anew in pieces, one a stretch.
    """

    stretches: tuple[Stretch, ...]
    moved: bool

    @property
    def people(self) -> int:
        """Return how many persons there are."""
        return sum(stretch.people for stretch in self.stretches)


class Folder:
    """The folder of parts beside the answers."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def part(self, number: int) -> Path:
        """Return where a finished part is."""
        return self.path / f"{number:06}.arrow"

    def faults(self, number: int) -> Path:
        """Return where the persons that a part left out are."""
        return self.path / f"{number:06}.faults.json"

    def piece(self, number: int) -> Path:
        """Return where moved rows are."""
        return self.path / f"{number:06}.rows"

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Make the folder, and let nobody else work in it meanwhile.

        Raises:
            CohortRefused: Another run does, or the folder is somebody else's.
        """
        if self.path.is_dir() and any(self.path.iterdir()) and not self._lock.exists():
            raise CohortRefused(
                _("{path} is in the way: psoas keeps finished parts there. Move it away.").format(
                    path=self.path
                )
            )
        self.path.mkdir(exist_ok=True)
        with self._lock.open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CohortRefused(
                    _(
                        "Another run is writing {path}. Wait for it, or choose another --out."
                    ).format(path=self.path)
                ) from None
            try:
                yield
            finally:
                # Refused before there was anything to keep.
                if not self.begun():
                    self.remove()

    @property
    def _lock(self) -> Path:
        return self.path / _LOCK

    def plan_of(self, source: Source) -> Plan | None:
        """Return how an earlier run divided the same table; None where there was none."""
        manifest = self._manifest()
        if manifest is None or manifest["of"] != known_by(source):
            return None
        return Plan(tuple(Stretch(*row) for row in manifest["stretches"]), manifest["moved"])

    def begun(self) -> bool:
        """Return whether there are parts, of whatever table."""
        return self._manifest() is not None

    def _manifest(self) -> dict[str, Any] | None:
        try:
            found = json.loads((self.path / _MANIFEST).read_text("utf-8"))
        except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
            return None
        whole = isinstance(found, dict) and {"of", "stretches", "moved"} <= found.keys()
        return found if whole else None

    def begin(self, source: Source, plan: Plan) -> None:
        """Note how the work is divided; parts are finished from now on."""
        manifest = {
            "of": known_by(source),
            "moved": plan.moved,
            "stretches": [[s.first, s.last, s.people] for s in plan.stretches],
        }
        write_whole(self.path / _MANIFEST, json.dumps(manifest).encode())

    def clear(self) -> None:
        """Take away everything but the lock."""
        for path in self.path.iterdir():
            if path.name != _LOCK:
                path.unlink()

    def remove(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self.path, ignore_errors=True)

    def keep(
        self, number: int, schema: pa.Schema, answers: Iterable[pa.RecordBatch], faults: list[Fault]
    ) -> None:
        """Keep a part; it is there whole or not at all.

        Raises:
            OSError: There is no room.
        """
        listed = [[fault.person, fault.row, fault.sentence] for fault in faults]
        write_whole(self.faults(number), json.dumps(listed).encode())
        temporary = self.path / f"{number:06}.{uuid4().hex}.tmp"
        try:
            with (
                pa.OSFile(str(temporary), "wb") as file,
                # A stream: each batch may have words of its own, which a file may not.
                pa.ipc.new_stream(file, schema) as writer,
            ):
                for batch in answers:
                    writer.write_batch(batch)
            os.replace(temporary, self.part(number))
        finally:
            temporary.unlink(missing_ok=True)

    def finished(self, number: int) -> bool:
        """Return whether a part is there, with its end."""
        try:
            with self.part(number).open("rb") as file:
                file.seek(-len(_END), os.SEEK_END)
                return file.read() == _END and self.faults(number).exists()
        except OSError:
            return False

    def answers_of(self, number: int) -> Iterator[pa.RecordBatch]:
        """Yield the batches of a finished part."""
        with pa.memory_map(str(self.part(number))) as file:
            yield from pa.ipc.open_stream(file)

    def faults_of(self, number: int) -> list[Fault]:
        """Return the persons that a finished part left out."""
        return [Fault(*row) for row in json.loads(self.faults(number).read_text("utf-8"))]


def known_by(source: Source) -> dict[str, object]:
    """Return what parts must have been made from for a run to go on with them."""
    return {**source.fingerprint, "psoas": version("psoas")}


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    temporary = path.with_name(f"{path.name}.{uuid4().hex}.tmp")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
