"""Taking back what an import did to deals: those it added go, fields, own fields and stages return to what they were."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dawra.access.actor import Actor
from dawra.customers.importing.unmaking import bin_added, returned
from dawra.deals import keeping, rules
from dawra.deals.models import Deal, OutcomeReason, Stage, StageVisit
from dawra.journal import actions as journal
from dawra.journal.catalogue import as_plain
from dawra.journal.catalogue.deals import DealDeleted, DealEdited, MoveTakenBack
from dawra.journal.models import Entry

Told = tuple[object, Sequence[Any], datetime]
STANDING = ("stage_id", "stage_since", "state", "closed_at", "reason_id", "probability_bp", "probability_source",
            "forecast_category")  # fmt: skip
"""Columns that go with a move, see keeping.enter."""
MOVED = {rules.OPEN: "deals.deal_moved.1", rules.WON: "deals.deal_won.1", rules.LOST: "deals.deal_lost.1"}
"""state → the kind of entry that told of the move into it"""


def standing(deal: Deal) -> dict[str, Any]:
    """How a deal stands before an import moves it, so that the move can be taken back. 1 query."""
    visit = StageVisit.objects.filter(deal=deal, exited_at__isnull=True).values_list("pk", flat=True).first()
    return {"visit": visit, **{name: getattr(deal, name) for name in STANDING}}


def take_back(actor: Actor, rows: Sequence[Any], cause: Entry, *, edited: bool) -> list[str]:
    """Deals go to the bin with their lines and their way; moved ones return, unless they have moved on since."""

    def told(goes: Sequence[Deal]) -> list[Told]:
        return [(DealDeleted(deal.pk, deal.name), [deal], actor.now) for deal in goes]

    def write(deal: Deal, back: dict[str, list[Any]]) -> None:
        keeping.keep(actor, deal, {name: before for name, (_now, before) in back.items()})
        facts.append((DealEdited(deal.pk, deal.name, as_plain(back), deal.currency), [deal], actor.now))

    facts: list[Told] = []
    codes = bin_added(actor, Deal, rows, cause, edited=edited, told=told)
    asked = [row for row in rows if {"move", "custom"} & row.made.keys()]
    deals = Deal.objects.visible_to(actor).filter(pk__in=[row.record_id for row in asked])
    there = {deal.pk: deal for deal in deals.select_related(*keeping.RELATED)} if asked else {}
    for row in asked:
        deal = there.get(row.record_id)
        if deal is not None:
            stays = not _moved_back(actor, deal, row.made.get("move"), facts)
            stays |= not _own_fields_back(actor, deal, row.made.get("custom"), facts)
            row.made = {**row.made, "stays": stays}
    went_back = returned(actor, Deal, rows, write)
    journal.write_many(actor, facts, cause=cause)
    return [went_back.get(row.pk, code) for row, code in zip(rows, codes, strict=True)]


def _moved_back(actor: Actor, deal: Deal, move: dict[str, Any] | None, facts: list[Told]) -> bool:
    """False where it has moved on since. The visit the import began was never a step, and the one before goes on."""
    if move is None:
        return True
    before = move["before"]
    now = StageVisit.objects.filter(deal=deal, exited_at__isnull=True).first()
    stage = Stage.objects.select_related("version__pipeline").filter(pk=before["stage_id"]).first()
    if now is None or str(now.pk) != move["visit"] or stage is None or before["visit"] is None:
        return False
    left, was = deal.stage, deal.state
    now.delete()
    StageVisit.objects.filter(deal=deal, pk=before["visit"]).update(exited_at=None)
    values = {name: before[name] for name in STANDING if not name.endswith("_id") and not name.endswith("_at")}
    reason = OutcomeReason.objects.filter(pk=before["reason_id"]).first() if before["reason_id"] else None
    values |= {"stage": stage, "reason": reason, "stage_since": datetime.fromisoformat(before["stage_since"])}
    values["closed_at"] = datetime.fromisoformat(before["closed_at"]) if before["closed_at"] else None
    keeping.keep(actor, deal, values)
    fact = MoveTakenBack(deal.pk, deal.name, left.pk, deal.stage_id, deal.stage.name, MOVED[was], deal.state)
    facts.append((fact, [deal], actor.now))
    return True


def _own_fields_back(actor: Actor, deal: Deal, changed: dict[str, list[Any]] | None, facts: list[Told]) -> bool:
    """False where one of them was changed again since."""
    back = {name: pair for name, pair in (changed or {}).items() if as_plain(deal.custom.get(name)) == pair[1]}
    if back:
        kept = {name: value for name, value in deal.custom.items() if name not in back}
        keeping.keep(actor, deal, {"custom": kept | {n: was for n, (was, _now) in back.items() if was is not None}})
        told = {f"custom.{name}": [now, was] for name, (was, now) in back.items()}
        facts.append((DealEdited(deal.pk, deal.name, told, deal.currency), [deal], actor.now))
    return len(back) == len(changed or {})
