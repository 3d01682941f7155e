"""Logs without people in them: no query, no body, no name, no traceback values."""

import logging

# Whose sentences are their own: they name processes, signals and addresses to listen on. What
# anything else has to say may quote a request.
_OWN_WORDS = {"arbiter", "sock"}


class WithoutBodies(logging.Filter):
    """Cuts a record down to what an administrator needs and nobody else could use."""

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", None)
        if record.exc_info and record.exc_info[0]:
            # An exception's own text may quote what somebody typed; its kind and place do not.
            record.msg, record.args = _kind_and_place(record.exc_info), ()
        elif status is not None:
            record.msg, record.args = f"a request was refused {status}", ()
        elif not (record.name.startswith("gunicorn") and record.module in _OWN_WORDS):
            record.msg, record.args = f"something at {record.pathname}:{record.lineno}", ()
        record.exc_info, record.exc_text, record.stack_info = None, None, None
        record.__dict__.pop("request", None)
        return True


def _kind_and_place(exc_info: "logging._SysExcInfoType") -> str:
    kind, _problem, trace = exc_info
    where = ""
    while trace is not None:
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{kind.__name__ if kind else 'something'} at {where}"
