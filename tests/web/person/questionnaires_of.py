"""Answering by tapping, as the pages do it."""

import re

from django.test import Client
from django.urls import reverse

from psoas.care.people.models import Person
from tests.web.signing_in import as_

BEGIN = reverse("questions-begin")
SKIP = object()


class Answering:
    """One person at the questions; ``page`` is what they see now, ``url`` where it stands."""

    def __init__(self, person: Person) -> None:
        self.client: Client = as_(person)
        self.url, self.status, self.page = "", 0, ""

    def begin(self, slug: str) -> "Answering":
        return self._send(BEGIN, {"what": slug})

    def tap(self, *answers: object) -> "Answering":
        """Answer the question on the screen, one after the other."""
        for each in answers:
            said = {"skip": "1"} if each is SKIP else {"value": str(each)}
            self._send(self.url, {**self.hidden(), **said})
        return self

    def hidden(self) -> dict[str, str]:
        found = re.findall(r'name="(revision|number)" value="(\d+)"', self.page)
        return dict(found)

    def open(self, url: str) -> "Answering":
        return self._read(self.client.get(url, follow=True), url)

    def _send(self, url: str, form: dict[str, str]) -> "Answering":
        return self._read(self.client.post(url, form, follow=True), url)

    def _read(self, answer, url: str) -> "Answering":
        chain = answer.redirect_chain
        self.url = chain[-1][0] if chain else url
        self.status, self.page = answer.status_code, answer.content.decode()
        return self
