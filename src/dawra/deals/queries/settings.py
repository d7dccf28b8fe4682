"""What is set up once for all deals: products, rates, and every version of the pipelines."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.deals import rules
from dawra.deals.models import Deal, Pipeline, PipelineVersion, Product, Rate
from dawra.deals.queries.pipelines import VersionCard, version_card, versions
from dawra.figures.money import Money


@dataclass(frozen=True, slots=True)
class ProductCard:
    id: UUID
    code: str
    name: str
    name_ar: str
    family: str
    unit: str
    price: Money
    recurs: str
    is_archived: bool


@dataclass(frozen=True, slots=True)
class RateCard:
    """is_current: the newest one up to today."""

    id: int
    currency: str
    valid_from_on: date
    rate: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PipelineSheet:
    """One pipeline with its drawings. open_deals: all of them; behind: those in an older version than current."""

    id: UUID
    name: str
    name_ar: str
    is_default: bool
    is_archived: bool
    current: VersionCard | None
    draft: VersionCard | None
    open_deals: int
    behind: int


def currencies(base_currency: str) -> list[str]:
    """The base currency and those with a rate. 1 query."""
    return [base_currency, *Rate.objects.order_by("currency").values_list("currency", flat=True).distinct()]


def rates(actor: Actor, today: date) -> list[RateCard]:
    """By currency, the newest first. 1 query."""
    actor.must("deals.read")
    cards: list[RateCard] = []
    current: set[str] = set()
    for row in Rate.objects.order_by("currency", "-valid_from_on")[:2000]:
        is_current = row.valid_from_on <= today and row.currency not in current
        current |= {row.currency} if is_current else set()
        cards.append(RateCard(row.pk, row.currency, row.valid_from_on, row.rate, is_current))
    return cards


def products(actor: Actor, *, with_archived: bool = False) -> list[ProductCard]:
    """By family and name. 1 query."""
    actor.must("deals.read")
    rows = Product.objects.all() if with_archived else Product.objects.filter(archived_at__isnull=True)
    return [_product(row) for row in rows.order_by("family", "name", "id")[:2000]]


def product(actor: Actor, product_id: UUID) -> ProductCard:
    """Raises NotFound; 1 query."""
    actor.must("deals.read")
    row = Product.objects.filter(pk=product_id).first()
    if row is None:
        raise NotFound()
    return _product(row)


def pipeline_sheets(actor: Actor, pipeline_id: UUID | None = None) -> list[PipelineSheet]:
    """Every pipeline, or one, with its current version and its draft. 5 queries."""
    actor.must("deals.pipelines")
    rows = Pipeline.objects.filter(pk=pipeline_id) if pipeline_id else Pipeline.objects.all()
    sheets = list(rows.order_by("archived_at", "-is_default", "position", "id"))
    if pipeline_id and not sheets:
        raise NotFound()
    newest: dict[UUID, PipelineVersion] = {}
    drafts: dict[UUID, PipelineVersion] = {}
    for version in versions().filter(pipeline__in=sheets).order_by("number"):
        (newest if version.published_at else drafts)[version.pipeline_id] = version
    everything = Actor.system("counting", actor.now)
    counted = (
        Deal.objects.visible_to(everything)
        .filter(state=rules.OPEN, stage__version__pipeline__in=sheets)
        .values_list("stage__version__pipeline_id", "stage__version_id")
        .annotate(n=Count("pk", filter=Q()))
        .order_by()
    )
    open_deals: dict[UUID, int] = {}
    behind: dict[UUID, int] = {}
    for key, version_id, n in counted:
        open_deals[key] = open_deals.get(key, 0) + n
        if key in newest and version_id != newest[key].pk:
            behind[key] = behind.get(key, 0) + n
    return [
        PipelineSheet(
            id=row.pk,
            name=row.name,
            name_ar=row.name_ar,
            is_default=row.is_default,
            is_archived=row.archived_at is not None,
            current=version_card(newest[row.pk]) if row.pk in newest else None,
            draft=version_card(drafts[row.pk]) if row.pk in drafts else None,
            open_deals=open_deals.get(row.pk, 0),
            behind=behind.get(row.pk, 0),
        )
        for row in sheets
    ]


def _product(row: Product) -> ProductCard:
    price = Money(row.price_minor, row.currency)
    return ProductCard(
        row.pk,
        row.code,
        row.name,
        row.name_ar,
        row.family,
        row.unit,
        price,
        row.recurs,
        row.archived_at is not None,
    )
