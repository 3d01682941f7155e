"""Whom to ring in a crisis, by country. Works signed out and without the network.

Nothing here was rung: the numbers were collected from published pages, some of them secondary. So
each country carries the day its list was last looked at and a notice for the owner, who must
confirm it before real people rely on it, and once a year after that.
"""

import re
from dataclasses import dataclass
from datetime import date

from psoas.content.language import gettext
from psoas.content.reader import read_entries

_NUMBER = re.compile(r"\+?[0-9][0-9 ()-]*")


@dataclass(frozen=True)
class CrisisLine:
    """One service somebody can reach.

    Attributes:
        name: the service, and for whom where that matters.
        phone: number as people write it; empty when it takes no calls.
        text: how to text it, as a short sentence; empty when it takes no texts.
        text_number: the number those texts go to; empty likewise.
        hours: when it answers; empty when that was not found, which is not "always".
        web: address of its page; empty when none is given.
        urgent_care: its name as a line for bodies that need somebody today; empty when it is none.
    """

    name: str
    phone: str = ""
    text: str = ""
    text_number: str = ""
    hours: str = ""
    web: str = ""
    urgent_care: str = ""

    def __post_init__(self) -> None:
        """Refuse a service that cannot be reached by what is written here.

        Raises:
            ValueError: A number is no number, or there is no way to reach the service at all.
        """
        for number in (self.phone, self.text_number):
            if number and not _NUMBER.fullmatch(number):
                raise ValueError(f"“{number}” is no number that can be dialled")
        if not (self.phone or self.text_number or self.web):
            raise ValueError(f"“{self.name}” has neither a phone, a text_number nor a web address")

    @property
    def label(self) -> str:
        """The service's name in the reader's language."""
        return gettext(self.name)

    @property
    def text_label(self) -> str:
        """How to text it, in the reader's language."""
        return gettext(self.text) if self.text else ""

    @property
    def hours_label(self) -> str:
        """When it answers, in the reader's language."""
        return gettext(self.hours) if self.hours else ""

    @property
    def urgent_care_label(self) -> str:
        """Its name as a line for urgent care, in the reader's language."""
        return gettext(self.urgent_care) if self.urgent_care else ""

    @property
    def tel(self) -> str:
        """The phone number as a ``tel:`` link wants it."""
        return self.phone.replace(" ", "")


@dataclass(frozen=True)
class CrisisCountry:
    """One country's help.

    Attributes:
        code: ISO 3166 two letters, "EU" for the common numbers, or "other".
        name: the country.
        emergency: emergency numbers, best first; empty where it depends on the place.
        lines: services for a crisis, best known first.
        verified_on: the day this list was last looked at; no number was rung.
        source: where the numbers were found, for the owner.
        note: what a caller should know; may be empty.
        unsourced: those numbers above that are common knowledge without a source found.
        covers: further country codes that this entry answers for.
        notice: what the owner still has to do.
    """

    code: str
    name: str
    emergency: tuple[str, ...]
    lines: tuple[CrisisLine, ...]
    verified_on: date
    source: str
    notice: str
    note: str = ""
    unsourced: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a country whose emergency number cannot be shown.

        Raises:
            ValueError: There is none, where the place is known; or it is no number.
        """
        if not self.emergency and self.code != "other":
            raise ValueError("emergency holds no number")
        for number in self.emergency:
            if not _NUMBER.fullmatch(number):
                raise ValueError(f"emergency holds “{number}”, no number that can be dialled")

    @property
    def label(self) -> str:
        """The country's name in the reader's language."""
        return gettext(self.name)

    @property
    def note_label(self) -> str:
        """The note in the reader's language."""
        return gettext(self.note) if self.note else ""

    @property
    def notice_label(self) -> str:
        """The owner's notice in the reader's language."""
        return gettext(self.notice)


COUNTRIES: tuple[CrisisCountry, ...] = read_entries("crisis.toml", "country", CrisisCountry)
_BY_CODE = {code: found for found in reversed(COUNTRIES) for code in (*found.covers, found.code)}


def country(code: str) -> CrisisCountry:
    """Return the help for a country code; one that is not listed gets "other", never nothing."""
    return _BY_CODE.get(code.upper(), _BY_CODE["other"])
