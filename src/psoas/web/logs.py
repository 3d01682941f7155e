"""Logs without people in them: no query, no body, no name, no traceback values."""

import logging


class WithoutBodies(logging.Filter):
    """Cuts a record down to what an administrator needs and nobody else could use."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0]:
            kind, problem, trace = record.exc_info
            where = ""
            while trace is not None:
                where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
                trace = trace.tb_next
            # An exception's own text may quote what somebody typed; its kind and place do not.
            record.msg, record.args = f"{kind.__name__} at {where}", ()
            record.exc_info, record.exc_text = None, None
        elif record.name.startswith("django"):
            status = getattr(record, "status_code", "")
            record.msg, record.args = f"a request was refused {status}".strip(), ()
        record.__dict__.pop("request", None)
        return True
