"""A new deal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid
from dawra.customers.actions.editing import may_own
from dawra.deals import keeping, money, rules
from dawra.deals.actions.fields import cleaned, must_be_roles
from dawra.deals.models import Deal, DealPerson, Stage
from dawra.deals.queries import parties, pipelines
from dawra.journal import actions as journal
from dawra.journal.catalogue.deals import DealAdded


@dataclass(frozen=True, slots=True)
class NewDeal:
    """A deal as somebody describes it. Money in minor units of currency ("" = the base currency).

    stage_id, pipeline_id: where it enters; both empty = the first stage of the default pipeline
    owner_id:  empty = whoever adds it
    people:    (person id, role) pairs
    probability_bp: empty = the stage's own
    at:        when it began, if not now
    """

    name: str
    company_id: UUID | None = None
    stage_id: UUID | None = None
    pipeline_id: UUID | None = None
    amount_minor: int = 0
    currency: str = ""
    recurring_minor: int = 0
    expected_close_on: date | None = None
    owner_id: UUID | None = None
    next_step: str = ""
    next_step_on: date | None = None
    source: str = ""
    campaign: str = ""
    about: str = ""
    competitors: tuple[str, ...] = ()
    probability_bp: int | None = None
    people: tuple[tuple[UUID, str], ...] = ()
    custom: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None


@transaction.atomic
def add_deal(actor: Actor, *, new: NewDeal) -> Deal:
    """One attempt to sell begins.

    Writes:  deals.deal_added.1
    Raises:  Refused, NotFound (company, person or stage), Invalid, RateMissing
    Cost:    about 10 queries
    """
    actor.must("deals.work")
    stage = _entrance(actor, new)
    kept = money.books()
    at = new.at or actor.now
    if at > actor.now:
        raise Invalid(_("A deal cannot begin in the future."), field="at")
    owner_id = actor.member_id
    if new.owner_id not in (None, actor.member_id):
        may_own(actor, new.owner_id)
        owner_id = new.owner_id
    values = cleaned(_asked(new, kept.base_currency))
    values["custom"] = parties.custom_cleaned(dict(new.custom), {}, values["currency"])
    company = parties.company_of(actor, new.company_id) if new.company_id else None
    roles = dict(new.people)
    must_be_roles(roles.values())
    people = parties.people_of(actor, roles)
    probability_bp, source = (
        (values["probability_bp"], "person")
        if new.probability_bp is not None
        else (
            stage.probability_bp,
            "stage",
        )
    )
    deal = Deal.signed_by(
        actor,
        **values
        | {
            "folded": keeping.folded(values["name"]),
            "company_id": company.id if company else None,
            "owner_id": owner_id,
            "stage": stage,
            "stage_since": at,
            "state": rules.OPEN,
            "probability_bp": probability_bp,
            "probability_source": source,
            "forecast_category": stage.forecast_category,
        },
    )
    for name, value in money.in_step(deal, {}, actor.now, kept).items():
        setattr(deal, name, value)
    deal.save(force_insert=True)
    keeping.begin_visit(actor, deal, at)
    DealPerson.objects.bulk_create(DealPerson(deal=deal, person_id=key, role=roles[key]) for key in people)
    keeping.make_findable([deal])
    added = DealAdded(deal.pk, deal.name, stage.pk, stage.name, deal.amount_minor, deal.currency, deal.company_id)
    journal.write(actor, added, about=[deal], at=at)
    return deal


def _asked(new: NewDeal, base_currency: str) -> dict[str, Any]:
    names = ("name", "amount_minor", "recurring_minor", "expected_close_on", "next_step", "next_step_on", "source")
    asked: dict[str, Any] = {name: getattr(new, name) for name in (*names, "campaign", "about")}
    asked |= {"currency": new.currency or base_currency, "competitors": list(new.competitors)}
    if new.probability_bp is not None:
        asked["probability_bp"] = new.probability_bp
    return asked


def _entrance(actor: Actor, new: NewDeal) -> Stage:
    if new.stage_id:
        stage = pipelines.stage_of(actor, new.stage_id)
        if stage.type != rules.OPEN or stage.version.published_at is None:
            raise Invalid(_("A new deal enters an open stage of a published pipeline."), field="stage_id")
        return stage
    first = pipelines.entrance(new.pipeline_id)
    if first is None:
        raise Conflict(_("There is no pipeline yet. One is drawn under Settings, Pipelines."))
    return first
