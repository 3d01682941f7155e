"""Every visitor at every door with every method; what they may and may not meet there."""

import hashlib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from psoas.web import doors
from tests.web.world import (
    ADMITS,
    CANARIES,
    DOORS,
    MARAS_NAME,
    PLAN_CANARIES,
    ROLES,
    SHARED_CANARIES,
    World,
)

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "JSON")
# What a request may write without the visitor having been let in: the session itself.
_BOOKKEEPING = {"django_session", "cache", "sqlite_sequence"}


@dataclass(frozen=True)
class Fault:
    """One cell of the matrix that is not as it should be."""

    door: str
    role: str
    method: str
    sentence: str


def views() -> dict[str, Any]:
    """Every named view of the site, found by walking the resolver."""
    return dict(_walk(get_resolver().url_patterns))


def _walk(patterns: list[Any]) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name), pattern.callback


def faults_of(name: str, world: World, roles: tuple[str, ...] = ROLES) -> Iterator[Fault]:
    """Stand before one door as everybody."""
    door = DOORS[name]
    url = reverse(name, kwargs=door.kwargs(world))
    for role in roles:
        # Signed in once for all ways of asking: every request is rolled back, and none of them
        # gets what another one made of its cookies.
        cookies = world.client(role).cookies
        for method in METHODS:
            client = Client(raise_request_exception=True)
            client.cookies = deepcopy(cookies)
            sentence = _try(name, url, role, method, world, client)
            if sentence:
                yield Fault(name, role, method, sentence)


def _try(name: str, url: str, role: str, method: str, world: World, client: Client) -> str:
    door = DOORS[name]
    sid = transaction.savepoint()
    # Counted by the database itself; only what wrote anything is looked at row by row.
    written = connection.connection.total_changes
    after = ""
    try:
        response = _send(client, method, url, door.post(world))
        if connection.connection.total_changes != written:
            after = _fingerprint()
    except Exception as problem:  # noqa: BLE001 - any crash at all is a fault of the door
        return f"crashed with {type(problem).__name__}: {problem}"
    finally:
        transaction.savepoint_rollback(sid)
    changed = after not in {"", _fingerprint() if after else ""}
    admitted = role in ADMITS[door.policy]
    reaches = admitted and (door.reaches is None or role in door.reaches)
    leaked = _leaks(name, role, response)
    if leaked:
        return f"met “{leaked}”"
    if not admitted and not _turned_away(role, response):
        return f"was not turned away ({response.status_code})"
    if admitted and not reaches and response.status_code not in {404, 405}:
        return f"reached somebody else's ({response.status_code})"
    # The library's own doors send somebody with nothing to do there to the sign-in page.
    open_to_all = door.policy == "anyone"
    if reaches and not open_to_all and _turned_away(role, response) and response.status_code != 404:
        return f"was turned away ({response.status_code})"
    if reaches and method == "GET" and response.status_code == 404 and not _may_be_absent(name):
        return "found nothing"
    if (not reaches or method in {"GET", "HEAD"}) and changed and not _records(name, role):
        return "changed the database"
    return ""


def _send(client: Client, method: str, url: str, post: dict[str, Any]) -> Any:
    if method == "JSON":
        return client.post(
            url, post, content_type="application/json", headers={"accept": "application/json"}
        )
    if method in {"GET", "HEAD"}:
        return getattr(client, method.lower())(url)
    if method == "POST":
        return client.post(url, post)
    return getattr(client, method.lower())(url, data="{}", content_type="application/json")


def _turned_away(role: str, response: Any) -> bool:
    if response.status_code in {401, 403, 404}:
        return True
    to = {
        "anonymous": reverse("account_login"),
        "deactivated": reverse("account_login"),
        "locked": reverse("locked"),
        "no second factor": reverse("mfa_index"),
    }.get(role)
    return response.status_code == 302 and to is not None and response.headers["Location"] == to


def _leaks(name: str, role: str, response: Any) -> str:
    """A word of Mara's record, in body or headers, in front of somebody it is not meant for."""
    if role == "mara":
        return ""
    allowed: tuple[str, ...] = ()
    if role == "assigned" and name == "people-shared":
        allowed = SHARED_CANARIES
    if role in {"assigned", "expired"} and name == "person-plan":
        allowed = PLAN_CANARIES
    body = b"".join(response) if response.streaming else response.content
    text = body.decode("utf-8", "replace") + str(response.headers)
    for word in CANARIES:
        if word in text and word not in allowed:
            return word
    if MARAS_NAME in text and role not in {"assigned", "expired", "owner"}:
        return MARAS_NAME
    return ""


def _may_be_absent(name: str) -> bool:
    # Doors whose example is made to be absent: a token nobody made, a key nobody has.
    return name in {
        "enter",
        "join",
        "setup",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_deactivate_totp",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_list_webauthn",
    }


def _records(name: str, role: str) -> bool:
    # Reading what is somebody else's is written into their record: that is the point.
    return name in {
        "people-shared",
        "person-check",
        "person-plan",
        "person-progress",
        "person-sessions",
    } and role in {"assigned", "expired"}


def _fingerprint() -> str:
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in _BOOKKEEPING:
                cursor.execute(f'SELECT * FROM "{table}"')
                digest.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
    return digest.hexdigest()


def permissive(view: Any, name: str) -> Any:
    """Take a door's policy away; returns what puts it back."""
    if hasattr(view, "policy"):
        original = view.policy
        view.policy = "anyone"

        def put_back() -> None:
            view.policy = original

        return put_back
    original = doors.LIBRARY_POLICIES[name]
    doors.LIBRARY_POLICIES[name] = "anyone"

    def put_back_library() -> None:
        doors.LIBRARY_POLICIES[name] = original

    return put_back_library
