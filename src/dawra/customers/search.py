"""Finding any record by its words, in either script: one query function over SQLite's FTS5 and PostgreSQL's GIN.

Other rooms put their own records in (put, drop); what comes out is already limited to what the actor may see.

How it stays fast at a million records: beside its words, a row's text carries marks for its kind and its owner.
"Deals of mine that begin with nil" is then one intersection inside the index, however frequent the word, and SQLite
hands out hits newest first without sorting. Shared records, few, are compared one by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL  # safe: two constant statements below, what was typed is a parameter

from dawra.access.actor import Actor
from dawra.access.kinds import readable
from dawra.access.scope import owned_by_seen, shared_with
from dawra.customers.models import SearchRow
from dawra.figures.words import fold

MOST_CANDIDATES = 2000
MOST_SHARED = 2000
# So many of the newest hits are looked at to bring exact words before mere beginnings.
RANKED = 100
# PostgreSQL first looks among so many of the newest rows.
NEWEST = 3000
# Begins every mark: a letter of no living script, so that no word is ever one and both indexes keep it whole.
MARK = "\ua66e"
NOBODY = f"{MARK}nobody"
SHORTEST_NUMBER = 4


@dataclass(frozen=True, slots=True)
class Findable:
    """One record as search keeps it. words: everything it is found by, in any script, unfolded; its name first."""

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
    """Keep a record findable; call in the action's transaction, also when its owner changes. 1 query."""
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
                folded=indexed(f),
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
    """Records whose words begin with every word of text: whole words before beginnings, then the newest first.

    Cost: 1 or 2 queries (on PostgreSQL up to 4); 1 more for who does not see everything
    """
    tokens = tokens_of(text)
    allowed = [kind for kind in readable(actor) if not kinds or kind in kinds]
    if not tokens or not allowed:
        return []
    restriction = _Restriction.of(actor, allowed)
    # Whole words come first in the answer, and in the index they are the cheap question, even if every row has them.
    found = _newest(tokens, restriction, enough=limit, beginnings=0)
    is_address = "@" in text
    if len(found) < limit and not (found and is_address):
        found += _newest(tokens, restriction, enough=limit, beginnings=1 if is_address else len(tokens))
    found += _shared(actor, tokens, allowed)
    ranked = sorted({hit.pk: hit for hit in found}.values(), key=lambda hit: (hit.rank(tokens), -hit.pk))
    return [Found(hit.kind, hit.record_id, hit.title, hit.detail) for hit in ranked[:limit]]


def narrowed(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """A list's ?q=: keep the rows whose words match, the newest MOST_CANDIDATES of those the list's reader may see."""
    tokens = tokens_of(text)
    if not tokens:
        return rows
    actor: Actor | None = getattr(rows.query, "signer", None)
    kind = getattr(rows.model, "kind", "")
    restriction = _Restriction.of(actor, [kind]) if actor else _Restriction((kind,), None)
    statement = (_FTS5 if connection.vendor == "sqlite" else _GIN).format(columns="r.record_id")
    match = _match(tokens, restriction, len(tokens))
    matching = Q(pk__in=RawSQL(statement, [match, MOST_CANDIDATES]))  # noqa: S611 - safe: constant; what was typed is a parameter
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
    return {row.record_id: Found(row.record_kind, row.record_id, row.title, row.detail) for row in rows}


# Words


def tokens_of(text: str) -> list[str]:
    """What was typed, as folded words; at most eight. A telephone number in any spelling is one word."""
    folded = fold(text[:200])
    digits = _digits_of_number(folded)
    if digits:
        return [digits]
    return _words(folded)[:8]


def indexed(findable: Findable) -> str:
    """Every word a record is found by, then its marks."""
    words: dict[str, None] = {}
    for written in findable.words:
        folded = fold(written or "")
        for word in _words(folded):
            words[word] = None
            if len(word) > 4 and word.startswith("ال"):
                words[word[2:]] = None  # the Arabic article: النيل is found as نيل too
        number = _digits_of_number(folded)
        for start in range(max(0, len(number) - SHORTEST_NUMBER + 1)):
            words[number[start:]] = None  # so that any part of four digits or more begins a word
    owner = f"{MARK}{findable.owner_id.hex}" if findable.owner_id else NOBODY
    return " ".join([*words, MARK + findable.kind, owner])


def _words(folded: str) -> list[str]:
    return "".join(char if char.isalnum() and char != MARK else " " for char in folded).split()


def _digits_of_number(folded: str) -> str:
    """+966 50 123-4567 → 966501234567, 050… → 50…; "" for what is no number of four digits or more."""
    if not all(char.isdigit() or char in " +-().\u2066\u2069\u200e\u200f" for char in folded):
        return ""
    digits = "".join(char for char in folded if char.isdigit())
    bare = digits.lstrip("0")
    return bare if len(digits) >= SHORTEST_NUMBER and len(bare) >= SHORTEST_NUMBER - 1 else ""


# The index


@dataclass(frozen=True, slots=True)
class _Hit:
    pk: int
    kind: str
    record_id: UUID
    title: str
    detail: str
    folded: str

    def rank(self, tokens: Sequence[str]) -> int:
        """0: the title is what was typed, 1: every word is whole, 2: words begin so."""
        if any(_words(fold(name)) == list(tokens) for name in self.title.split(" · ")):
            return 0
        return 1 if set(tokens) <= set(self.folded.split()) else 2


@dataclass(frozen=True, slots=True)
class _Restriction:
    """kinds: at least one. owners: marks of whose records count; None for everybody's."""

    kinds: tuple[str, ...]
    owners: tuple[str, ...] | None

    @classmethod
    def of(cls, actor: Actor, kinds: Sequence[str]) -> "_Restriction":
        owners = None if actor.sees is None else (NOBODY, *(f"{MARK}{owner.hex}" for owner in sorted(actor.sees)))
        return cls(tuple(kinds), owners)

    def alternatives(self, all_kinds: int) -> Iterator[Sequence[str]]:
        """Groups of marks; a record carries one of each group."""
        if len(self.kinds) < all_kinds:
            yield [MARK + kind for kind in self.kinds]
        if self.owners is not None:
            yield self.owners


_COLUMNS = "r.id, r.record_kind, r.record_id, r.title, r.detail, r.folded"


def _newest(tokens: Sequence[str], restriction: _Restriction, *, enough: int, beginnings: int) -> list[_Hit]:
    """beginnings: how many of the last words need only begin so; the others are whole."""
    match, limit = _match(tokens, restriction, beginnings), max(RANKED, enough)
    if connection.vendor == "sqlite":
        return _hits(_FTS5.format(columns=_COLUMNS), [match, limit])
    # What is frequent is found among the newest rows at once; what is not there is rare, and the index sorts it out.
    found = _hits(_GIN_NEWEST.format(columns=_COLUMNS), [NEWEST, match, limit])
    return found if len(found) >= enough else _hits(_GIN.format(columns=_COLUMNS), [match, limit])


# Ordered by rowid, FTS5 streams: no sort, no full count.
_FTS5 = (
    "SELECT {columns} FROM customers_searchtext t CROSS JOIN customers_searchrow r ON r.id = t.rowid"
    " WHERE t.customers_searchtext MATCH %s ORDER BY t.rowid DESC LIMIT %s"
)
# OFFSET 0 and "+ 0" keep PostgreSQL from reading all rows from the newest on, which it takes for cheap.
_GIN_NEWEST = (
    "SELECT {columns} FROM (SELECT * FROM customers_searchrow ORDER BY id DESC LIMIT %s OFFSET 0) r"
    " WHERE r.words @@ to_tsquery('simple', %s) ORDER BY r.id DESC LIMIT %s"
)
_GIN = (
    "SELECT {columns} FROM customers_searchrow r WHERE r.words @@ to_tsquery('simple', %s)"
    " ORDER BY r.id + 0 DESC LIMIT %s"
)


def _hits(sql: str, params: list[Any]) -> list[_Hit]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return [_Hit(pk, kind, _uuid(record_id), *texts) for pk, kind, record_id, *texts in rows]


def _match(tokens: Sequence[str], restriction: _Restriction, beginnings: int) -> str:
    """What is asked of the index, in its own syntax. Words are letters and digits only; FTS5 also wants them quoted."""
    groups = list(restriction.alternatives(all_kinds=3))
    begun = len(tokens) - beginnings
    if connection.vendor == "sqlite":
        parts = [f'"{token}"' if at < begun else f'"{token}"*' for at, token in enumerate(tokens)]
        parts += ["(" + " OR ".join(f'"{mark}"' for mark in group) + ")" for group in groups]
        return " AND ".join(parts)
    parts = [token if at < begun else f"{token}:*" for at, token in enumerate(tokens)]
    parts += ["(" + " | ".join(group) + ")" for group in groups]
    return " & ".join(parts)


def _shared(actor: Actor, tokens: Sequence[str], kinds: Sequence[str]) -> list[_Hit]:
    """Matching records of others that were shared with the actor. 1 query, none for who sees everything."""
    if actor.sees_all:
        return []
    rows = SearchRow.objects.filter(record_id__in=shared_with(actor, kinds)[:MOST_SHARED])
    hits = []
    for row in rows.order_by("-id"):
        words = row.folded.split()
        if all(any(word.startswith(token) for word in words) for token in tokens):
            hits.append(_Hit(row.pk, row.record_kind, row.record_id, row.title, row.detail, row.folded))
    return hits


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
