"""Products and rates."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from dawra.access.contract import as_json, described, list_json
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.deals.actions import products, rates
from dawra.deals.api import bodies
from dawra.deals.models import Product, Rate

router = Router(tags=["pipelines, products and rates"])
READ, DESIGN = described(permission="deals.read"), described(permission="deals.pipelines")
PRODUCT = ("id", "code", "name", "name_ar", "family", "unit", "price_minor", "currency", "recurs", "archived_at")


@router.get("/products", operation_id="list_products", summary="Products by name", openapi_extra=READ)
@opens("deals.read")
def list_products(request: SignedRequest) -> HttpResponse:
    return list_json(list(Product.objects.order_by("name", "id").values(*PRODUCT)[:1000]), "")


def _product(product: Product) -> dict[str, Any]:
    return {name: getattr(product, name) for name in PRODUCT}


@router.post("/products", operation_id="add_product", summary="Add a product", openapi_extra=DESIGN)
@opens("deals.pipelines")
def add_product(request: SignedRequest, body: bodies.ProductBody) -> HttpResponse:
    said = products.ProductSaid(**body.model_dump())
    return as_json(_product(products.save_product(request.actor, said=said)), 201)


@router.put("/products/{product_id}", operation_id="save_product", summary="Say a product anew", openapi_extra=DESIGN)
@opens("deals.pipelines")
def save_product(request: SignedRequest, product_id: UUID, body: bodies.ProductBody) -> HttpResponse:
    said = products.ProductSaid(**body.model_dump())
    return as_json(_product(products.save_product(request.actor, said=said, product_id=product_id)))


@router.get("/rates", operation_id="list_rates", summary="Currency rates, newest first", openapi_extra=READ)
@opens("deals.read")
def list_rates(request: SignedRequest) -> HttpResponse:
    rows = Rate.objects.order_by("-valid_from_on", "currency").values("id", "currency", "valid_from_on", "rate")[:1000]
    return list_json(list(rows), "")


@router.post(
    "/rates", operation_id="set_rate", summary="Say what a currency is worth from a day on", openapi_extra=DESIGN
)
@opens("deals.pipelines")
def set_rate(request: SignedRequest, body: bodies.RateBody) -> HttpResponse:
    row = rates.set_rate(request.actor, currency=body.currency, valid_from_on=body.valid_from_on, rate=body.rate)
    return as_json({"id": row.pk, "currency": row.currency, "valid_from_on": row.valid_from_on, "rate": row.rate}, 201)
