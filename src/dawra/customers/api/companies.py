"""Companies."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from dawra.access.contract import described, given, list_json, no_content, parameters_of, record_json, version_wanted
from dawra.access.errors import Conflict
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.actions import adding, bin, companies
from dawra.customers.api import bodies
from dawra.customers.queries import duplicates, lists, plain

router = Router(tags=["companies"])


@router.get(
    "/companies",
    operation_id="list_companies",
    summary="Companies, filtered, sorted and paged",
    openapi_extra=described(permission="customers.read", parameters=parameters_of(lists.listing("company"))),
)
@opens("customers.read")
def list_companies(request: SignedRequest) -> HttpResponse:
    listing = lists.listing("company", request.GET)
    items, following = plain.companies(request.actor, listing, listing.parse(request.GET))
    return list_json(items, following)


@router.post(
    "/companies",
    operation_id="add_company",
    summary="Add a company",
    openapi_extra=described(permission="customers.work"),
)
@opens("customers.work")
def add_company(request: SignedRequest, body: bodies.CompanyBody) -> HttpResponse:
    """Likely duplicates are named in `duplicates`; with if_duplicate=refuse nothing is added if there are any."""
    points = [point.plan() for point in body.points]
    read = [one.point for one in adding.read_points(points, "company", body.country)]
    names = [body.name, body.name_ar]
    found = [one.plain() for one in duplicates.likely(request.actor, "company", names, read, city=body.city)]
    if found and body.if_duplicate == "refuse":
        raise Conflict(_("This company seems to be here already."), duplicates=found)
    values = body.model_dump(exclude={"points", "tags", "if_duplicate"})
    plan = companies.NewCompany(**values, points=tuple(points), tags=tuple(body.tags))
    company = companies.add_company(request.actor, plan=plan).record
    answer = {"id": company.pk, "version": company.version, "name": company.name, "duplicates": found}
    return record_json(answer, status=201, location=f"/api/v1/companies/{company.pk}")


@router.get(
    "/companies/{company_id}",
    operation_id="company",
    summary="One company whole",
    openapi_extra=described(permission="customers.read"),
)
@opens("customers.read", record="company")
def company(request: SignedRequest, company_id: UUID) -> HttpResponse:
    return record_json(plain.company(request.actor, company_id))


@router.patch(
    "/companies/{company_id}",
    operation_id="edit_company",
    summary="Change some fields of a company",
    openapi_extra=described(permission="customers.work", tagged=True),
)
@opens("customers.work", record="company")
def edit_company(request: SignedRequest, company_id: UUID, body: bodies.CompanyChange) -> HttpResponse:
    changes = bodies.columns(given(body))
    companies.edit_company(request.actor, company_id=company_id, changes=changes, version=version_wanted(request))
    return record_json(plain.company(request.actor, company_id))


@router.delete(
    "/companies/{company_id}",
    operation_id="delete_company",
    summary="Move a company to the bin",
    openapi_extra=described(permission="customers.delete", tagged=True),
)
@opens("customers.delete", record="company")
def delete_company(request: SignedRequest, company_id: UUID) -> HttpResponse:
    bin.delete_record(request.actor, kind="company", record_id=company_id, version=version_wanted(request))
    return no_content()
