"""Whether a trigger is something a person can switch, and then where to test it."""

from collections.abc import Iterable

from psoas.care.journal.notebook import Notebook
from psoas.content.practices import limit_of, practices_for
from psoas.web.person.experiment_offers import address


def experiment_address(keys: Iterable[str], notebook: Notebook) -> str:
    """Where one of these triggers can be tested; nothing where all can only be watched.

    Of what is offered, content says what answers it. Whether something of their own can be done
    or left, the person knows; medicines and what could harm are not tested here.
    """
    key = next((key for key in keys if _can_be_switched(key, notebook)), None)
    return address(key) if key else ""


def _can_be_switched(key: str, notebook: Notebook) -> bool:
    own = next((each for each in notebook.own if each.key == key), None)
    if own is None:
        return bool(practices_for(key))
    limit = limit_of(own.name)
    return limit is None or limit.kind != "never"
