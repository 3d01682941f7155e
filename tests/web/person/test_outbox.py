"""The outbox's door: the same entry sent often is one row, and nothing else gets in."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from psoas.care.journal.models import Entry
from psoas.care.journal.notebook import open_notebook
from psoas.care.people.applock import set_pin
from psoas.care.people.models import Person
from psoas.web.doors import LOCKED
from tests import cast
from tests.web.signing_in import as_

OUTBOX = "/outbox/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def mara():
    return cast.mara()


def parcel(person: Person, **changed: Any) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "pain": 6,
        "unsure": False,
        "places": ["front-left-groin"],
        "tension": [],
    }
    entry["at"] = timezone.now().isoformat()
    entry.update(changed.pop("entry", {}))
    sent = {"id": str(uuid4()), "owner": str(person.outbox_owner), "kind": "moment"}
    return {**sent, "entry": entry, **changed}


def send(client: Client, body: Any) -> Any:
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(
        OUTBOX,
        data,
        content_type="application/json",
        headers={"accept": "application/json"},
    )


def test_an_entry_is_acknowledged_by_its_id(mara):
    sent = parcel(mara)
    answer = send(as_(mara), sent)
    assert (answer.status_code, answer.json()) == (200, {"id": sent["id"], "state": "kept"})
    assert str(Entry.objects.get().pk) == sent["id"]


def test_a_repeat_is_acknowledged_alike_and_writes_nothing(mara):
    client, sent = as_(mara), parcel(mara)
    assert send(client, sent).json() == send(client, sent).json()
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_are_one_row(mara):
    sent, client = parcel(mara), as_(mara)
    cookies = client.cookies

    def post(_):
        one = Client()
        one.cookies = cookies
        try:
            return send(one, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(post, range(8))) == {200}
    assert Entry.objects.count() == 1


def test_an_entry_of_another_owner_is_not_written_into_this_journal(mara):
    tom = cast.tom()
    answer = send(as_(tom), parcel(mara))
    assert (answer.status_code, answer.json()["state"]) == (409, "other owner")
    assert not Entry.objects.exists()


def test_a_strangers_id_cannot_be_written_over(mara):
    tom, sent = cast.tom(), parcel(mara)
    send(as_(mara), sent)
    answer = send(as_(tom), {**parcel(tom), "id": sent["id"]})
    assert (answer.status_code, answer.json()["state"]) == (404, "refused")
    assert Entry.objects.get().person == mara


def test_signed_out_it_says_so_and_does_not_redirect(mara):
    answer = send(Client(), parcel(mara))
    assert (answer.status_code, answer.json()) == (401, {"state": "sign in"})


def test_locked_it_says_so_too(mara):
    set_pin(mara, "4711", "4711", 5, now=timezone.now())
    client = as_(mara)
    session = client.session
    session[LOCKED] = True
    session.save()
    assert send(client, parcel(mara)).status_code == 401
    assert not Entry.objects.exists()


def test_without_the_token_of_the_page_nothing_is_taken(mara):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mara)
    assert send(strict, parcel(mara)).status_code == 403
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"pain": 11}, "pain"),
        ({"pain": -1}, "pain"),
        ({"pain": False}, "pain"),
        ({"pain": "much"}, "pain"),
        ({"pain": None}, "pain"),
        ({"places": []}, "places"),
        ({"places": "front-left-groin"}, "places"),
        ({"places": ["front-jaw"]}, "places"),
        ({"tension": ["front-left-groin"]}, "tension"),
        ({"at": (timezone.now() + timedelta(days=2)).isoformat()}, "at"),
        ({"at": "yesterday"}, "at"),
        ({"zone": "Mars/Olympus"}, "zone"),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence_for_its_field(mara, entry, field):
    answer = send(as_(mara), parcel(mara, entry=entry))
    assert answer.status_code == 422
    assert answer.json()["state"] == "refused"
    assert answer.json()["fields"][field][0].endswith(".")
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "{",
        "[]",
        "null",
        b"\xff\xfe",
        "[" * 20000,
        '{"id": 1}',
        '{"id": "x", "owner": "y", "kind": "moment", "entry": {}}',
    ],
)
def test_what_is_no_parcel_is_refused(mara, body):
    answer = send(as_(mara), body)
    assert (answer.status_code, answer.json()["state"]) == (400, "refused")


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "backfill"},
        {"entry": {"pain": float("nan")}},
        {"more": 1},
        {"id": "{6B29FC40-CA47-1067-B31D-00DD010662DA}"},
    ],
)
def test_a_parcel_of_another_shape_is_refused(mara, changed):
    answer = send(as_(mara), parcel(mara, **changed))
    assert answer.status_code == 400
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "entry",
    [
        {"pain": 10**400},
        {"worst": 10**400},
        {"scales": {"sleep": 10**400}},
        {"mood": {"pleasant": 10**400, "energy": 1}},
        {"stiffness_min": "1e999"},
        {"words": "\ud800"},
        {"words": {"a": 1}},
        {"places": ["\ud800"]},
        {"zone": "\ud800"},
        {"at": {"a": 1}},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"triggers": "abc"},
        {"new_trigger": "x", "triggers": "abc"},
        {"new_trigger": "x", "triggers": 5},
        {"new_trigger": "x", "triggers": [["a"]]},
        {"new_trigger": "x", "triggers": [5]},
        {"new_trigger": "\ud800", "triggers": {}},
        {"feelings": {"sad": {"a": 1}}},
        {"asked": "x", "hindered": 5},
    ],
)
def test_nothing_malformed_blocks_what_waits_behind_it(mara, entry):
    answer = send(as_(mara), parcel(mara, entry=entry))
    assert (answer.status_code, answer.json()["state"]) == (422, "refused")
    assert not Entry.objects.exists()
    assert not open_notebook(cast.viewer(mara)).own


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
)
def test_only_json_is_read(mara, kind):
    client = as_(mara)
    answer = client.post(OUTBOX, json.dumps(parcel(mara)), content_type=kind)
    assert (answer.status_code, answer.json()["state"]) == (415, "refused")


def test_a_form_with_a_token_is_no_parcel_either(mara):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mara)
    client.get("/now/")
    token = {"x-csrftoken": client.cookies["csrftoken"].value, "origin": "http://testserver"}
    answer = client.post(OUTBOX, parcel(mara) | {"entry": "x"}, headers=token)
    assert (answer.status_code, answer.json()["state"]) == (415, "refused")


def test_a_huge_body_is_refused_before_it_is_read(mara):
    answer = send(as_(mara), parcel(mara, entry={"words": "x" * 100_000}))
    assert (answer.status_code, answer.json()["state"]) == (413, "refused")


def test_it_answers_to_nothing_but_a_post(mara):
    assert as_(mara).get(OUTBOX).status_code == 405
