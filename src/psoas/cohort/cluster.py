"""Many machines do the work: a dask.distributed scheduler, the same jobs."""

import asyncio
import logging
from collections.abc import Generator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from typing import Any

from psoas.cohort.refusal import CohortRefused
from psoas.cohort.work import Done, Job, do
from psoas.content.language import gettext as _

# Seconds until a scheduler that does not answer counts as not there.
_PATIENCE = 4
# A job whose worker died is given to another one, so often.
_TRIES = 5


class Cluster:
    """The workers of a scheduler; each must see table and parts under the same paths."""

    def __init__(self, address: str) -> None:
        """Knock at the scheduler, so that a wrong address is told before anything is begun.

        Raises:
            CohortRefused: What it takes is not installed, or nobody answers at the address.
        """
        try:
            import distributed
        except ImportError:
            raise CohortRefused(
                _("--cluster needs dask.distributed. Install it with: pip install 'psoas[cluster]'")
            ) from None
        # What its client would log about a lost scheduler is told in a sentence.
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        self._distributed: Any = distributed
        self._address = address
        try:
            # A thread of its own: a notebook's thread has a loop already, and allows no second one.
            with ThreadPoolExecutor(1) as thread:
                workers = thread.submit(asyncio.run, self._knock()).result()
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise self._nobody(error) from None
        if not workers:
            raise CohortRefused(
                _("The scheduler at {address} has no workers yet. Start some first.").format(
                    address=self._address
                )
            )

    def run(self, jobs: Sequence[Job]) -> Generator[Done, None, None]:
        """Do all jobs; what a worker that dies had under way, another does.

        Raises:
            CohortRefused: The scheduler is gone, or a job cannot be done.
        """
        try:
            client = self._distributed.Client(
                self._address, timeout=_PATIENCE, set_as_default=False
            )
        except OSError as error:
            raise self._nobody(error) from None
        with client:
            futures = client.map(do, jobs, pure=False, retries=_TRIES)
            try:
                for future in self._distributed.as_completed(futures, loop=client.loop):
                    yield self._result(future)
            finally:
                # A scheduler that is gone has nothing to be told.
                if client.status == "running":
                    client.cancel(futures)

    async def _knock(self) -> int:
        """Return how many workers there are; a client that finds nobody could not be closed."""
        core, security = self._distributed.core, self._distributed.Security()
        arguments = security.get_connection_args("client")
        comm = await core.connect(self._address, timeout=_PATIENCE, **arguments)
        try:
            asked = core.send_recv(comm, op="identity")
            found = await asyncio.wait_for(asked, _PATIENCE)
        finally:
            await comm.close()
        return len(found["workers"])

    def _nobody(self, error: Exception) -> CohortRefused:
        if not self._address.strip():
            return CohortRefused(
                _("--cluster needs the address of a scheduler, such as tcp://host:8786.")
            )
        reason = str(error).splitlines() or [type(error).__name__]
        return CohortRefused(
            _("No scheduler answers at {address}: {reason}.").format(
                address=self._address, reason=reason[0].rstrip(".")
            )
        )

    def _result(self, future: Any) -> Done:
        try:
            done: Done = future.result()
        except self._distributed.KilledWorker:
            raise CohortRefused(
                _(
                    "Workers of the cluster end without a word, perhaps for want of memory. What "
                    "is finished is kept: run it again."
                )
            ) from None
        except (CancelledError, self._distributed.comm.CommClosedError):
            raise CohortRefused(
                _(
                    "The scheduler at {address} went away. What is finished is kept: run it again "
                    "once it is back."
                ).format(address=self._address)
            ) from None
        return done
