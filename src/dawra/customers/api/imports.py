"""Bringing files in, for programs: send them, look, start, ask how far it is, read what was rejected and why."""

from dataclasses import asdict
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Query, Router, UploadedFile
from pydantic import Field

from dawra.access.contract import Body, as_json, described, list_json
from dawra.access.register import opens
from dawra.access.repeating import together
from dawra.access.requests import SignedRequest
from dawra.customers.importing import looking, starting, taking_back, uploads
from dawra.customers.importing.reporting import rejected_after, report_of
from dawra.customers.models import Import
from dawra.customers.models.importing import WAITING

router = Router(tags=["imports"])
IMPORT = described(permission="records.import")
PAGE = 100


class StartBody(Body):
    """rates: what one unit of a currency is worth in the base currency, as exact decimals, where none is kept."""

    rates: dict[str, str] = Field(default={}, max_length=50)


class UndoBody(Body):
    """edited: also records that somebody has edited since; without it those are left, counted and listed."""

    edited: bool = False


@router.get("/imports", operation_id="list_imports", summary="The newest imports", openapi_extra=IMPORT)
@opens("records.import")
def list_imports(request: SignedRequest) -> HttpResponse:
    return list_json([asdict(card) for card in looking.past(request.actor)], "")


@router.post(
    "/imports", operation_id="upload_import", summary="Send CSV files; nothing is brought in yet", openapi_extra=IMPORT
)
@opens("records.import")
def upload(
    request: SignedRequest,
    files: list[UploadedFile] = File(...),  # noqa: B008 - how ninja declares it
    what: Literal[
        "",
        "people",
        "companies",
        "users",
        "products",
        "deals",
        "lines",
        "stage_history",
        "activities",
        "demos",
        "objections",
    ] = "",
) -> HttpResponse:
    """what: if the columns should not decide. The answer tells how each column was understood."""
    row = uploads.take_in(request.actor, files, what, together(request))
    return as_json(_state(row), 201)


@router.get(
    "/imports/{uuid:import_id}",
    operation_id="import",
    summary="How far an import is, and its report",
    openapi_extra=IMPORT,
)
@opens("records.import")
def one(request: SignedRequest, import_id: UUID) -> HttpResponse:
    return as_json(_state(looking.one(request.actor, import_id)))


@router.post(
    "/imports/{uuid:import_id}/start",
    operation_id="start_import",
    summary="Begin, or go on after a stop",
    openapi_extra=IMPORT,
)
@opens("records.import")
def start(request: SignedRequest, import_id: UUID, body: StartBody) -> HttpResponse:
    row = looking.one(request.actor, import_id)
    starting.begin(request.actor, import_=row, rates=body.rates)
    return as_json(_state(row))


@router.post(
    "/imports/{uuid:import_id}/stop",
    operation_id="stop_import",
    summary="End after the batch under way, or at once if it rests",
    openapi_extra=IMPORT,
)
@opens("records.import")
def stop(request: SignedRequest, import_id: UUID) -> HttpResponse:
    """One that has not begun is thrown away with its files."""
    row = looking.one(request.actor, import_id)
    return as_json({"thrown_away": uploads.end_early(request.actor, row)})


@router.post(
    "/imports/{uuid:import_id}/pause",
    operation_id="pause_import",
    summary="Rest after the batch under way",
    openapi_extra=IMPORT,
)
@opens("records.import")
def pause(request: SignedRequest, import_id: UUID) -> HttpResponse:
    """`start` goes on."""
    row = looking.one(request.actor, import_id)
    starting.pause(request.actor, import_=row)
    return as_json(_state(row))


@router.post(
    "/imports/{uuid:import_id}/undo",
    operation_id="undo_import",
    summary="Take the whole import back, for 30 days",
    openapi_extra=IMPORT,
)
@opens("records.import")
def undo(request: SignedRequest, import_id: UUID, body: UndoBody) -> HttpResponse:
    """It runs in the background; `undo` of the import says how far it is, and what was left as it is."""
    row = looking.one(request.actor, import_id)
    taking_back.begin_undo(request.actor, import_=row, edited=body.edited)
    return as_json(_state(row), 202)


@router.get(
    "/imports/{uuid:import_id}/rejected",
    operation_id="list_rejected",
    summary="Rejected rows with line, column and reason",
    openapi_extra=IMPORT,
)
@opens("records.import")
def rejected(request: SignedRequest, import_id: UUID, after: Annotated[str, Query(max_length=40)] = "") -> HttpResponse:
    row = looking.one(request.actor, import_id)
    rows, following = rejected_after(row.pk, after, PAGE)
    return list_json([asdict(one) for one in rows], following)


def _state(row: Import) -> dict[str, Any]:
    told: dict[str, Any] = {"state": row.state, **asdict(looking.card(row))}
    if row.state == WAITING:
        return told | {"files": [asdict(one) for one in looking.glances(row)], "rates_asked": looking.rates_asked(row)}
    report = report_of(row.pk, most_rejected=0)
    return told | {
        "way": asdict(looking.way(row)),
        "files": [asdict(one) for one in report.files],
        "facts": report.facts,
        "undo": _undo(row),
    }


def _undo(row: Import) -> dict[str, Any]:
    undo = taking_back.undo_of(row)
    left = [{"line": one.line, "file": one.file.name, "why": one.undone} for one in taking_back.left_rows(row)]
    return {**asdict(undo), "undone": undo.undone, "left": undo.left, "edited": undo.edited, "left_rows": left}
