"""The rules of what is proposed, with their records, for settings and the API."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.deals import next_best_words as words
from dawra.deals.models import NextBestDismissal, NextBestRule
from dawra.deals.models.next_best import DISMISSED_FOR
from dawra.deals.next_best_seeds import SEEDS
from dawra.deals.queries.next_best_cards import record_of
from dawra.figures.money import BASIS_POINTS
from dawra.figures.next_best import UNTRACED, Record, common_of, record_pc
from dawra.figures.objections import Share, share_of_n


@dataclass(frozen=True, slots=True)
class RuleCard:
    """row: the rule itself. record_pc: by how much its record weighs. dismissals: (reason, how many), all of them.

    dismissed: of the proposals somebody answered, by doing or by dismissing, those that were dismissed
    """

    row: NextBestRule
    record: Record
    record_pc: int
    track: str
    dismissals: tuple[tuple[Any, int], ...]
    dismissed: Share

    @property
    def is_counted(self) -> bool:
        """Whether the past can be asked at all: some conditions leave no trace."""
        return self.row.condition not in UNTRACED

    @property
    def condition(self) -> Any:
        return words.CONDITION[self.row.condition]

    @property
    def act(self) -> Any:
        return words.ACT[self.row.act]

    @property
    def share_bp(self) -> tuple[int, int, int] | None:
        """The share that moved, and its interval."""
        return _bp(self.record.share)

    @property
    def dismissed_bp(self) -> tuple[int, int, int] | None:
        return _bp(self.dismissed)


def _bp(share: Share) -> tuple[int, int, int] | None:
    if share.share is None or share.low is None or share.high is None:
        return None
    return round(share.share * BASIS_POINTS), round(share.low * BASIS_POINTS), round(share.high * BASIS_POINTS)


def rules(actor: Actor) -> list[RuleCard]:
    """All rules in order. 2 queries."""
    actor.must("deals.read")
    rows = list(NextBestRule.objects.order_by("position", "id"))
    counted = NextBestDismissal.objects.order_by().values_list("rule_id", "reason").annotate(n=Count("pk"))
    said: dict[UUID, dict[str, int]] = {}
    for rule_id, reason, n in counted:
        said.setdefault(rule_id, {})[reason] = n
    common = common_of(record_of(row) for row in rows)
    return [_card(row, said.get(row.pk, {}), common) for row in rows]


def rule(actor: Actor, rule_id: UUID) -> NextBestRule:
    """Raises NotFound; 1 query."""
    actor.must("deals.read")
    row = NextBestRule.objects.filter(pk=rule_id).first()
    if row is None:
        raise NotFound()
    return row


def are_missing(cards: list[RuleCard]) -> bool:
    """Whether rules that come with the house are not there."""
    return not {seed.code for seed in SEEDS} <= {card.row.code for card in cards}


def plain(row: NextBestRule) -> dict[str, Any]:
    """For the API."""
    names = (
        "id", "version", "name", "name_ar", "condition", "act", "days", "least", "from_bp", "to_bp", "urgent_from_pc",
        "urgent_to_pc", "urgent_days", "weight_pc", "follow_days", "moved_days", "is_active", "position", "followed",
        "moved", "dismissed", "counted_at",
    )  # fmt: skip
    share = record_of(row).share
    return {name: getattr(row, name) for name in names} | {
        "moved_share": share.share,
        "moved_share_low": share.low,
        "moved_share_high": share.high,
    }


def _card(row: NextBestRule, said: dict[str, int], common: Record) -> RuleCard:
    record, all_said = record_of(row), sum(said.values())
    return RuleCard(
        row=row,
        record=record,
        record_pc=record_pc(record, common),
        track="" if record.is_little else words.track(row.condition, row.act, record.moved, record.followed),
        dismissals=tuple((words.DISMISS[reason], said[reason]) for reason in DISMISSED_FOR if reason in said),
        dismissed=share_of_n(all_said, all_said + record.followed),
    )
