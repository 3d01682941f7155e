"""How a cohort that cannot be answered is refused: one sentence, nothing changed."""


class CohortRefused(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """The table cannot be answered as it is, or not here; the message says why."""
