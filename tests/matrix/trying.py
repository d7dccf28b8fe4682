"""Trying one address as somebody, and saying what leaked."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection, transaction

from dawra.site.register import Place
from tests.cast import NOW
from tests.matrix.world import World

# What may change without anybody having done anything: sessions, throttling, when a token was last used.
BOOKKEEPING = {"django_session", "usersessions_usersession", "team_throttle", "account_emailaddress"}

# Whoever is signed in may do these about themselves, whatever their role.
ABOUT_ONESELF = {
    "site:calendar",
    "site:language",
    "site:look",
    "team:profile",
    "team:read_all",
    "team:read",
    "team:clear_read",
    "team:clear",
    "team:set_leave",
    "team:remove_leave",
    "team:read_lesson",
    "team:begin_quiz",
}
ONES_OWN_VIEWS = "views/"  # saved views of a list: whoever reads it keeps their own
# What leaves the house is noted: an export writes an entry although it is a GET.
NOTED = ("export",)
FILLER = {
    "name": "Filled",
    "title": "Filled",
    "text": "Filled",
    "body": "Filled",
    "reason": "Filled",
    "about": "Filled",
    "subject": "Filled",
    "version": "1",
    "outcome": "reached",
    "until": "tomorrow",
    "confirm": "yes",
}
_IDS = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_SECRETS = re.compile(r"\b[A-Za-z0-9]{64}\b")


@contextmanager
def prepared(world: World, place: Place) -> Iterator[str]:
    """The fingerprint to compare with; what can be restored lies in the bin meanwhile."""
    with transaction.atomic():
        if "restore" in place.route:
            _into_the_bin(world, place)
        yield fingerprint()
        transaction.set_rollback(True)


def _into_the_bin(world: World, place: Place) -> None:
    kind = place.entry.record if place.entry else ""
    thrown = [world.records[kind]] if kind in world.records else [pk for pk in world.records.values() if pk]
    for model in apps.get_models():
        columns = {column.name for column in model._meta.concrete_fields}
        for column in ("deleted_at", "removed_at"):
            if column in columns and model._meta.pk.get_internal_type() == "UUIDField":
                model._base_manager.filter(pk__in=thrown).update(**{column: NOW})


@dataclass(frozen=True, slots=True)
class Tried:
    status: int
    body: str
    to: str
    changed: bool


def fingerprint() -> str:
    """Of every row of every table but the bookkeeping."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table in BOOKKEEPING or not model._meta.managed:
                continue
            columns = ", ".join(f'"{f.column}"' for f in model._meta.concrete_fields if f.column != "last_used_at")
            cursor.execute(f'SELECT {columns} FROM "{table}" ORDER BY 1')
            digest.update(repr((table, cursor.fetchall())).encode())
    return digest.hexdigest()


def _writes_so_far() -> int:
    """Either database counts the rows that were written; comparing every table is needed only when that moved."""
    if connection.vendor == "sqlite":
        changes: int = connection.connection.total_changes
        return changes
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0] or 0)


def attempt(world: World, who: str, place: Place, method: str, values: dict[str, Any], before: str) -> Tried:
    """One request, undone again."""
    client = (world.callers if place.is_api else world.browsers)[who]
    with transaction.atomic():
        sent: dict[str, Any] = {}
        if method not in ("GET", "HEAD"):
            sent = (
                {"data": json.dumps(FILLER), "content_type": "application/json"} if place.is_api else {"data": FILLER}
            )
        path, written = place.path(values), _writes_so_far()
        ask = client.post if method == "POST" and not place.is_api else None
        response = ask(path, FILLER) if ask else client.generic(method, path, **_raw(sent))
        body = b"".join(response.streaming_content) if response.streaming else response.content
        changed = written != _writes_so_far() and fingerprint() != before
        transaction.set_rollback(True)
    text = body.decode("utf-8", "replace").replace(path, "PATH")
    text = _SECRETS.sub("SECRET", _IDS.sub("ID", text))
    return Tried(response.status_code, text, response.headers.get("Location", ""), changed)


def _raw(sent: dict[str, Any]) -> dict[str, Any]:
    return {"data": sent["data"], "content_type": sent["content_type"]} if "content_type" in sent else {}


def methods_of(place: Place) -> Iterable[str]:
    return place.methods or ("GET", "POST")


def variants(world: World, place: Place) -> Iterator[dict[str, Any]]:
    """Values for the parameters that name what is sana's; one variant for each kind of record where any may stand."""
    known = {
        name: world.things.get(name) or (987654321 if name in place.numbers else uuid4()) for name in place.parameters
    }
    if place.entry and place.entry.record in world.records and "record_id" in place.parameters:
        known["record_id"] = world.records[place.entry.record]
    if place.entry and place.entry.record in ("record", "any") and "kind" in place.parameters:
        for kind in ("person", "company", "deal"):
            yield known | {"kind": kind, "record_id": world.records[kind]}
    elif place.entry and place.entry.record == "entry":
        yield known | {"key": world.records["entry"]}
    else:
        yield known


def at_random(place: Place, values: dict[str, Any]) -> dict[str, Any]:
    """The same address with ids that name nothing."""
    return {
        name: uuid4() if _IDS.fullmatch(str(value)) else 987654321 if isinstance(value, int) else value
        for name, value in values.items()
    }
