"""Lifecycle stages that follow from imported history, at their true times."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers import rules
from dawra.customers.models import Company, LifecycleChange
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import LifecycleChanged


def companies_became(actor: Actor, reached: Mapping[UUID, Mapping[str, datetime]]) -> None:
    """Companies whose deals were begun or won: {company: {"opportunity": first begun, "customer": first won}}.

    A company only moves forward. One that became known by this import gets its first stage dated back to its first
    deal, so that its way reads in order. Part of an import's batch. Cost: 4 queries, 1 more per company that moves
    """
    companies = Company.objects.visible_to(actor).filter(pk__in=list(reached))
    changes: list[LifecycleChange] = []
    facts: list[tuple[object, Any, datetime]] = []
    for company in companies:
        stage, since = company.lifecycle, company.lifecycle_since
        steps = reached[company.pk]
        for to, at in ((to, steps[to]) for to in ("opportunity", "customer") if to in steps):
            after = rules.on_deal_won(stage) if to == "customer" else rules.on_deal_added(stage)
            if after == stage:
                continue
            changes.append(
                LifecycleChange(
                    record_kind="company", record_id=company.pk, from_stage=stage, to_stage=after, changed_at=at,
                    changed_by_id=actor.member_id,
                )
            )  # fmt: skip
            changed = LifecycleChanged("company", company.pk, stage, after, name=company.name)
            facts.append((changed, [company], at))
            stage, since = after, at
        if stage != company.lifecycle:
            # Not an edit by a person: the version stays, so that the next import may still fill the record.
            Company._base_manager.filter(pk=company.pk).update(lifecycle=stage, lifecycle_since=since)
    earliest = {pk: min(steps.values()) for pk, steps in reached.items() if steps}
    for first in LifecycleChange.objects.filter(record_id__in=list(earliest), from_stage=""):
        if first.changed_at > earliest[first.record_id]:
            LifecycleChange.objects.filter(pk=first.pk).update(changed_at=earliest[first.record_id])
    LifecycleChange.objects.bulk_create(changes, batch_size=100)
    journal.write_many(actor, facts)
