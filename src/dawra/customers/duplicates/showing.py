"""The queue of duplicates as its reader may see it, and two records side by side."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound
from dawra.customers.duplicates import moving, saying
from dawra.customers.duplicates.merging import KEPT_DAYS
from dawra.customers.duplicates.weighing import MODELS
from dawra.customers.models import Company, DuplicatePair, Merge, Person

PAGE = 25
CERTAIN = {"all": 0, "certain": 9_900, "likely": 9_000}
RECENT = 20


@dataclass(frozen=True, slots=True)
class Side:
    id: UUID
    name: str
    name_ar: str
    detail: str


@dataclass(frozen=True, slots=True)
class PairCard:
    """reasons: why they may be one, in the reader's words. certainty: a word."""

    id: UUID
    kind: str
    one: Side
    other: Side
    reasons: str
    certainty: str
    certainty_bp: int
    is_exact: bool
    state: str


@dataclass(frozen=True, slots=True)
class MergeCard:
    """kept, gone: what they were called."""

    id: UUID
    kind: str
    kept_id: UUID
    kept: str
    gone: str
    merged_at: datetime


def visible(actor: Actor, kind: str) -> QuerySet[DuplicatePair]:
    """Pairs of which the actor may see both."""
    if kind not in MODELS:
        raise NotFound()
    rows = DuplicatePair.objects.filter(record_kind=kind)
    for column in ("a_id", "b_id"):
        rows = rows.filter(Exists(MODELS[kind].objects.visible_to(actor).filter(pk=OuterRef(column))))
    return rows


def queue(
    actor: Actor, kind: str, *, certain: str = "all", after: str = "", limit: int = PAGE
) -> tuple[list[PairCard], str]:
    """Open pairs, likeliest first, and the mark of the next page. 2 queries, however many."""
    least = CERTAIN.get(certain, 0)
    rows = visible(actor, kind).filter(state=DuplicatePair.OPEN, certainty_bp__gte=least)
    if after:
        bp, _, pk = after.partition("~")
        try:
            mark, last = int(bp), UUID(pk)
        except ValueError:
            raise Invalid("The page mark in “after” is not one of ours.", field="after") from None
        rows = rows.filter(certainty_bp__lte=mark).exclude(certainty_bp=mark, id__gte=last)
    found = list(rows.order_by("-certainty_bp", "-id")[: limit + 1])
    following = f"{found[limit - 1].certainty_bp}~{found[limit - 1].pk}" if len(found) > limit else ""
    found = found[:limit]
    sides = _sides(kind, [one for pair in found for one in (pair.a_id, pair.b_id)])
    return [_card(pair, sides) for pair in found if pair.a_id in sides and pair.b_id in sides], following


def pair_of(actor: Actor, pair_id: UUID) -> DuplicatePair:
    """A pair of which the actor may see both. Raises NotFound; 2 queries."""
    kind = DuplicatePair.objects.filter(pk=pair_id).values_list("record_kind", flat=True).first()
    pair = visible(actor, kind).filter(pk=pair_id).first() if kind else None
    if pair is None:
        raise NotFound()
    return pair


def card_of(actor: Actor, pair_id: UUID) -> PairCard:
    pair = pair_of(actor, pair_id)
    return _card(pair, _sides(pair.record_kind, [pair.a_id, pair.b_id]))


def exact_count(actor: Actor, kind: str) -> int:
    """At most 1,001. 1 query."""
    return visible(actor, kind).filter(state=DuplicatePair.OPEN, is_exact=True)[:1_001].count()


def recent(actor: Actor, kind: str) -> list[MergeCard]:
    """What was merged and can still be taken apart, newest first. 1 query."""
    seen = MODELS[kind].objects.visible_to(actor).filter(pk=OuterRef("kept_id"))
    rows = Merge.objects.filter(
        Exists(seen), record_kind=kind, undone_at__isnull=True, merged_at__gt=actor.now - timedelta(days=KEPT_DAYS)
    ).values_list("pk", "kept_id", "names", "merged_at")
    return [
        MergeCard(pk, kind, kept_id, names[0], names[1], merged_at)
        for pk, kept_id, names, merged_at in rows.order_by("-merged_at", "-id")[:RECENT]
    ]


def moving_with(kind: str, record_id: UUID) -> dict[str, int]:
    """What goes over with a record: table → rows."""
    return moving.counts(kind, record_id)


def _card(pair: DuplicatePair, sides: dict[UUID, Side]) -> PairCard:
    return PairCard(
        pair.pk, pair.record_kind, sides[pair.a_id], sides[pair.b_id], saying.sentence(pair.parts),
        saying.certainty(pair.certainty_bp), pair.certainty_bp, pair.is_exact, pair.state,
    )  # fmt: skip


def _sides(kind: str, ids: list[UUID]) -> dict[UUID, Side]:
    rows: QuerySet[Any] = (Person if kind == "person" else Company)._base_manager.filter(pk__in=ids)
    detail = "title" if kind == "person" else "industry"
    return {
        pk: Side(pk, name, name_ar, " · ".join(filter(None, (more, city))))
        for pk, name, name_ar, more, city in rows.values_list("pk", "name", "name_ar", detail, "city")
    }
