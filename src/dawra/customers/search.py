"""Finding any record by its words, in either script: one query function over SQLite's FTS5 and PostgreSQL's GIN.

Other rooms put their own records in (put, drop); what comes out is already limited to what the actor may see.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from dawra.access.actor import Actor
from dawra.access.scope import owned_by_seen
from dawra.customers.models import SearchRow
from dawra.figures.words import fold

MOST_CANDIDATES = 2000


@dataclass(frozen=True, slots=True)
class Findable:
    """One record as search keeps it. words: everything it is found by, in any script, unfolded."""

    kind: str
    id: UUID
    owner_id: UUID | None
    title: str
    detail: str
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Found:
    kind: str
    id: UUID
    title: str
    detail: str


def put(findable: Findable) -> None:
    """Keep a record findable; call in the action's transaction. 1 query."""
    put_many([findable])


def put_many(findables: Iterable[Findable]) -> None:
    SearchRow.objects.bulk_create(
        [
            SearchRow(
                record_kind=f.kind,
                record_id=f.id,
                owner_id=f.owner_id,
                title=f.title[:420],
                detail=f.detail[:420],
                folded=fold(" ".join(word for word in f.words if word)),
            )
            for f in findables
        ],
        update_conflicts=True,
        unique_fields=["record_id"],
        update_fields=["owner", "title", "detail", "folded"],
        batch_size=100,
    )


def drop(record_ids: Iterable[UUID]) -> None:
    """Records in the bin are not found."""
    SearchRow.objects.filter(record_id__in=list(record_ids)).delete()


def find(actor: Actor, text: str, *, kinds: Sequence[str] = (), limit: int = 10) -> list[Found]:
    """Records whose words begin with every word of text, most recently added first. 1 query."""
    rows = _matching(text)
    if rows is None:
        return []
    if kinds:
        rows = rows.filter(record_kind__in=kinds)
    rows = rows.filter(_visible(actor)).order_by("-id")[:limit]
    return [Found(r.record_kind, r.record_id, r.title, r.detail) for r in rows]


def narrowed(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """A list's ?q=: keep the rows whose words match, whatever their kind."""
    matching = _matching(text)
    if matching is None:
        return rows
    ids = matching.order_by("-id").values("record_id")[:MOST_CANDIDATES]
    return rows.filter(pk__in=ids)


def _visible(actor: Actor) -> Q:
    if actor.sees_all:
        return Q()
    visible = Q(record_kind="")
    for kind in ("person", "company", "deal"):
        visible |= Q(record_kind=kind) & owned_by_seen(actor, kind, pk="record_id")
    return visible


def _matching(text: str) -> QuerySet[SearchRow] | None:
    """None where nothing was asked."""
    tokens = _tokens(text)
    if not tokens:
        return None
    if connection.vendor == "sqlite":
        # A quoted token cannot be read as FTS5 syntax, whatever the person typed.
        match = " ".join(f'"{token}"*' for token in tokens)
        return SearchRow.objects.extra(  # noqa: S610 - constant SQL, the text is a parameter
            where=[
                "customers_searchrow.id IN (SELECT rowid FROM customers_searchtext WHERE customers_searchtext MATCH %s)"
            ],
            params=[match],
        )
    match = " & ".join(f"{token}:*" for token in tokens)
    return SearchRow.objects.extra(  # noqa: S610
        where=["to_tsvector('simple', customers_searchrow.folded) @@ to_tsquery('simple', %s)"], params=[match]
    )


def _tokens(text: str) -> list[str]:
    """Folded words of letters and digits only; at most eight."""
    words = "".join(char if char.isalnum() else " " for char in fold(text[:200])).split()
    return words[:8]
