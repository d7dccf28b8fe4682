"""The import page: choose files, look at them, start, watch, read the report."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.importing import looking, starting, uploads
from dawra.customers.importing.recognising import FORMATS
from dawra.customers.importing.reporting import rejected_csv, report_of
from dawra.customers.models import Import
from dawra.customers.models.importing import FAILED, RUNNING, STOPPED, WAITING
from dawra.journal.telling import tell

STEPS = {WAITING: 2, RUNNING: 3}


@opens("records.import")
@require_http_methods(["GET", "POST"])
def import_(request: SignedRequest) -> HttpResponse:
    """Upload a set of files; they are recognised and shown before anything is brought in."""
    if request.method == "POST":
        try:
            return redirect("customers:import_one", import_id=_upload(request).pk)
        except Invalid as wrong:
            return render(request, "customers/import.html", _page(request, str(wrong)), status=422)
    return render(request, "customers/import.html", _page(request))


@opens("records.import")
@require_GET
def import_one(request: SignedRequest, import_id: UUID) -> HttpResponse:
    """One import: first its columns and rows, then how far it is, then its report."""
    row = looking.one(request.actor, import_id)
    if request.htmx and row.state == RUNNING:
        return render(request, "customers/import_one.html#way", _one(request, row))
    response = render(request, "customers/import_one.html", _one(request, row))
    if request.htmx:
        response.headers["HX-Refresh"] = "true"
    return response


@opens("records.import")
@require_POST
def import_start(request: SignedRequest, import_id: UUID) -> HttpResponse:
    """Begin, or go on after a stop; the worker does it, and the browser may be closed."""
    row = looking.one(request.actor, import_id)
    rates = {code: request.POST.get(f"rate_{code}", "").strip() for code in looking.rates_asked(row)}
    try:
        starting.begin(request.actor, import_=row, rates=rates)
    except Invalid as wrong:
        row.refresh_from_db()
        return render(request, "customers/import_one.html", {**_one(request, row), "problem": str(wrong)}, status=422)
    return redirect("customers:import_one", import_id=row.pk)


@opens("records.import")
@require_POST
def import_stop(request: SignedRequest, import_id: UUID) -> HttpResponse:
    """End after the batch under way. What is in stays in; it can be gone on with later."""
    row = looking.one(request.actor, import_id)
    if uploads.end_early(row):
        return tell(request, redirect("customers:import"), _("The files were thrown away; nothing was imported."))
    return tell(request, redirect("customers:import_one", import_id=row.pk), _("The import stops after this batch."))


@opens("records.import")
@require_GET
def import_rejected(request: SignedRequest, import_id: UUID, file_id: UUID) -> StreamingHttpResponse:
    """The rejected rows of one file, with line, column and reason."""
    file = looking.file_of(request.actor, import_id, file_id)
    name = file.name.removesuffix(".gz").rsplit(".", 1)[0]
    response = StreamingHttpResponse(rejected_csv(file), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}-rejected.csv") or "attachment"
    return response


def _upload(request: SignedRequest) -> Any:
    what = request.POST.get("what", "")
    return uploads.take_in(request.actor, request.FILES.getlist("files"), what if what in _kinds() else "")


def _kinds() -> dict[str, str]:
    return {part.code: str(part.title) for part in FORMATS["simple"].parts}


def _page(request: SignedRequest, problem: str = "") -> dict[str, Any]:
    return {
        "imports": looking.past(request.actor),
        "kinds": _kinds(),
        "problem": problem,
        "largest": uploads.LARGEST >> 20,
        "step": 1,
    }


def _one(request: SignedRequest, row: Import) -> dict[str, Any]:
    page: dict[str, Any] = {"import": looking.card(row), "step": STEPS.get(row.state, 4), "state": row.state}
    if row.state == WAITING:
        skipped = report_of(row.pk).skipped_files
        return page | {"glances": looking.glances(row), "rates": looking.rates_asked(row), "skipped": skipped}
    page["way"] = looking.way(row)
    if looking.ended(row):
        report = report_of(row.pk)
        files = [(file, lines) for file, lines in zip(row.files.order_by("position"), report.files, strict=True)]
        page |= {"report": report, "files": files, "goes_on": row.state in (STOPPED, FAILED)}
    return page
