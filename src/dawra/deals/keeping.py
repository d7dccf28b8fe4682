"""How this room's actions keep a deal: fetched by who may see it, guarded by its version, derived columns in step,
visits without gap, findable by its words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, Stale
from dawra.customers import search
from dawra.customers.finding import OF_COMPANY, refind_kind
from dawra.customers.queries.fields import fields_of
from dawra.customers.rules import FieldCard
from dawra.customers.rules import words as custom_words
from dawra.deals import money, rules
from dawra.deals.models import Deal, Stage, StageVisit
from dawra.figures.words import fold

BATCH = 500
RELATED = ("stage__version__pipeline", "company", "owner", "reason")


def fetch(actor: Actor, deal_id: UUID) -> Deal:
    """A live deal with its stage, pipeline, company and owner. Raises NotFound; 1 query."""
    return Deal.fetch(actor, deal_id, *RELATED)


def guard(deal: Deal, version: int | None, yours: Mapping[str, Any]) -> None:
    """Refuse early, naming only what the person meant to change. Raises Stale."""
    if version is not None and version != deal.version:
        theirs = {name: getattr(deal, name, None) for name in yours}
        raise Stale(record="deal", id=deal.pk, version=deal.version, theirs=theirs, yours=dict(yours))


def keep(actor: Actor, deal: Deal, values: Mapping[str, Any]) -> None:
    """Write values and whatever follows from them; findable again if name, owner or company changed. Raises Stale."""
    columns = money.in_step(deal, values, actor.now)
    if "name" in values:
        columns["folded"] = folded(values["name"])
    deal.change(actor, columns, version=None)
    if not {"name", "owner_id", "company_id", "custom"}.isdisjoint(values):
        make_findable([deal])


def folded(name: str) -> str:
    return fold(name)[:420]


def make_findable(deals: Iterable[Deal]) -> None:
    """2 queries, and the companies if not at hand."""
    fields = [field for field in fields_of("deal") if field.searchable]
    search.put_many(findable(deal, fields) for deal in deals)


def findable(deal: Deal, fields: Iterable[FieldCard] = ()) -> search.Findable:
    """fields: the searchable custom ones."""
    names = (deal.company.name, deal.company.name_ar) if deal.company else ("", "")
    words = (deal.name, *names, *custom_words(fields, deal.custom))
    return search.Findable("deal", deal.pk, deal.owner_id, deal.name, names[0] or names[1], words, names[1])


@refind_kind("deal")
def find_batch_again(after: str) -> str:
    """A custom field became searchable, or no longer is: a batch of deals beyond an id, and the last id."""
    rows = Deal._base_manager.filter(deleted_at__isnull=True).select_related("company").order_by("id")
    batch = list((rows.filter(pk__gt=UUID(after)) if after else rows)[:BATCH])
    make_findable(batch)
    return str(batch[-1].pk) if len(batch) == BATCH else ""


def find_deals_of(company_id: UUID) -> None:
    """A company was renamed: its deals, the newest thousand of them, are found by the new name."""
    rows = Deal._base_manager.filter(company_id=company_id, deleted_at__isnull=True).select_related("company")
    deals = list(rows.order_by("-created_at", "-id")[: 2 * BATCH])
    for start in range(0, len(deals), BATCH):
        make_findable(deals[start : start + BATCH])


OF_COMPANY.append(find_deals_of)


def stalls_on(deal: Deal, active_at: datetime, kept: money.Books) -> date | None:
    """The day from which an open deal counts as stalled after that activity."""
    if deal.state != rules.OPEN or not deal.stage.stalled_after_days:
        return None
    return kept.day_of(max(active_at, deal.stage_since)) + timedelta(days=deal.stage.stalled_after_days)


def before(deal: Deal, names: Iterable[str]) -> dict[str, Any]:
    """Columns and the open visit as they stand, for the entry that may be taken back. 1 query."""
    visit = StageVisit.objects.filter(deal=deal, exited_at__isnull=True).values_list("pk", flat=True).first()
    return {name: getattr(deal, name) for name in names} | {"visit_id": visit}


# Visits


def begin_visit(actor: Actor, deal: Deal, at: datetime) -> StageVisit:
    """The deal has just entered the stage it stands in. 1 query."""
    return StageVisit.objects.create(
        deal=deal,
        stage_id=deal.stage_id,
        entered_at=at,
        amount_minor=deal.amount_minor,
        currency=deal.currency,
        probability_bp=deal.probability_bp,
        expected_close_on=deal.expected_close_on,
        entered_by_id=actor.member_id,
    )


def end_visit(deal: Deal, at: datetime) -> None:
    """1 query."""
    StageVisit.objects.filter(deal=deal, exited_at__isnull=True).update(exited_at=at)


def moment_of_move(actor: Actor, deal: Deal, at: datetime | None) -> datetime:
    """When the move was true. Raises Invalid before the current visit began or in the future."""
    when = at or max(actor.now, deal.stage_since)
    if at is not None and not rules.may_move_at(at, deal.stage_since, actor.now):
        raise Invalid(
            _("A move can be dated between the day the deal entered its stage (%(since)s) and now."),
            field="at",
            since=deal.stage_since.isoformat(timespec="minutes"),
        )
    return when


def enter(actor: Actor, deal: Deal, stage: Stage, at: datetime, more: Mapping[str, Any]) -> StageVisit:
    """End one visit and begin the next at the same moment, with `more` columns changed along. 4 to 6 queries."""
    probability_bp, source = rules.probability_in(stage.probability_bp, deal.probability_bp, deal.probability_source)
    keep(
        actor,
        deal,
        {
            "stage": stage,
            "stage_since": at,
            "probability_bp": probability_bp,
            "probability_source": source,
            "forecast_category": category_in(deal, stage),
            **more,
        },
    )
    end_visit(deal, at)
    return begin_visit(actor, deal, at)


def category_in(deal: Deal, stage: Stage) -> str:
    """The stage's forecast category, unless a person had chosen another one for this open deal."""
    if stage.type == rules.OPEN and deal.state == rules.OPEN and deal.forecast_category != deal.stage.forecast_category:
        return deal.forecast_category
    return stage.forecast_category
