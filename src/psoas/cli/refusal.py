"""How a verb says no: one sentence on the error stream, exit code 2, nothing changed."""


class CommandRefused(Exception):
    """The command cannot be done; the message says why and what to do."""
