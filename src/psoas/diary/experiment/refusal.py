"""How an experiment is refused: one sentence that says what to do instead."""


class ExperimentRefused(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """An experiment that cannot be planned or read; its text is the sentence to show."""
