"""Who shares the credit of a deal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.deals import keeping, rules
from dawra.deals.models import DealSplit
from dawra.figures.money import BASIS_POINTS
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import DealSplitsChanged
from dawra.journal.models import Entry
from dawra.team.colleagues import colleagues

MOST_SPLITS = 12


@dataclass(frozen=True, slots=True)
class Split:
    """share_bp: basis points. sort: revenue (adds up to 100 %) or overlay (credit beside it)."""

    member_id: UUID
    share_bp: int
    sort: str = "revenue"


@transaction.atomic
def set_splits(
    actor: Actor, *, deal_id: UUID, shares: Sequence[Split], version: int | None = None, cause: Entry | None = None
) -> Entry | None:
    """Say anew who shares the credit; none = the owner has it all. None if nothing differs.

    Writes:  deals.deal_splits_changed.1
    Raises:  Refused, NotFound, Stale, Invalid (not 100 %, a member twice)
    """
    actor.must("deals.work")
    deal = keeping.fetch(actor, deal_id)
    keeping.guard(deal, version, {"splits": len(shares)})
    before = stand(deal.pk)
    if set(before) == set(shares):
        return None
    _must_be_fair(shares, {split.member_id for split in before})
    DealSplit.objects.filter(deal=deal).delete()
    DealSplit.objects.bulk_create(
        DealSplit(deal=deal, member_id=one.member_id, share_bp=one.share_bp, sort=one.sort) for one in shares
    )
    deal.change(actor, {})
    told = DealSplitsChanged(deal.pk, deal.name, _told(before), _told(shares))
    return journal.write(actor, told, about=[deal], cause=cause)


def stand(deal_id: UUID) -> list[Split]:
    """The splits as they are. 1 query."""
    rows = DealSplit.objects.filter(deal_id=deal_id).order_by("sort", "-share_bp", "id")
    return [Split(row.member_id, row.share_bp, row.sort) for row in rows]


def _must_be_fair(shares: Sequence[Split], known: set[UUID]) -> None:
    if len(shares) > MOST_SPLITS or len({(one.member_id, one.sort) for one in shares}) != len(shares):
        raise Invalid(_("Each member shares once, and at most %(most)s of them."), field="splits", most=MOST_SPLITS)
    if any(one.sort not in ("revenue", "overlay") or not 0 < one.share_bp <= BASIS_POINTS for one in shares):
        raise Invalid(_("A share lies between 0 and 100 percent."), field="splits")
    if not rules.splits_add_up([one.share_bp for one in shares if one.sort == "revenue"]):
        raise Invalid(_("The shares of the revenue add up to 100 percent."), field="splits")
    new = {one.member_id for one in shares} - known
    if new and len(colleagues(new)) != len(new):
        raise Invalid(_("This is not an active member."), field="splits")


def _told(shares: Sequence[Split]) -> list[dict[str, Any]]:
    return [{"member_id": one.member_id, "share_bp": one.share_bp, "sort": one.sort} for one in shares]
