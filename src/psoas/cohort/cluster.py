"""Many machines do the work: a dask.distributed scheduler, the same jobs."""

from collections.abc import Generator, Sequence
from typing import Any

from psoas.cohort.refusal import CohortRefused
from psoas.cohort.work import Done, Job, do
from psoas.content.language import gettext as _

# Seconds until a scheduler that does not answer counts as not there.
_PATIENCE = 10
# A job whose worker died is given to another one, so often.
_TRIES = 5


class Cluster:
    """The workers of a scheduler; each must see table and parts under the same paths."""

    def __init__(self, address: str) -> None:
        """Remember where the scheduler is.

        Raises:
            CohortRefused: What it takes is not installed.
        """
        try:
            import distributed
        except ImportError:
            raise CohortRefused(
                _("--cluster needs dask.distributed. Install it with: pip install 'psoas[cluster]'")
            ) from None
        self._distributed: Any = distributed
        self._address = address

    def run(self, jobs: Sequence[Job]) -> Generator[Done, None, None]:
        """Do all jobs; what a worker that dies had under way, another does.

        Raises:
            CohortRefused: Nobody answers at the address, or a job cannot be done.
        """
        with self._client() as client:
            if not client.scheduler_info()["workers"]:
                raise CohortRefused(
                    _("The scheduler at {address} has no workers yet. Start some first.").format(
                        address=self._address
                    )
                )
            futures = client.map(do, jobs, pure=False, retries=_TRIES)
            try:
                for future in self._distributed.as_completed(futures, loop=client.loop):
                    yield self._result(future)
            finally:
                client.cancel(futures)

    def _client(self) -> Any:
        try:
            return self._distributed.Client(self._address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise CohortRefused(
                _("No scheduler answers at {address}: {reason}").format(
                    address=self._address, reason=str(error).splitlines()[0]
                )
            ) from None

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
        return done
