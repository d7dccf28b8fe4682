"""Files of a record, for programs: sent as multipart/form-data, handed out as they are."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from ninja import File, Router, UploadedFile

from dawra.access import kinds
from dawra.access.contract import as_json, described, list_json, no_content
from dawra.access.register import opens
from dawra.access.repeating import together
from dawra.access.requests import SignedRequest
from dawra.customers import models
from dawra.customers.actions import files as actions
from dawra.customers.queries import files as queries
from dawra.customers.views.files import handed_out

router = Router(tags=["files"])
SHOWN = ("id", "record_kind", "record_id", "name", "media_type", "size", "sha256", "added_at", "added_by_id")


@router.get(
    "/records/{kind}/{uuid:record_id}/files",
    operation_id="list_files",
    summary="Files of a person, company or deal, newest first",
    openapi_extra=described(permission=""),
)
@opens(record="any")
def list_files(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    record = kinds.open_record(request.actor, kind, record_id)
    return list_json([_plain(file) for file in queries.files_of(record)], "")


@router.post(
    "/records/{kind}/{uuid:record_id}/files",
    operation_id="attach_file",
    summary="Attach a file to a person, company or deal",
    openapi_extra=described(permission="customers.work"),
)
@opens("customers.work", record="any")
def attach(request: SignedRequest, kind: str, record_id: UUID, file: UploadedFile = File(...)) -> HttpResponse:  # noqa: B008 - how ninja declares it
    record = kinds.open_record(request.actor, kind, record_id)
    stored = actions.store(file.name or "", file.chunks(2**16))
    try:
        with together(request) as made:
            kept = actions.attach_file(request.actor, record=record, stored=stored)
            made.append(kept.file.pk)
    except BaseException:
        stored.discard()
        raise
    return as_json(_plain(kept.file), 201)


@router.get(
    "/files/{uuid:file_id}",
    operation_id="file",
    summary="One file, as it was attached",
    openapi_extra=described(permission=""),
)
@opens(record="file")
def download(request: SignedRequest, file_id: UUID) -> FileResponse:
    return handed_out(request.actor, file_id)


@router.delete(
    "/files/{uuid:file_id}",
    operation_id="remove_file",
    summary="Move a file to the bin",
    openapi_extra=described(permission="customers.work"),
)
@opens("customers.work", record="file")
def remove(request: SignedRequest, file_id: UUID) -> HttpResponse:
    actions.remove_file(request.actor, file_id=file_id)
    return no_content()


def _plain(file: models.File) -> dict[str, Any]:
    return {name: getattr(file, name) for name in SHOWN}
