"""What stands and is told of a deal's way: visits and entries at the times they were true."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from dawra.deals import rules
from dawra.deals.importing.ways import Step
from dawra.deals.models import Deal, Stage, StageHeard, StageVisit
from dawra.journal.catalogue.deals import DealLost, DealMoved, DealWon

Pair = tuple[UUID, UUID, datetime]


def visits_of(deal: Deal, steps: Sequence[Step[Stage]], heard: Sequence[StageHeard] = ()) -> list[StageVisit]:
    """Unsaved visits along the way, each with what was said of the amount when the stage was entered."""
    said = {(one.stage_id, one.at): one for one in heard}
    visits = []
    for place, step in enumerate(steps):
        then = said.get((step.stage.pk, step.at))
        amount = then.amount_minor if then and then.amount_minor is not None else deal.amount_minor
        chance = then.probability_bp if then and then.probability_bp is not None else step.stage.probability_bp
        expected = then.expected_close_on if then and then.expected_close_on else deal.expected_close_on
        visits.append(
            StageVisit(
                deal=deal, stage=step.stage, entered_at=step.at,
                exited_at=steps[place + 1].at if place + 1 < len(steps) else None, amount_minor=amount,
                currency=deal.currency, probability_bp=chance, expected_close_on=expected, entered_by_id=deal.owner_id,
            )
        )  # fmt: skip
    return visits


def pairs(steps: Sequence[Step[Stage]]) -> set[Pair]:
    """The moves of a way."""
    return {(a.stage.pk, b.stage.pk, b.at) for a, b in pairwise(steps)}


def moves(
    deal: Deal, steps: Sequence[Step[Stage]], told: Collection[Pair] = ()
) -> list[tuple[object, Sequence[Any], datetime]]:
    """An entry for each step of the way, at its true time; a close says how it ended. told: moves that have entries."""
    facts: list[tuple[object, Sequence[Any], datetime]] = []
    for before, after in pairwise(steps):
        if (before.stage.pk, after.stage.pk, after.at) in told:
            continue
        if after.stage.type == rules.OPEN and before.stage.type == rules.OPEN:
            moved = DealMoved(
                deal.pk, deal.name, before.stage.pk, before.stage.name, after.stage.pk, after.stage.name,
                deal.amount_minor, deal.currency,
            )  # fmt: skip
            facts.append((moved, [deal], after.at))
        elif after is steps[-1] and deal.closed_at is not None:
            facts_: dict[str, Any] = {
                "deal_id": deal.pk, "deal": deal.name, "from_stage_id": before.stage.pk, "to_stage_id": after.stage.pk,
                "amount_minor": deal.amount_minor, "currency": deal.currency, "base_minor": deal.base_minor,
                "reason": deal.reason.code if deal.reason else "", "company_id": deal.company_id,
                "words": deal.reason_words,
            }  # fmt: skip
            facts.append((DealWon(**facts_) if deal.state == rules.WON else DealLost(**facts_), [deal], deal.closed_at))
    return facts
