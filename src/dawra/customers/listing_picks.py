"""Filters that ask for a record: chosen by typing in the dialog, an id in the address, a name in the chip."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import QueryDict

from dawra.access import kinds
from dawra.access.actor import Actor
from dawra.access.listing import Condition, Field
from dawra.customers.picking import Picker
from dawra.customers.search import titles


def names_of(picks: Mapping[str, str], conditions: Iterable[Condition], actor: Actor) -> dict[str, str]:
    """id → what the record is called, of those the actor may see. 1 query, none where no condition names a record."""
    asked = [one for one in conditions if one.field in picks and one.operator != "empty"]
    ids = {UUID(part) for one in asked for part in one.written.split(",")}
    return {str(key): found.title for key, found in titles(actor, ids).items()}


def pickers_of(
    picks: Mapping[str, str], fields: Mapping[str, Field], asked: QueryDict, actor: Actor
) -> dict[str, Picker]:
    """The picker of each such filter with what is asked now; no other names than the actor may read. 1 query at most."""
    ids = {code: one for code in picks if (one := _id(asked.get(code, "")))}
    found = titles(actor, ids.values())
    return {
        code: Picker(
            code,
            fields[code].label or code,
            kind,
            chosen=f"{kind}:{ids[code]}" if ids.get(code) in found else "",
            words=found[ids[code]].title if ids.get(code) in found else "",
        )
        for code, kind in readable(picks, actor).items()
    }


def applied(
    picks: Mapping[str, str], fields: Mapping[str, Field], sent: QueryDict, actor: Actor
) -> tuple[QueryDict, dict[str, Picker]]:
    """What a dialog sent as a list's address asks it, without what was left empty; and the pickers that fit none or several.

    4 queries at most for each picker
    """
    query, unclear = sent.copy(), {}
    for name in ("apply", "page"):
        query.pop(name, None)
    for code, kind in readable(picks, actor).items():
        read = Picker.read(sent, code, label=fields[code].label or code, kinds=(kind,), actor=actor)
        for end in ("", "_words", "_choice"):
            query.pop(f"{code}{end}", None)
        if read.error:
            unclear[code] = read
        elif read.record_id:
            query[code] = str(read.record_id)
    for name in list(query):
        query.setlist(name, [value for value in query.getlist(name) if value])
    return query, unclear


def readable(picks: Mapping[str, str], actor: Actor) -> dict[str, str]:
    """Those whose kind of record the actor may read at all."""
    return {code: kind for code, kind in picks.items() if kind in kinds.readable(actor)}


def _id(text: Any) -> UUID | None:
    try:
        return UUID(str(text).rpartition(":")[2])
    except ValueError:
        return None
