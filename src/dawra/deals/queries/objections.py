"""Objections of a deal, with what was answered to them and what has proved best."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Subquery

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.listing import Field, Listing, Query
from dawra.deals.models import AnswerVersion, Deal, Objection, Reply
from dawra.deals.models.objection import CATEGORIES
from dawra.deals.queries.answers import AnswerCard, Bilingual, best_answers
from dawra.deals.words import OBJECTIONS


@dataclass(frozen=True, slots=True)
class ReplyCard:
    """name: of the library's answer, "" for one that was only written down. accepted: None while nobody knows."""

    name: str
    name_ar: str
    words: str
    given_at: datetime
    accepted: bool | None


@dataclass(frozen=True, slots=True)
class ObjectionCard:
    """days: whole days it has been open. best: the surest answers of its category, for an open one."""

    id: UUID
    version: int
    deal_id: UUID
    category: str
    category_name: Any
    words: str
    who: Bilingual | None
    raised_at: datetime
    is_open: bool
    days: int
    replies: tuple[ReplyCard, ...]
    best: tuple[AnswerCard, ...]

    @property
    def is_waiting(self) -> bool:
        """Something was answered, and nobody knows yet how the buyer took it."""
        return bool(self.replies) and self.replies[-1].accepted is None


@dataclass(frozen=True, slots=True)
class OnDeal:
    objections: tuple[ObjectionCard, ...]
    open_count: int
    settled_count: int
    categories: tuple[tuple[str, Any], ...]


def on_deal(actor: Actor, deal: Deal) -> OnDeal:
    """Open ones first. deal: one the actor has fetched. 1 query, 2 with open ones."""
    asked = Objection._base_manager.filter(deal=deal, deleted_at__isnull=True).select_related("person")
    drawn = AnswerVersion.objects.filter(answer=OuterRef("replies__answer"), number=OuterRef("replies__number"))
    asked = asked.annotate(
        reply_id=F("replies__id"), reply_words=F("replies__words"), reply_at=F("replies__given_at"),
        reply_accepted=F("replies__accepted"), reply_name=Subquery(drawn.values("name")[:1]),
        reply_name_ar=Subquery(drawn.values("name_ar")[:1]),
    )  # fmt: skip
    rows: dict[UUID, Any] = {}
    replies: dict[UUID, list[ReplyCard]] = {}
    for row in asked.order_by("replies__given_at", "replies__id"):
        rows.setdefault(row.pk, row)
        if row.reply_id is not None:
            said = (row.reply_name or "", row.reply_name_ar or "", row.reply_words, row.reply_at, row.reply_accepted)
            replies.setdefault(row.pk, []).append(ReplyCard(*said))
    cards = cards_of(actor, rows.values(), with_best=True, replies=replies)
    cards.sort(key=lambda card: (not card.is_open, -card.raised_at.timestamp(), card.id))
    open_count = sum(card.is_open for card in cards)
    return OnDeal(tuple(cards), open_count, len(cards) - open_count, tuple(OBJECTIONS.items()))


def objection(actor: Actor, objection_id: UUID, deal_id: UUID | None = None) -> ObjectionCard:
    """One objection. Raises NotFound, also for one of another deal; 3 queries."""
    actor.must("deals.read")
    rows = Objection.objects.visible_to(actor).select_related("person").filter(pk=objection_id)
    row = (rows.filter(deal_id=deal_id) if deal_id else rows).first()
    if row is None:
        raise NotFound()
    return cards_of(actor, [row], with_best=True)[0]


def stands(actor: Actor, objection_id: UUID) -> dict[str, Any]:
    """As its form shows it. Raises NotFound; 1 query."""
    row = Objection.fetch(actor, objection_id)
    return {"category": row.category, "label": row.label, "words": row.words, "person": str(row.person_id or "")}


# For the API

PLAIN = (
    "id", "version", "deal_id", "category", "label", "words", "person_id", "raised_at", "settled_at", "created_at",
    "created_by_id", "updated_at",
)  # fmt: skip
LISTING = Listing(
    fields={
        "deal": Field("deal_id", "id"),
        "category": Field("category", "choice", choices=CATEGORIES, blank=""),
        "raised": Field("raised_at", "moment"),
        "settled": Field("settled_at", "moment"),
        "words": Field("words", "text", blank=""),
    },
    sorts={"raised": "raised_at"},
    default_sort="-raised",
)


def plain_list(actor: Actor, query: Query) -> tuple[list[dict[str, Any]], str]:
    """A page of objections with what was answered, and the mark of the next. 2 queries."""
    actor.must("deals.read")
    page = LISTING.page(Objection.objects.visible_to(actor).values(*PLAIN), query)
    return _with_replies(page.rows), page.next


def plain(actor: Actor, objection_id: UUID) -> dict[str, Any]:
    """Raises NotFound; 2 queries."""
    actor.must("deals.read")
    rows = list(Objection.objects.visible_to(actor).filter(pk=objection_id).values(*PLAIN))
    if not rows:
        raise NotFound()
    return _with_replies(rows)[0]


def _with_replies(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    columns = ("objection_id", "id", "answer_id", "number", "words", "given_at", "given_by_id", "accepted")
    replies: dict[UUID, list[dict[str, Any]]] = {}
    found = Reply.objects.filter(objection_id__in=[row["id"] for row in rows]).order_by("given_at", "id")
    for reply in found.values(*columns):
        replies.setdefault(reply.pop("objection_id"), []).append(reply)
    return [{**row, "replies": replies.get(row["id"], [])} for row in rows]


# Pieces


def cards_of(
    actor: Actor,
    rows: Iterable[Objection],
    *,
    with_best: bool,
    replies: Mapping[UUID, list[ReplyCard]] | None = None,
) -> list[ObjectionCard]:
    """replies: where they are at hand."""
    rows = list(rows)
    replies = _replies([row.pk for row in rows]) if replies is None else replies
    open_ones = {row.category for row in rows if row.settled_at is None} if with_best else set()
    best = best_answers(open_ones) if open_ones else {}
    return [_card(actor, row, replies, best if row.settled_at is None else {}) for row in rows]


def _card(
    actor: Actor, row: Objection, replies: Mapping[UUID, list[ReplyCard]], best: Mapping[str, tuple[AnswerCard, ...]]
) -> ObjectionCard:
    return ObjectionCard(
        id=row.pk,
        version=row.version,
        deal_id=row.deal_id,
        category=row.category,
        category_name=row.label or OBJECTIONS[row.category],
        words=row.words,
        who=Bilingual(row.person.name, row.person.name_ar) if row.person else None,
        raised_at=row.raised_at,
        is_open=row.settled_at is None,
        days=max(((row.settled_at or actor.now) - row.raised_at).days, 0),
        replies=tuple(replies.get(row.pk, ())),
        best=best.get(row.category, ()),
    )


def _replies(ids: list[UUID]) -> dict[UUID, list[ReplyCard]]:
    """Oldest first. 1 query, none for nothing."""
    found: dict[UUID, list[ReplyCard]] = {}
    if not ids:
        return found
    rows = Reply.objects.filter(objection_id__in=ids).order_by("given_at", "id")
    named = rows.filter(answer__versions__number=F("number")) | rows.filter(answer=None)
    for objection_id, name, name_ar, words, given_at, accepted in named.values_list(
        "objection_id", "answer__versions__name", "answer__versions__name_ar", "words", "given_at", "accepted"
    ):
        found.setdefault(objection_id, []).append(ReplyCard(name or "", name_ar or "", words, given_at, accepted))
    return found
