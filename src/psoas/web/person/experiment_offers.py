"""What may be tested, as pages offer it, and addresses that do not say what it is.

A browser keeps addresses where others read them, so a practice or a trigger is named in one by a
short code that only this installation can read. Each person has codes of their own: whoever could
list theirs knows nothing of anybody else's.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from psoas.care.experiment.switches import Switch, all_offered, offered
from psoas.care.journal.notebook import Notebook, trigger_label
from psoas.care.people import vault
from psoas.content.practices import practices_for


@dataclass(frozen=True)
class Offer:
    """A switch to choose, and where choosing it leads."""

    switch: Switch
    url: str


@dataclass(frozen=True)
class Origin:
    """Where somebody came from: a practice, or a trigger with what answers it."""

    key: str
    # The trigger's name; empty where they came by a practice.
    trigger: str = ""
    switches: tuple[Switch, ...] = ()


def address(key: str, notebook: Notebook) -> str:
    """The address of the page that offers to test a practice, or what answers a trigger."""
    return f"{reverse('experiment-new')}?from={code_of(key, notebook)}"


def code_of(key: str, notebook: Notebook) -> str:
    secret = bytes.fromhex(vault.keyring().session_key)
    return hmac.digest(secret, f"offer|{notebook.owner}|{key}".encode(), "sha256")[:6].hex()


def origin_of(code: str, notebook: Notebook) -> Origin | None:
    """What a code stands for; None where it stands for nothing of this person's."""
    practices = {each.practice: each for each in all_offered()}
    keys = [*practices, *(each.key for each in notebook.offered())]
    key = next((each for each in keys if code_of(each, notebook) == code), None)
    if key is None:
        return None
    if key in practices:
        return Origin(key, switches=(practices[key],))
    return Origin(key, trigger_label(key, notebook) or "", answers_to(key))


def is_key(text: str, notebook: Notebook) -> bool:
    """Whether this is a key itself, which then has no place in an address."""
    return offered(text) is not None or trigger_label(text, notebook) is not None


def answers_to(trigger: str) -> tuple[Switch, ...]:
    """What can be switched to see whether a trigger matters, the closest first."""
    found = (offered(each.slug) for each in practices_for(trigger))
    return tuple(each for each in found if each is not None)


def offers(notebook: Notebook) -> tuple[list[Offer], list[Offer]]:
    """What can be tested: first what answers the person's own guesses, then the rest."""
    close = {
        switch.practice: switch
        for suspect in notebook.suspects
        for switch in answers_to(suspect.trigger)
    }
    rest = [each for each in all_offered() if each.practice not in close]
    return as_offers(close.values(), notebook), as_offers(rest, notebook)


def as_offers(found: Iterable[Switch], notebook: Notebook) -> list[Offer]:
    return [Offer(each, address(each.practice, notebook)) for each in found]
