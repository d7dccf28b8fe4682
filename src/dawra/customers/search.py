"""Finding any record by its words, in either script: one query function over SQLite's FTS5 and PostgreSQL's GIN.

Other rooms put their own records in (put, drop); what comes out is already limited to what the actor may see.
Shared records, few, are compared one by one; how the others are found in time stands in search_plans.py.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL  # safe: constant statements, what was typed is a parameter
from django.utils.translation import get_language

from dawra.access.actor import Actor
from dawra.access.kinds import readable
from dawra.access.pouring import pour
from dawra.access.scope import owned_by_seen, shared_with
from dawra.customers import search_plans
from dawra.customers.duplicates import keys
from dawra.customers.models import SearchRow
from dawra.customers.search_plans import Hit, Restriction
from dawra.customers.search_words import MARK, NOBODY, indexed_words, tokens_of
from dawra.figures.matching import Record
from dawra.figures.words import named

MOST_CANDIDATES = 2000
MOST_SHARED = 2000


@dataclass(frozen=True, slots=True)
class Findable:
    """One record as search keeps it. words: everything it is found by, in any script, unfolded; its name first.

    detail_ar: what stands beside the title for readers of Arabic, if it differs
    alike: gives what the record is compared by, to find others that may be the same (people and companies)
    """

    kind: str
    id: UUID
    owner_id: UUID | None
    title: str
    detail: str
    words: Sequence[str]
    detail_ar: str = ""
    alike: Callable[[], Record] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    kind: str
    id: UUID
    title: str
    detail: str
    detail_ar: str = ""

    @property
    def more(self) -> str:
        """What stands beside the title, in the reader's language."""
        return named(self.detail, self.detail_ar, (get_language() or "en")[:2])


def put(findable: Findable) -> None:
    """Keep a record findable; call in the action's transaction, also when its owner changes. 1 query."""
    put_many([findable])


def put_added(*findables: Findable) -> None:
    """Records just added, with what they are compared by; call in the action's transaction. 2 queries."""
    put_new(findables)
    keys.add_each((f.kind, f.id, f.alike()) for f in findables if f.alike)


def put_many(findables: Iterable[Findable]) -> None:
    """What records are found by, and what they are compared by. 3 statements a hundred."""
    findables = list(findables)
    for kind in keys.FIELDS:
        keys.keep(kind, {f.id: f.alike() for f in findables if f.kind == kind and f.alike is not None})
    SearchRow.objects.bulk_create(
        [
            SearchRow(
                record_kind=f.kind,
                record_id=f.id,
                owner_id=f.owner_id,
                title=f.title[:420],
                detail=f.detail[:420],
                detail_ar=f.detail_ar[:420],
                folded=indexed(f),
            )
            for f in findables
        ],
        update_conflicts=True,
        unique_fields=["record_id"],
        update_fields=["owner", "title", "detail", "detail_ar", "folded"],
        batch_size=100,
    )


def put_new(findables: Iterable[Findable]) -> None:
    """Records that have just been added: nothing is kept of them yet. 1 statement, however many.

    What they are compared by is left to the search for duplicates that follows an import.
    """
    pour(
        SearchRow,
        ("record_kind", "record_id", "owner_id", "title", "detail", "detail_ar", "folded"),
        ((f.kind, f.id, f.owner_id, f.title[:420], f.detail[:420], f.detail_ar[:420], indexed(f)) for f in findables),
    )


def drop(record_ids: Iterable[UUID]) -> None:
    """Records in the bin are not found."""
    gone = list(record_ids)
    SearchRow.objects.filter(record_id__in=gone).delete()
    keys.drop(gone)


def find(actor: Actor, text: str, *, kinds: Sequence[str] = (), limit: int = 10) -> list[Found]:
    """Records whose words begin with every word of text: whole words before beginnings, then the newest first.

    If there are none, PostgreSQL also finds the letters inside of words.
    Cost: 1 to 7 queries, and 1 more for who does not see everything
    """
    tokens = tokens_of(text)
    allowed = [kind for kind in readable(actor) if not kinds or kind in kinds]
    if not tokens or not allowed:
        return []
    found = search_plans.hits(tokens, Restriction.of(actor, allowed), enough=limit, is_address="@" in text)
    found += _shared(actor, tokens, allowed)
    if not found and "@" not in text:
        found = search_plans.inside(tokens, Restriction.of(actor, allowed), enough=limit)
    ranked = sorted({hit.pk: hit for hit in found}.values(), key=lambda hit: (hit.rank(tokens), -hit.pk))
    return [Found(hit.kind, hit.record_id, hit.title, hit.detail, hit.detail_ar) for hit in ranked[:limit]]


def called(actor: Actor, kind: str, name: str, *, limit: int) -> list[Found]:
    """Records of a kind with all words of a name, whole; the newest. 1 query, 1 more for who does not see everything."""
    tokens = tokens_of(name)
    if not tokens or kind not in readable(actor):
        return []
    found = search_plans.whole(tokens, Restriction.of(actor, [kind]), most=limit)
    found += [hit for hit in _shared(actor, tokens, [kind]) if set(tokens) <= set(hit.folded.split())]
    return [Found(hit.kind, hit.record_id, hit.title, hit.detail, hit.detail_ar) for hit in found[:limit]]


def narrowed(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """A list's ?q=: keep the rows whose words match, the newest MOST_CANDIDATES of those the list's reader may see."""
    tokens = tokens_of(text)
    if not tokens:
        return rows
    actor: Actor | None = getattr(rows.query, "signer", None)
    kind = getattr(rows.model, "kind", "")
    restriction = Restriction.of(actor, [kind]) if actor else Restriction((kind,), None)
    asked = search_plans.listed(tokens, restriction, most=MOST_CANDIDATES)
    matching = Q(pk__in=RawSQL(asked.sql, asked.params))  # noqa: S611 - safe: constant; what was typed is a parameter
    shared = [hit.record_id for hit in _shared(actor, tokens, [kind])] if actor else []
    return rows.filter(matching | Q(pk__in=shared) if shared else matching)


def visible_rows(actor: Actor) -> QuerySet[SearchRow]:
    """The search rows of records this actor may see: titles for what another row points at."""
    visible = Q(pk__in=[])
    for kind in readable(actor):
        visible |= Q(record_kind=kind) & owned_by_seen(actor, kind, pk="record_id")
    return SearchRow.objects.filter(visible)


def titles(actor: Actor, record_ids: Iterable[UUID]) -> dict[UUID, Found]:
    """What records are called, of those the actor may see. 1 query, none for nothing."""
    wanted = set(record_ids)
    if not wanted:
        return {}
    rows = visible_rows(actor).filter(record_id__in=wanted)
    return {row.record_id: Found(row.record_kind, row.record_id, row.title, row.detail, row.detail_ar) for row in rows}


def indexed(findable: Findable) -> str:
    """Every word a record is found by, then its marks."""
    owner = f"{MARK}{findable.owner_id.hex}" if findable.owner_id else NOBODY
    return indexed_words(findable.words, (MARK + findable.kind, owner))


def _shared(actor: Actor, tokens: Sequence[str], kinds: Sequence[str]) -> list[Hit]:
    """Matching records of others that were shared with the actor. 1 query, none for who sees everything."""
    if actor.sees_all:
        return []
    rows = SearchRow.objects.filter(record_id__in=shared_with(actor, kinds)[:MOST_SHARED])
    hits = (
        Hit(row.pk, row.record_kind, row.record_id, row.title, row.detail, row.detail_ar, row.folded)
        for row in rows.order_by("-id")
    )
    return [hit for hit in hits if hit.begins(tokens)]
