"""Files: attached, handed out only as downloads to whoever sees the record, taken away."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect  # safe: see add()
from django.views.decorators.http import require_GET, require_POST

from dawra.access import kinds
from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.actions import files as actions
from dawra.customers.queries import files as queries
from dawra.customers.views.answering import done


class Quota(FileUploadHandler):
    """Stops reading an upload once it is too large, before it fills the disk; remembers that it did."""

    def __init__(self, request: Any) -> None:
        super().__init__(request)
        self.taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.taken += len(raw_data)
        if self.taken > settings.FILE_MOST_BYTES:
            self.request.too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


@require_POST
# An upload handler can only be set before the form is read, and the check of the token reads it.
@csrf_exempt  # safe: the token is checked one call further in, by _add
@opens("customers.work", record="record")
def add(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    kinds.open_record(request.actor, kind, record_id)  # before a byte is read
    request.upload_handlers.insert(0, Quota(request))
    answer: HttpResponse = _add(request, kind, record_id)
    return answer


@csrf_protect
def _add(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    upload = request.FILES.get("file")
    if getattr(request, "too_large", False):
        raise actions.TooLarge(most=settings.FILE_MOST_BYTES // 2**20)
    if upload is None:
        raise Invalid(_("Choose a file first."), field="file")
    record = kinds.open_record(request.actor, kind, record_id)
    stored = actions.store(upload.name or "", _chunks(upload))
    try:
        kept = actions.attach_file(request.actor, record=record, stored=stored)
    except BaseException:
        stored.discard()
        raise
    return done(request, _("File attached."), back=kinds.address(kind, record_id), undo=kept.entry)


@require_GET
@opens(record="file")
def download(request: SignedRequest, file_id: UUID) -> FileResponse:
    return handed_out(request.actor, file_id)


def handed_out(actor: Actor, file_id: UUID) -> FileResponse:
    """Always as a download, never shown inside a page, whatever it is."""
    file, record = queries.file(actor, file_id)
    kinds.open_record(actor, record.kind, record.pk)
    try:
        handle = actions.path_of(file.key).open("rb")
    except FileNotFoundError:
        raise NotFound(
            _("The file itself is missing on the server. An administrator can bring it back from a backup.")
        ) from None
    response = FileResponse(handle, as_attachment=True, filename=file.name, content_type="application/octet-stream")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@opens("customers.work", record="file")
def remove(request: SignedRequest, file_id: UUID) -> HttpResponse:
    kept = actions.remove_file(request.actor, file_id=file_id)
    back = kinds.address(kept.file.record_kind, kept.file.record_id)
    return done(request, _("File removed."), back=back, undo=kept.entry)


@require_POST
@opens("customers.work", record="file")
def restore(request: SignedRequest, file_id: UUID) -> HttpResponse:
    kept = actions.restore_file(request.actor, file_id=file_id)
    back = kinds.address(kept.file.record_kind, kept.file.record_id)
    return done(request, _("File brought back."), back=back, undo=kept.entry)


def _chunks(upload: Any) -> Iterator[bytes]:
    yield from upload.chunks(2**16)
