"""One door through which every floor's words can be translated.

The science floors know no web framework, yet they compose sentences. They mark them with
``gettext`` and ``ngettext`` from here; a floor above may hang its own translator in, and without
one the words stay English. The translator itself asks for the language of the request it runs in,
so two people served by one process at the same time each read their own.
"""

from collections.abc import Callable
from typing import NamedTuple


class Translator(NamedTuple):
    """The two functions a translation catalogue offers."""

    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


def _same(message: str) -> str:
    return message


def _same_plural(singular: str, plural: str, number: int) -> str:
    return singular if number == 1 else plural


_translator = Translator(_same, _same_plural)


def use(translator: Translator) -> None:
    """Translate with ``translator`` from now on (set once, when the web floor starts)."""
    global _translator
    _translator = translator


def gettext(message: str) -> str:
    """Return ``message`` in the reader's language."""
    return _translator.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of a sentence that fits ``number`` in the reader's language."""
    return _translator.ngettext(singular, plural, number)
