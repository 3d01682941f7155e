"""Logs without people in them: no query, no body, no name, no traceback values."""

import logging

# What the server says, by the words it has for it before any value is put in, and what is written
# instead; "" is dropped. The values that are kept are numbers of processes and names of signals.
_KNOWN = {
    "WSGI app sent body bytes on a no-body response (method=%s status=%s); "
    "dropping per RFC 9110.": "",
    "WORKER TIMEOUT (pid:%s)": "Worker process %s did not answer for a minute; another takes over.",
    "Worker (pid:%s) was sent %s!": "Worker process %s was ended by %s; another takes over.",
    "Worker (pid:%s) was sent %s! Perhaps out of memory?": "Worker process %s was ended by %s, "
    "perhaps for want of memory; another takes over.",
    "Worker (pid:%s) exited with code %s.": "Worker process %s ended with code %s; "
    "another takes over.",
    "Shutting down: %s": "The server stops.",
    "Reason: %s": "It stops because a worker process could not start.",
}
# These come with their values in them already: known by how they begin.
_BEGINNINGS = {
    "Invalid request from ": "Something that is no web request was refused.",
    "Connection in use: ": "The address to listen on is in use; trying again.",
    "connection to ": "",
    "Can't connect to ": "The address to listen on cannot be had.",
}


class WithoutBodies(logging.Filter):
    """Cuts a record down to what an administrator needs and nobody else could use."""

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", None)
        if record.exc_info and record.exc_info[0]:
            if _browser_left(record):
                return False
            # An exception's own text may quote what somebody typed; its kind and place do not.
            record.msg, record.args = _kind_and_place(record.exc_info), ()
        elif status is not None:
            record.msg, record.args = f"a request was refused {status}", ()
        elif record.name.startswith("gunicorn"):
            _in_fixed_words(record)
        else:
            record.msg, record.args = f"something at {record.pathname}:{record.lineno}", ()
        record.exc_info, record.exc_text, record.stack_info = None, None, None
        record.__dict__.pop("request", None)
        return bool(record.msg)


def _in_fixed_words(record: logging.LogRecord) -> None:
    said = str(record.msg)
    words = _KNOWN.get(said)
    if words is None:
        begun = (text for start, text in _BEGINNINGS.items() if said.startswith(start))
        words = next(begun, "The server said something that may quote a request; it is left out.")
    record.msg = words
    if "%" not in words:
        record.args = ()


def _browser_left(record: logging.LogRecord) -> bool:
    """Somebody closed a page before it had come: nothing to mend."""
    kind = record.exc_info[0] if record.exc_info else None
    gone = (ConnectionError, TimeoutError)
    return record.name.startswith("gunicorn") and kind is not None and issubclass(kind, gone)


def _kind_and_place(exc_info: "logging._SysExcInfoType") -> str:
    kind, _problem, trace = exc_info
    where = ""
    while trace is not None:
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{kind.__name__ if kind else 'something'} at {where}"
