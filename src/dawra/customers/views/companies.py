"""Addresses of companies; what they do stands in listing, adding and showing."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.views import adding, listing, showing


@require_GET
@opens("customers.read")
def companies(request: SignedRequest) -> HttpResponse:
    return listing.table(request, "company")


@require_GET
@opens("customers.read")
def filters(request: SignedRequest) -> HttpResponse:
    return listing.filters(request, "company")


@require_GET
@opens("customers.read")
def columns(request: SignedRequest) -> HttpResponse:
    return listing.columns(request, "company")


@require_http_methods(["GET", "POST"])
@opens("customers.read")
def views(request: SignedRequest) -> HttpResponse:
    return listing.views(request, "company")


@require_GET
@opens("records.export")
def export(request: SignedRequest) -> HttpResponseBase:
    return listing.export(request, "company")


@require_http_methods(["GET", "POST"])
@opens("customers.work")
def add(request: SignedRequest) -> HttpResponse:
    return adding.add(request, "company")


@require_GET
@opens("customers.read", record="company")
def company(request: SignedRequest, record_id: UUID) -> HttpResponse:
    return showing.page(request, "company", record_id)


@require_http_methods(["GET", "POST"])
@opens("customers.work", record="company")
def edit(request: SignedRequest, record_id: UUID) -> HttpResponse:
    return showing.edit(request, "company", record_id)


@require_POST
@opens("customers.work", record="company")
def field(request: SignedRequest, record_id: UUID) -> HttpResponse:
    return showing.edit_in_place(request, "company", record_id)
