"""What is due is done while the server runs, whether or not its person comes back.

What was deleted goes; what an answer day is to decide is decided, on the days before it.
"""

import logging
import threading
from datetime import UTC, datetime, timedelta

# An entry that was deleted an hour ago is gone ten minutes later at most.
EVERY = timedelta(minutes=10)


def begin(every: timedelta = EVERY) -> threading.Event:
    """Sweep in a thread of its own, until the event is set or the process ends."""
    end = threading.Event()
    threading.Thread(target=_go_on, args=(every, end), name="sweep", daemon=True).start()
    return end


def sweep(now: datetime) -> int:
    """Remove deleted entries and waiting files whose hour is over; return how many.

    Then decide the answer days that have come, look at the pairs of experiments that ended, and
    tell clinicians who may know it where somebody's answers, or plan, say that it is time to talk.
    """
    from psoas.care.assessment import noticing
    from psoas.care.experiment import deciding
    from psoas.care.journal import importing, insights, writing
    from psoas.care.programme import watching

    gone = writing.forget_deleted(now) + importing.forget_waiting(now)
    insights.decide_everybodys(now)
    deciding.look_at_all(now)
    noticing.tell_clinicians(now)
    watching.tell_clinicians(now)
    return gone


def _go_on(every: timedelta, end: threading.Event) -> None:
    from django.db import DatabaseError, connection

    while not end.wait(every.total_seconds()):
        try:
            sweep(datetime.now(UTC))
        except DatabaseError as problem:
            # A full or busy disk: nothing is lost, and the next round tries again.
            logging.getLogger(__name__).warning("Not swept this time: %s", type(problem).__name__)
        except Exception as problem:  # noqa: BLE001  one round that fails must not be the last
            logging.getLogger(__name__).error("The sweep failed: %s", type(problem).__name__)
        finally:
            connection.close()
