"""Templates of close plans: what a plan may begin with, and what the plan of a deal would be as one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.listing import Field, Listing, Query
from dawra.deals.close_plan_seeds import UsualStep
from dawra.deals.models import Deal, PlanStep, PlanTemplate
from dawra.deals.models.plan import START
from dawra.deals.queries.cards import Named
from dawra.deals.queries.deals import deal as fetch


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """pipeline: of whose deals, None = of all. longest: days from the first step to the close, as far as it says."""

    id: UUID
    version: int
    name: str
    name_ar: str
    pipeline: Named | None
    steps: tuple[UsualStep, ...]
    is_retired: bool
    changed_at: datetime
    by: Named | None

    @property
    def from_start(self) -> list[UsualStep]:
        return [one for one in self.steps if one.anchor == START]

    @property
    def before_close(self) -> list[UsualStep]:
        return [one for one in self.steps if one.anchor != START]


@dataclass(frozen=True, slots=True)
class Taken:
    """The plan of a deal as steps of a template, and the pipeline the deal is in."""

    steps: tuple[UsualStep, ...]
    pipeline_id: UUID


def templates(actor: Actor) -> list[TemplateCard]:
    """Those in use first, by name. 1 query."""
    actor.must("deals.read")
    rows = PlanTemplate.objects.select_related("pipeline", "changed_by").order_by("name", "name_ar", "id")
    return sorted((_card(row) for row in rows), key=lambda card: card.is_retired)


def template(actor: Actor, template_id: UUID) -> TemplateCard:
    """Raises NotFound; 1 query."""
    actor.must("deals.read")
    row = PlanTemplate.objects.select_related("pipeline", "changed_by").filter(pk=template_id).first()
    if row is None:
        raise NotFound()
    return _card(row)


def for_deal(deal: Deal) -> list[TemplateCard]:
    """What a plan of this deal may begin with: those of its pipeline, then those of all. The stage at hand; 1 query."""
    of = Q(pipeline_id=deal.stage.version.pipeline_id) | Q(pipeline__isnull=True)
    rows = PlanTemplate.objects.filter(of, retired_at__isnull=True).select_related("pipeline", "changed_by")
    return sorted((_card(row) for row in rows.order_by("name", "name_ar", "id")), key=lambda card: not card.pipeline)


def taken_from(actor: Actor, deal_id: UUID) -> Taken:
    """Days count back from the expected close, else from the last step. Raises NotFound, Refused; 3 queries."""
    deal = fetch(actor, deal_id)
    rows = list(PlanStep.objects.filter(deal=deal).order_by("due_on", "id"))
    ends_on = deal.expected_close_on or max((row.due_on for row in rows), default=None)
    steps = tuple(
        UsualStep(row.side, max((ends_on - row.due_on).days, 0), *_in_its_language(row.title))
        for row in rows
        if ends_on is not None
    )
    return Taken(steps, deal.stage.version.pipeline_id)


def steps_of(kept: Iterable[Mapping[str, Any]]) -> tuple[UsualStep, ...]:
    return tuple(UsualStep(**one) for one in kept)


# For the API


def _is_retired(_operator: str, value: Any) -> Q:
    return Q(retired_at__isnull=not value)


LISTING = Listing(
    fields={"pipeline_id": Field("pipeline_id", "id"), "retired": Field(_is_retired, "flag")},
    sorts={"created": "created_at"},
    default_sort="-created",
)
PLAIN = ("id", "version", "name", "name_ar", "pipeline_id", "steps", "created_at", "changed_at", "retired_at")


def plain_list(actor: Actor, query: Query) -> tuple[list[dict[str, Any]], str]:
    """A page of templates, and the mark of the next. 1 query."""
    actor.must("deals.read")
    page = LISTING.page(PlanTemplate.objects.values(*PLAIN), query)
    return page.rows, page.next


def plain(actor: Actor, template_id: UUID) -> dict[str, Any]:
    """Raises NotFound; 1 query."""
    actor.must("deals.read")
    row = PlanTemplate.objects.filter(pk=template_id).values(*PLAIN).first()
    if row is None:
        raise NotFound()
    return dict(row)


def _card(row: PlanTemplate) -> TemplateCard:
    of, by = row.pipeline, row.changed_by
    return TemplateCard(
        row.pk, row.version, row.name, row.name_ar,
        Named(of.pk, of.name, of.name_ar, True) if of else None, steps_of(row.steps), row.retired_at is not None,
        row.changed_at, Named(by.pk, by.name, by.name_ar, True) if by else None,
    )  # fmt: skip


def _in_its_language(title: str) -> tuple[str, str]:
    """(English, Arabic): one line is written in one of them."""
    is_arabic = any("\u0600" <= char <= "\u06ff" for char in title)
    return ("", title) if is_arabic else (title, "")
