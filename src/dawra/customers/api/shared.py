"""What people and companies have in common: owner, lifecycle, tags, the bin; search; undo."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from dawra.access.contract import as_json, described, list_json, record_json, version_wanted
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers import search
from dawra.customers.actions import bin, lifecycle, owner, tags
from dawra.customers.api import bodies
from dawra.customers.queries import plain
from dawra.customers.queries.tags import tags_of
from dawra.journal.undo import undo

router = Router(tags=["records"])
WORK = described(permission="customers.work")


def _whole(request: Any, kind: str, record_id: UUID) -> HttpResponse:
    read = plain.person if kind == "person" else plain.company
    return record_json(read(request.actor, record_id))


def _operations(kind: str, plural: str) -> None:
    """The same four operations for people and for companies, each at its own address."""

    @router.post(
        f"/{plural}/{{record_id}}/lifecycle",
        operation_id=f"set_{kind}_lifecycle",
        summary="Move to a lifecycle stage",
        openapi_extra=described(permission="customers.work", tagged=True),
    )
    @opens("customers.work", record=kind)
    def set_lifecycle(request: SignedRequest, record_id: UUID, body: bodies.LifecycleBody) -> HttpResponse:
        lifecycle.set_lifecycle(
            request.actor,
            kind=kind,
            record_id=record_id,
            to_stage=body.to_stage,
            reason=body.reason,
            version=version_wanted(request),
        )
        return _whole(request, kind, record_id)

    @router.post(
        f"/{plural}/{{record_id}}/owner",
        operation_id=f"assign_{kind}",
        summary="Give to an owner, or to nobody",
        openapi_extra=described(permission="customers.work", tagged=True),
    )
    @opens("customers.work", record=kind)
    def assign(request: SignedRequest, record_id: UUID, body: bodies.OwnerBody) -> HttpResponse:
        owner.assign(
            request.actor, kind=kind, record_id=record_id, owner_id=body.owner_id, version=version_wanted(request)
        )
        return as_json({"id": record_id, "owner_id": body.owner_id})

    @router.post(
        f"/{plural}/{{record_id}}/tags",
        operation_id=f"change_{kind}_tags",
        summary="Put tags on or take them off",
        openapi_extra=WORK,
    )
    @opens("customers.work", record=kind)
    def change_tags(request: SignedRequest, record_id: UUID, body: bodies.TagsBody) -> HttpResponse:
        tags.change_tags(request.actor, kind=kind, record_id=record_id, add=body.add, remove=body.remove)
        return as_json({"tags": tags_of([record_id]).get(record_id, [])})

    @router.post(
        f"/{plural}/{{record_id}}/restore",
        operation_id=f"restore_{kind}",
        summary="Bring back from the bin",
        openapi_extra=WORK,
    )
    @opens("customers.work", record=kind)
    def restore(request: SignedRequest, record_id: UUID) -> HttpResponse:
        bin.restore_record(request.actor, kind=kind, record_id=record_id)
        return _whole(request, kind, record_id)


_operations("person", "people")
_operations("company", "companies")

_SEARCH: list[dict[str, Any]] = [
    {
        "in": "query",
        "name": "q",
        "required": True,
        "schema": {"type": "string", "maxLength": 200},
        "description": "Beginnings of words, in either script",
    }
]


@router.get(
    "/search",
    operation_id="search",
    summary="Find people, companies and deals by their words",
    openapi_extra=described(permission="", parameters=_SEARCH),
)
@opens()
def find(request: SignedRequest) -> HttpResponse:
    found = search.find(request.actor, str(request.GET.get("q", "")), limit=20)
    return list_json([asdict(one) for one in found], "")


@router.post(
    "/undo/{key}",
    operation_id="undo",
    summary="Take back one act within 30 days",
    openapi_extra=described(permission=""),
)
@opens(record="entry")
def take_back(request: SignedRequest, key: UUID) -> HttpResponse:
    entry = undo(request.actor, key=key)
    return as_json({"undone": entry.key, "kind": entry.kind})
