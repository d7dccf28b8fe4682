"""What the columns of an import mean, what would happen, and putting rejected rows right, for programs."""

from dataclasses import asdict
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import Field

from dawra.access.contract import Body, as_json, described, list_json, no_content
from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.importing import arriving, correcting, dictating, judging, looking, remembered, uploads
from dawra.customers.importing.reading import Unreadable
from dawra.customers.importing.reporting import reason_of
from dawra.customers.importing.saying import sentence
from dawra.customers.models import Import

router = Router(tags=["imports"])
IMPORT = described(permission="records.import")
ONE = "/imports/{uuid:import_id}"


class ColumnBody(Body):
    """index or header names the column. field: "" leaves it out. options: order, calendar, decimal, labels, zone."""

    index: int | None = Field(default=None, ge=0, le=10_000)
    header: str = Field(default="", max_length=500)
    field: str | None = Field(default=None, max_length=80)
    options: dict[str, Any] = Field(default={}, max_length=20)
    on_match: Literal["", "usual", "fill", "overwrite", "skip"] = ""


class FileBody(Body):
    """sort: "system/part". What is not given stays as proposed; a changed reading proposes anew before the columns count."""

    id: UUID
    encoding: str = Field(default="", max_length=20)
    delimiter: str = Field(default="", max_length=1)
    sheet: str = Field(default="", max_length=200)
    sort: str = Field(default="", max_length=100)
    columns: list[ColumnBody] = Field(default=[], max_length=1_000)
    create: bool | None = None
    update: bool | None = None
    country: str | None = Field(default=None, max_length=2)
    currency: str | None = Field(default=None, max_length=3)


class PlanBody(Body):
    """save_as: keep the mapping under this name, for the next file with these headings."""

    files: list[FileBody] = Field(min_length=1, max_length=20)
    save_as: str = Field(default="", max_length=80)


class CorrectBody(Body):
    """cells: column from 0 → the whole cell as it should be. also_same: every row with the same cell at the same fault."""

    cells: dict[int, str] = Field(min_length=1, max_length=1_000)
    also_same: bool = False


@router.get(
    f"{ONE}/plan", operation_id="import_plan", summary="What each column means, and what is open", openapi_extra=IMPORT
)
@opens("records.import")
def plan(request: SignedRequest, import_id: UUID) -> HttpResponse:
    return _plan(request, looking.one(request.actor, import_id))


@router.put(f"{ONE}/plan", operation_id="decide_import", summary="Say what the columns mean", openapi_extra=IMPORT)
@opens("records.import")
def decide(request: SignedRequest, import_id: UUID, body: PlanBody) -> HttpResponse:
    row = looking.one(request.actor, import_id)
    known = set(row.files.values_list("pk", flat=True))
    if unknown := [one.id for one in body.files if one.id not in known]:
        raise Invalid(_("There is no file %(id)s in this import."), field="files", id=str(unknown[0]))
    for one in body.files:
        told = arriving.Reading(one.encoding, one.delimiter, one.sheet, one.sort)
        if told != arriving.Reading():
            arriving.read_again(request.actor, import_=row, file_id=one.id, told=told, limits=uploads.LIMITS)
            row.refresh_from_db()
    said = {one.id: one.model_dump(exclude={"id", "encoding", "delimiter", "sheet", "sort"}) for one in body.files}
    try:
        dictating.dictate(request.actor, import_=row, said=said, limits=uploads.LIMITS, save_as=body.save_as)
    except Unreadable as wrong:
        raise Invalid(sentence({"code": wrong.code, **wrong.facts}).replace("%", "%%"), field="files") from wrong
    return _plan(request, row)


@router.post(f"{ONE}/dry-run", operation_id="begin_dry_run", summary="See what would happen", openapi_extra=IMPORT)
@opens("records.import")
def begin_dry_run(request: SignedRequest, import_id: UUID) -> HttpResponse:
    """Nothing is written. It runs in the background: ask how far it is."""
    row = looking.one(request.actor, import_id)
    judging.begin_dry_run(request.actor, import_=row)
    row.refresh_from_db()
    return as_json(asdict(judging.dry_run(row)), 202)


@router.get(
    f"{ONE}/dry-run", operation_id="dry_run", summary="What would happen, and the first rows", openapi_extra=IMPORT
)
@opens("records.import")
def dry_run(request: SignedRequest, import_id: UUID) -> HttpResponse:
    return as_json(asdict(judging.dry_run(looking.one(request.actor, import_id))))


@router.post(
    f"{ONE}/rejected/{{int:row_id}}",
    operation_id="correct_row",
    summary="Put a rejected row right",
    openapi_extra=IMPORT,
)
@opens("records.import")
def correct(request: SignedRequest, import_id: UUID, row_id: int, body: CorrectBody) -> HttpResponse:
    """The row comes in as if the file had said so; what is wrong still is in `left`."""
    row = looking.one(request.actor, import_id)
    came, left = correcting.correct(
        request.actor, import_=row, row_id=row_id, cells=body.cells, also_same=body.also_same
    )
    told = [{"id": one.pk, "line": one.line, "column": reason_of(one)[0], "reason": reason_of(one)[1]} for one in left]
    return as_json({"came_in": came, "left": told})


@router.delete(
    f"{ONE}/rejected/{{int:row_id}}", operation_id="skip_row", summary="Leave a row out", openapi_extra=IMPORT
)
@opens("records.import")
def skip(request: SignedRequest, import_id: UUID, row_id: int) -> HttpResponse:
    """It stays in the report; it no longer waits for anybody."""
    correcting.skip(request.actor, import_=looking.one(request.actor, import_id), row_id=row_id)
    return no_content()


@router.get("/import-mappings", operation_id="list_mappings", summary="Kept mappings", openapi_extra=IMPORT)
@opens("records.import")
def mappings(request: SignedRequest) -> HttpResponse:
    return list_json([asdict(card) for card in remembered.saved(request.actor)], "")


@router.delete(
    "/import-mappings/{uuid:mapping_id}",
    operation_id="forget_mapping",
    summary="Forget a mapping",
    openapi_extra=IMPORT,
)
@opens("records.import")
def forget(request: SignedRequest, mapping_id: UUID) -> HttpResponse:
    remembered.forget(request.actor, mapping_id=mapping_id)
    return no_content()


def _plan(request: SignedRequest, row: Import) -> HttpResponse:
    try:
        files = [
            dictating.described(file, request.reader.language, uploads.LIMITS)
            for file in row.files.select_related("within").order_by("position")
        ]
    except (Unreadable, FileNotFoundError) as wrong:
        told = {"code": wrong.code, **wrong.facts} if isinstance(wrong, Unreadable) else {"code": "gone"}
        raise Invalid(sentence(told).replace("%", "%%"), field="files") from wrong
    return as_json({"id": row.pk, "state": row.state, "files": files})
