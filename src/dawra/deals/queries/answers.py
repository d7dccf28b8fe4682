"""The library of answers to objections, ranked by what is known of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.deals.models import Answer, AnswerVersion
from dawra.deals.models.objection import CATEGORIES
from dawra.deals.words import OBJECTIONS
from dawra.figures.money import BASIS_POINTS
from dawra.figures.objections import Share, Tally, rank

BEST = 3


@dataclass(frozen=True, slots=True)
class ShownShare:
    """hits of n in basis points, and the 95 % interval of the true share; None without any n."""

    hits: int
    n: int
    share_bp: int | None
    low_bp: int | None
    high_bp: int | None


@dataclass(frozen=True, slots=True)
class Bilingual:
    """Something in both languages, shown like a name."""

    name: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """An answer of the library in its current version. said: what to say. by: its owner, None for nobody."""

    id: UUID
    version: int
    category: str
    category_name: Any
    label: str
    number: int
    name: str
    name_ar: str
    said: Bilingual
    owner_id: UUID | None
    by: Bilingual | None
    is_starter: bool
    is_retired: bool
    accepted: ShownShare
    won: ShownShare


@dataclass(frozen=True, slots=True)
class VersionCard:
    number: int
    name: str
    name_ar: str
    said: Bilingual
    written_at: datetime
    by: Bilingual | None


def best_answers(categories: Iterable[str]) -> dict[str, tuple[AnswerCard, ...]]:
    """The surest answers of each category. 1 query."""
    found: dict[str, list[AnswerCard]] = {category: [] for category in categories}
    for card in _answers(AnswerVersion.objects.filter(answer__retired_at__isnull=True, answer__category__in=found)):
        found[card.category].append(card)
    return {category: tuple(ranked(cards)[:BEST]) for category, cards in found.items()}


def library(actor: Actor, *, category: str = "", by: str = "accepted", retired: bool = False) -> list[AnswerCard]:
    """The answers, surest first within each category. 1 query.

    by:  accepted or won: the share that decides
    """
    actor.must("deals.read")
    rows = AnswerVersion.objects.filter(answer__retired_at__isnull=not retired)
    cards = _answers(rows.filter(answer__category=category) if category else rows)
    place = {code: number for number, code in enumerate(CATEGORIES)}
    return sorted(ranked(cards, by), key=lambda card: place[card.category])


def answer(actor: Actor, answer_id: UUID) -> AnswerCard:
    """Raises NotFound; 1 query."""
    actor.must("deals.read")
    for card in _answers(AnswerVersion.objects.filter(answer_id=answer_id)):
        return card
    raise NotFound()


def versions_of(actor: Actor, answer_id: UUID) -> list[VersionCard]:
    """Every version of an answer, newest first. 1 query."""
    actor.must("deals.read")
    rows = AnswerVersion.objects.filter(answer_id=answer_id).select_related("written_by").order_by("-number")
    return [
        VersionCard(
            row.number,
            row.name,
            row.name_ar,
            Bilingual(row.words, row.words_ar),
            row.written_at,
            Bilingual(row.written_by.name, row.written_by.name_ar) if row.written_by else None,
        )
        for row in rows
    ]


def plain(card: AnswerCard) -> dict[str, Any]:
    """For the API."""
    names = ("id", "version", "category", "label", "number", "name", "name_ar", "owner_id", "is_starter", "is_retired")
    said = {"words": card.said.name, "words_ar": card.said.name_ar}
    return {name: getattr(card, name) for name in names} | said | {"accepted": card.accepted, "won": card.won}


def plain_versions(actor: Actor, answer_id: UUID) -> list[dict[str, Any]]:
    """1 query."""
    return [
        {
            "number": one.number,
            "name": one.name,
            "name_ar": one.name_ar,
            "words": one.said.name,
            "words_ar": one.said.name_ar,
            "written_at": one.written_at,
        }
        for one in versions_of(actor, answer_id)
    ]


def ranked(cards: Iterable[AnswerCard], by: str = "accepted") -> list[AnswerCard]:
    tallies = [Tally(card, card.accepted.hits, card.accepted.n, card.won.hits, card.won.n) for card in cards]
    return [score.key for score in rank(tallies, by)]


def _answers(rows: Any) -> list[AnswerCard]:
    """The current versions among these. 1 query."""
    found = rows.filter(number=F("answer__number")).select_related("answer__owner").order_by("answer__created_at", "id")
    return [_answer(row, row.answer) for row in found]


def _answer(row: AnswerVersion, kept: Answer) -> AnswerCard:
    one = Tally(None, kept.accepted, kept.tried, kept.won, kept.closed)
    score = rank([one])[0]
    return AnswerCard(
        id=kept.pk,
        version=kept.version,
        category=kept.category,
        category_name=kept.label or OBJECTIONS[kept.category],
        label=kept.label,
        number=kept.number,
        name=row.name,
        name_ar=row.name_ar,
        said=Bilingual(row.words, row.words_ar),
        owner_id=kept.owner_id,
        by=Bilingual(kept.owner.name, kept.owner.name_ar) if kept.owner else None,
        is_starter=kept.is_starter,
        is_retired=kept.retired_at is not None,
        accepted=shown_share(score.accepted),
        won=shown_share(score.won),
    )


def shown_share(share: Share) -> ShownShare:
    parts = (share.share, share.low, share.high)
    return ShownShare(share.hits, share.n, *(None if part is None else round(part * BASIS_POINTS) for part in parts))
