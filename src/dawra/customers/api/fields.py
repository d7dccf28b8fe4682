"""Custom fields without code, for programs."""

from dataclasses import asdict
from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, described, list_json, record_json, version_wanted
from dawra.access.errors import NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.actions import fields as actions
from dawra.customers.models.field import FIELD_TYPES
from dawra.customers.queries.fields import field_by_id, fields_of
from dawra.customers.rules import Option

router = Router(tags=["custom fields"])
DEFINE = described(permission="customers.fields")
CHANGE = described(permission="customers.fields", tagged=True)


class OptionBody(Body):
    """code: of an option that is there already; "" adds one."""

    name: str = Field(max_length=80)
    name_ar: str = Field(default="", max_length=80)
    code: str = Field(default="", max_length=40)
    archived: bool = False


class FieldBody(Body):
    """required_at: lifecycle codes, or stage codes for deals, from which on a value is required."""

    name: str = Field(min_length=1, max_length=80)
    name_ar: str = Field(default="", max_length=80)
    hint: str = Field(default="", max_length=200)
    options: list[OptionBody] = Field(default=[], max_length=actions.MOST_OPTIONS)
    required_at: list[str] = Field(default=[], max_length=50)
    searchable: bool = False

    def plan(self) -> actions.FieldPlan:
        return actions.FieldPlan(
            name=self.name,
            name_ar=self.name_ar,
            hint=self.hint,
            options=tuple(Option(one.code, one.name, one.name_ar, one.archived) for one in self.options),
            required_at=tuple(self.required_at),
            searchable=self.searchable,
        )


class NewFieldBody(FieldBody):
    record_kind: Literal["person", "company", "deal"]
    type: Literal[FIELD_TYPES]  # type: ignore[valid-type]  # a list kept once, as data


@router.get(
    "/fields",
    operation_id="list_fields",
    summary="Custom fields of people, companies and deals",
    openapi_extra=described(permission=""),
)
@opens()
def list_fields(request: SignedRequest) -> HttpResponse:
    return list_json([asdict(card) for kind in ("person", "company", "deal") for card in fields_of(kind)], "")


@router.post("/fields", operation_id="define_field", summary="Add a field of the company's own", openapi_extra=DEFINE)
@opens("customers.fields")
def define(request: SignedRequest, body: NewFieldBody) -> HttpResponse:
    card = actions.define_field(request.actor, record_kind=body.record_kind, type=body.type, plan=body.plan())
    return record_json(asdict(card), status=201)


@router.put(
    "/fields/{uuid:field_id}",
    operation_id="change_field",
    summary="Say a field anew; its values stay",
    openapi_extra=CHANGE,
)
@opens("customers.fields")
def change(request: SignedRequest, field_id: UUID, body: FieldBody) -> HttpResponse:
    actions.change_field(request.actor, field_id=field_id, plan=body.plan(), version=version_wanted(request))
    return _whole(field_id)


@router.post(
    "/fields/{uuid:field_id}/archive",
    operation_id="archive_field",
    summary="Hide a field; its values stay",
    openapi_extra=CHANGE,
)
@opens("customers.fields")
def archive(request: SignedRequest, field_id: UUID) -> HttpResponse:
    actions.archive_field(request.actor, field_id=field_id, version=version_wanted(request))
    return _whole(field_id)


@router.post(
    "/fields/{uuid:field_id}/bring-back",
    operation_id="bring_back_field",
    summary="Show an archived field again",
    openapi_extra=CHANGE,
)
@opens("customers.fields")
def bring_back(request: SignedRequest, field_id: UUID) -> HttpResponse:
    actions.bring_back_field(request.actor, field_id=field_id, version=version_wanted(request))
    return _whole(field_id)


def _whole(field_id: UUID) -> HttpResponse:
    card = field_by_id(field_id)
    if card is None:
        raise NotFound()
    return record_json(asdict(card))
