"""How each database is asked for the rows that match, so that a million of them take milliseconds for every reader.

Beside its words a row's text carries marks for its kind and its owner: "deals of mine that begin with nil" is one
intersection inside the index. What neither index does cheaply is a beginning that very many rows share:

- SQLite's FTS5 gathers every row under a beginning before it hands out the first, except for beginnings of 1, 2, 3 and
  5 letters, which it keeps ready, newest first. So a longer word is asked for by its first letters, and the rest of it
  is compared on the newest rows that come out; only what is rare then is asked for whole.
- PostgreSQL's GIN knows no order at all. So the newest rows are looked through first, of everybody for who sees
  everything, else of those whose records one sees: comparing a row costs less than a microsecond. A reader with few
  records is answered by that alone; what is not there is rare, and rare is what the index is good at.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from dawra.access.actor import Actor
from dawra.customers.search_words import MARK, NOBODY, words_of
from dawra.figures.words import fold

# So many of the newest hits are looked at to bring exact words before mere beginnings.
RANKED = 100
# FTS5: beginnings of so many letters are kept ready (migration 0010), and so many candidates are compared at first.
READY = (5, 3, 2, 1)
COMPARED = 400
# PostgreSQL: so many of the newest rows are looked through: of everybody, or of those one sees, of whom at most MOST_OWNERS.
NEWEST = 8000
OWN_NEWEST = 9000
MOST_OWNERS = 200
# How frequent a word is, is seen from so many of the newest rows; a word that this share of them has is often there.
SAMPLE = 2000
OFTEN_SHARE = 0.025
FAR_BACK = NEWEST * 10
# So many rows are compared one by one sooner than the index is asked for one more word.
CHEAP_ROWS = 2000
ALL_KINDS = 3


@dataclass(frozen=True, slots=True)
class Hit:
    pk: int
    kind: str
    record_id: UUID
    title: str
    detail: str
    detail_ar: str
    folded: str

    def rank(self, tokens: Sequence[str]) -> int:
        """0: the title is what was typed, 1: every word is whole, 2: words begin so."""
        if any(words_of(fold(name)) == list(tokens) for name in self.title.split(" · ")):
            return 0
        return 1 if set(tokens) <= set(self.folded.split()) else 2

    def begins(self, tokens: Sequence[str]) -> bool:
        text = f" {self.folded}"
        return all(f" {token}" in text for token in tokens)


@dataclass(frozen=True, slots=True)
class Restriction:
    """kinds: at least one. owners: whose records count beside nobody's; None for everybody's."""

    kinds: tuple[str, ...]
    owners: tuple[UUID, ...] | None

    @classmethod
    def of(cls, actor: Actor, kinds: Sequence[str]) -> "Restriction":
        return cls(tuple(kinds), None if actor.sees is None else tuple(sorted(actor.sees)))

    @property
    def few_owners(self) -> bool:
        return self.owners is not None and len(self.owners) <= MOST_OWNERS

    def marks(self) -> Iterator[Sequence[str]]:
        """Groups of marks; a record carries one of each group."""
        if len(self.kinds) < ALL_KINDS:
            yield [MARK + kind for kind in self.kinds]
        if self.owners is not None:
            yield [NOBODY, *(f"{MARK}{owner.hex}" for owner in self.owners)]


@dataclass(frozen=True, slots=True)
class Statement:
    sql: str
    params: tuple[Any, ...]

    def hits(self) -> list[Hit]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql.format(columns=COLUMNS), self.params)
            rows = cursor.fetchall()
        return [Hit(pk, kind, _uuid(record_id), *texts) for pk, kind, record_id, *texts in rows]


COLUMNS = "r.id, r.record_kind, r.record_id, r.title, r.detail, r.detail_ar, r.folded"


def hits(tokens: Sequence[str], restriction: Restriction, *, enough: int, is_address: bool) -> list[Hit]:
    """The newest rows with these words, whole, and if they are fewer than enough, as beginnings. 1 to 6 queries.

    is_address: only the last word may be a mere beginning, and none if the whole address is there
    """
    asked = _Asked(tuple(tokens), restriction, 1 if is_address else len(tokens), is_address)
    return _from_fts5(asked, enough) if connection.vendor == "sqlite" else _from_gin(asked, enough)


def whole(tokens: Sequence[str], restriction: Restriction, *, most: int) -> list[Hit]:
    """Rows that have all of these words, whole. 1 query.

    PostgreSQL looks at CHEAP_ROWS of them: of words that more have in common only some rows are found.
    """
    asked = _Asked(tuple(tokens), restriction, 0)
    if connection.vendor == "sqlite":
        return _fts5(asked, (), most).hits()
    return Statement(_GIN_SOME, (_all(tokens), CHEAP_ROWS, _all(asked.parts()), most)).hits()


def listed(tokens: Sequence[str], restriction: Restriction, *, most: int) -> Statement:
    """A statement for the record ids of the newest `most` rows whose words begin so. At most 3 queries to choose it."""
    asked = _Asked(tuple(tokens), restriction, len(tokens))
    chosen = _fts5_of(asked, most) if connection.vendor == "sqlite" else _gin_of(asked, most)
    return Statement(chosen.sql.format(columns="r.record_id"), chosen.params)


@dataclass(frozen=True, slots=True)
class _Asked:
    """beginnings: how many of the last words need only begin so; the others are whole."""

    tokens: tuple[str, ...]
    restriction: Restriction
    beginnings: int
    is_address: bool = False

    @property
    def whole(self) -> tuple[str, ...]:
        return self.tokens[: len(self.tokens) - self.beginnings]

    @property
    def begun(self) -> tuple[str, ...]:
        return self.tokens[len(self.tokens) - self.beginnings :]

    def parts(self) -> list[str]:
        """For PostgreSQL: words, beginnings, and for each group of marks one of them."""
        marks = ("(" + " | ".join(group) + ")" for group in self.restriction.marks())
        return [*self.whole, *(f"{token}:*" for token in self.begun), *marks]

    def answered(self, found: Sequence[Hit], enough: int) -> bool:
        """Whether beginnings need not be asked for any more."""
        whole = self.whole_in(found)
        return whole >= enough or (self.is_address and whole > 0)

    def whole_in(self, found: Sequence[Hit]) -> int:
        return sum(set(self.tokens) <= set(hit.folded.split()) for hit in found)


# SQLite

# Ordered by rowid, FTS5 streams: no sort, no full count.
_FTS5 = (
    "SELECT {{columns}} FROM customers_searchtext t CROSS JOIN customers_searchrow r ON r.id = t.rowid"
    " WHERE t.customers_searchtext MATCH %s{compared} ORDER BY t.rowid DESC LIMIT %s"
)
_FREQUENT = "SELECT t.rowid FROM customers_searchtext t WHERE t.customers_searchtext MATCH %s LIMIT 1 OFFSET %s"


def _from_fts5(asked: _Asked, enough: int) -> list[Hit]:
    most = max(RANKED, enough)
    found = _fts5(_Asked(asked.tokens, asked.restriction, 0), (), most).hits()
    if asked.answered(found, enough):
        return found
    if all(_cut(token) == token for token in asked.begun):
        return found + _fts5(asked, asked.begun, most).hits()
    candidates = _fts5(asked, _all_cut(asked), COMPARED).hits()
    found += [hit for hit in candidates if hit.begins(asked.begun)]
    if len(candidates) < COMPARED or len({hit.pk for hit in found}) >= enough:
        return found
    return found + _fts5(asked, _rare_whole(asked), most, compared=asked.begun).hits()


def _fts5_of(asked: _Asked, most: int) -> Statement:
    if all(_cut(token) == token for token in asked.begun):
        return _fts5(asked, asked.begun, most)
    candidates = _fts5(asked, _all_cut(asked), COMPARED).hits()
    often = len(candidates) < COMPARED or 4 * sum(hit.begins(asked.begun) for hit in candidates) >= COMPARED
    return _fts5(asked, _all_cut(asked) if often else _rare_whole(asked), most, compared=asked.begun)


def _fts5(asked: _Asked, begun: Sequence[str], most: int, compared: Sequence[str] = ()) -> Statement:
    """begun: beginnings for the index. compared: beginnings that a row's text must hold besides."""
    match = " AND ".join(
        [
            *(f'"{token}"' for token in asked.whole),
            *(f'"{token}"*' for token in begun),
            *("(" + " OR ".join(f'"{mark}"' for mark in group) + ")" for group in asked.restriction.marks()),
        ]
    )
    sql = _FTS5.format(compared=" AND instr(' ' || r.folded, %s) > 0" * len(compared))
    return Statement(sql, (match, *(f" {token}" for token in compared), most))


def _cut(token: str) -> str:
    """The longest beginning of a word that the index keeps ready."""
    return token[: next(length for length in READY if length <= len(token))]


def _all_cut(asked: _Asked) -> list[str]:
    return [_cut(token) for token in asked.begun]


def _rare_whole(asked: _Asked) -> list[str]:
    """Beginnings to ask for whole, except those that are frequent words themselves: the index would gather all of them."""
    with connection.cursor() as cursor:
        wanted = []
        for token in asked.begun:
            cursor.execute(_FREQUENT, [f'"{token}"', COMPARED])
            wanted.append(_cut(token) if cursor.fetchone() else token)
    return wanted


# PostgreSQL

# OFFSET 0 and "+ 0" keep PostgreSQL from plans that it takes for cheap: reading all rows from the newest on.
_NEWEST = "(SELECT * FROM customers_searchrow ORDER BY id DESC LIMIT %s OFFSET 0)"
# An index over owner and id hands out each owner's newest rows in order; ordering by both makes that so for nobody's too.
_OWN = (
    "(SELECT s.* FROM unnest(%s::uuid[]) o(owner) CROSS JOIN LATERAL (SELECT * FROM customers_searchrow w"
    " WHERE w.owner_id = o.owner ORDER BY w.owner_id DESC, w.id DESC LIMIT %s) s"
    " UNION ALL (SELECT * FROM customers_searchrow w WHERE w.owner_id IS NULL ORDER BY w.owner_id DESC, w.id DESC LIMIT %s))"
)
_AMONG = (
    "SELECT {{columns}} FROM {rows} r WHERE ts_match_vq(r.words, to_tsquery('simple', %s))"
    " ORDER BY {first}r.id DESC LIMIT %s"
)
_WHOLE_FIRST = "ts_match_vq(r.words, to_tsquery('simple', %s)) DESC, "
_GIN = (
    "SELECT {columns} FROM (SELECT * FROM customers_searchrow WHERE words @@ to_tsquery('simple', %s) OFFSET 0) r"
    " WHERE ts_match_vq(r.words, to_tsquery('simple', %s)) ORDER BY r.id + 0 DESC LIMIT %s"
)
_GIN_SOME = _GIN.replace("OFFSET 0", "LIMIT %s")
_HELD = (
    "SELECT max(n) FROM (SELECT count(*) AS n FROM unnest(%s::uuid[]) o(owner) CROSS JOIN LATERAL"
    " (SELECT 1 FROM customers_searchrow w WHERE w.owner_id = o.owner LIMIT %s) s GROUP BY o.owner"
    " UNION ALL SELECT count(*) FROM (SELECT 1 FROM customers_searchrow w WHERE w.owner_id IS NULL LIMIT %s) s) held"
)
# How many of the newest rows have each of some words, and about how many rows there are.
_SAMPLED = "SELECT {counts}max(r.id) FROM {newest} r"
_COUNTED = "count(*) FILTER (WHERE ts_match_vq(r.words, to_tsquery('simple', %s))), "


# The trigram index finds letters anywhere in a word.
_INSIDE = (
    "SELECT {{columns}} FROM customers_searchrow r WHERE {held} AND ts_match_vq(r.words, to_tsquery('simple', %s))"
    " ORDER BY r.id + 0 DESC LIMIT %s"
)
TRIGRAM = 3


def inside(tokens: Sequence[str], restriction: Restriction, *, enough: int) -> list[Hit]:
    """Rows that hold these letters anywhere in their words: for what begins no word. At most 1 query.

    Only on PostgreSQL with pg_trgm, and for at least three letters; SQLite keeps no such index.
    """
    if connection.vendor != "postgresql" or min(map(len, tokens)) < TRIGRAM or not _has_trigrams():
        return []
    # The index is asked for the whole text; then without the marks, which stand at its end.
    held = " AND ".join(["r.folded LIKE %s AND split_part(r.folded, %s, 1) LIKE %s"] * len(tokens))
    asked = [part for token in tokens for part in (f"%{token}%", MARK, f"%{token}%")]
    marks = _all(["(" + " | ".join(group) + ")" for group in restriction.marks()] or [f"{MARK}:*"])
    return Statement(_INSIDE.format(held=held), (*asked, marks, enough)).hits()


@cache
def _has_trigrams() -> bool:
    """The migration makes the index where it may add the extension."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('search_parts') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def _from_gin(asked: _Asked, enough: int) -> list[Hit]:
    """Among the newest rows, whole words first; then whole words, then beginnings, from the index.

    Who sees several people's records probably finds what is frequent among everybody's newest, which is cheaper.
    """
    most = max(RANKED, enough)
    alone = asked.restriction.few_owners and len(asked.restriction.owners or ()) < 2
    whole, begun = _Asked(asked.tokens, asked.restriction, 0).parts(), asked.parts()

    def among(rows: str, params: tuple[Any, ...]) -> list[Hit]:
        sql = _AMONG.format(rows=rows, first=_WHOLE_FIRST)
        return Statement(sql, (*params, _all(begun), _all(whole), most)).hits()

    def enough_of(found: Sequence[Hit]) -> bool:
        return len({hit.pk for hit in found}) >= enough or asked.answered(found, enough)

    found = among(*_own(asked.restriction)) if alone else among(_NEWEST, (NEWEST,))
    if asked.whole_in(found) >= enough or (alone and _holds_all(asked.restriction)):
        return found
    sample = _Sample.of({*whole, *begun})
    found += Statement(_GIN, (sample.rarest(whole), _all(whole), most)).hits()
    if enough_of(found):
        return found
    if asked.restriction.few_owners and not alone and not sample.has_rare(begun):
        found += among(*_own(asked.restriction))
        if enough_of(found) or _holds_all(asked.restriction):
            return found
    return found + Statement(_GIN, (sample.rarest(begun), _all(begun), most)).hits()


def _gin_of(asked: _Asked, most: int) -> Statement:
    begun = asked.parts()
    if _holds_all(asked.restriction):
        rows, params = _own(asked.restriction)
        return Statement(_AMONG.format(rows=rows, first=""), (*params, _all(begun), most))
    sample = _Sample.of({*begun, _all(begun)})
    if sample.shares[_all(begun)] >= OFTEN_SHARE:
        return Statement(_AMONG.format(rows=_NEWEST, first=""), (FAR_BACK, _all(begun), most))
    return Statement(_GIN, (sample.rarest(begun), _all(begun), most))


def _own(restriction: Restriction) -> tuple[str, tuple[Any, ...]]:
    """The newest rows of those whose records one sees, and of nobody."""
    owners = restriction.owners or ()
    return _OWN, (list(owners), _each(owners), _each(owners))


def _each(owners: Sequence[UUID]) -> int:
    return OWN_NEWEST // (len(owners) + 1) if len(owners) > 1 else OWN_NEWEST


def _holds_all(restriction: Restriction) -> bool:
    """Whether the rows looked through were all there are for this reader. 1 query, none for who sees everything."""
    if not restriction.few_owners:
        return False
    owners = restriction.owners or ()
    each = _each(owners)
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [list(owners), each + 1, each + 1])
        held: int = cursor.fetchone()[0] or 0
    return held <= each


@dataclass(frozen=True, slots=True)
class _Sample:
    """shares: how frequent each part of a query is among the newest rows. rows: about how many there are in all."""

    shares: dict[str, float]
    rows: int

    @classmethod
    def of(cls, parts: Collection[str]) -> "_Sample":
        """1 query."""
        asked = list(parts)
        with connection.cursor() as cursor:
            cursor.execute(_SAMPLED.format(counts=_COUNTED * len(asked), newest=_NEWEST), [*asked, SAMPLE])
            *counts, rows = cursor.fetchone()
        return cls({part: max(n, 0.5) / SAMPLE for part, n in zip(asked, counts, strict=True)}, rows or 0)

    def has_rare(self, parts: Sequence[str]) -> bool:
        """One of the parts is so rare that the index alone is quick."""
        return min(self.shares[part] for part in parts) * SAMPLE < 2

    def rarest(self, parts: Sequence[str]) -> str:
        """What the index is asked: the rarest parts, until few rows are left to be compared with the others.

        The index gathers every row under a beginning, at some 5 ms a hundred thousand.
        """
        chosen: list[str] = []
        left = float(self.rows)
        for part in sorted(parts, key=lambda part: self.shares[part]):
            if chosen and (left <= CHEAP_ROWS or self.shares[part] > 0.2):
                break
            chosen.append(part)
            left *= self.shares[part]
        return _all(chosen)


def _all(parts: Sequence[str]) -> str:
    return " & ".join(parts)


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
