"""The import: choose files, look at them, start, watch, read the report. Columns and single rows have views of their own."""

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
from dawra.customers.importing import arriving, correcting, looking, remembered, starting, uploads
from dawra.customers.importing.opening import system_of
from dawra.customers.importing.plan import read_plan
from dawra.customers.importing.reading import ENCODINGS
from dawra.customers.importing.recognising import FORMATS
from dawra.customers.importing.reporting import rejected_csv, report_of
from dawra.customers.importing.taking_back import can_undo, left_rows, undo_of
from dawra.customers.importing.targets import LEFT
from dawra.customers.models import Import
from dawra.customers.models.importing import FAILED, PAUSED, RUNNING, STOPPED, UNDOING, UNDONE, WAITING
from dawra.journal.telling import tell

STEPS = {WAITING: 1, RUNNING: 4, PAUSED: 4}
DELIMITERS = ((",", ","), (";", ";"), ("\t", "⇥"), ("|", "|"), (" ", "␣␣"), ("^", "^"), ("~", "~"))


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
    """One import: first its files, then how far it is, then its report."""
    row = looking.one(request.actor, import_id)
    if request.htmx and request.GET.get("part") == "attention" and row.state in (RUNNING, PAUSED):
        return render(request, "customers/import_attention.html#card", _attention(row))
    if request.htmx and row.state in (RUNNING, UNDOING):
        page = {"import": looking.card(row), "state": row.state, "way": looking.way(row), "undo": undo_of(row)}
        return render(request, "customers/import_way.html", page)
    response = render(request, "customers/import_one.html", _one(request, row))
    if request.htmx:
        response.headers["HX-Refresh"] = "true"
    return response


@opens("records.import")
@require_POST
def import_read(request: SignedRequest, import_id: UUID, file_id: UUID) -> HttpResponse:
    """Read a file in another encoding, cut otherwise, another sheet, or as something else."""
    row, said = looking.one(request.actor, import_id), request.POST
    file = looking.file_of(request.actor, import_id, file_id)
    sort = said.get("sort", "")
    told = arriving.Reading(
        said.get("encoding", "")[:20], said.get("delimiter", "")[:1], said.get("sheet", "")[:200],
        "" if sort == f"{system_of(file)}/{file.part}" else sort[:100],
    )  # fmt: skip
    try:
        arriving.read_again(request.actor, import_=row, file_id=file_id, told=told, limits=uploads.LIMITS)
    except Invalid as wrong:
        row.refresh_from_db()
        return render(request, "customers/import_one.html", {**_one(request, row), "problem": str(wrong)}, status=422)
    return redirect("customers:import_one", import_id=row.pk)


@opens("records.import")
@require_POST
def import_start(request: SignedRequest, import_id: UUID) -> HttpResponse:
    """Begin, or go on after a pause or a stop; the worker does it, and the browser may be closed."""
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
def import_pause(request: SignedRequest, import_id: UUID) -> HttpResponse:
    """Rest after the batch under way."""
    row = looking.one(request.actor, import_id)
    starting.pause(request.actor, import_=row)
    return tell(request, redirect("customers:import_one", import_id=row.pk), _("The import rests after this batch."))


@opens("records.import")
@require_POST
def import_stop(request: SignedRequest, import_id: UUID) -> HttpResponse:
    """End after the batch under way. What is in stays in; it can be gone on with later."""
    row = looking.one(request.actor, import_id)
    if uploads.end_early(request.actor, row):
        return tell(request, redirect("customers:import"), _("The files were thrown away; nothing was imported."))
    told = _("The import was stopped.") if row.state == PAUSED else _("The import stops after this batch.")
    return tell(request, redirect("customers:import_one", import_id=row.pk), told)


@opens("records.import")
@require_GET
def import_rejected(request: SignedRequest, import_id: UUID, file_id: UUID) -> StreamingHttpResponse:
    """The rejected rows of one file, with line, column and reason."""
    file = looking.file_of(request.actor, import_id, file_id)
    name = file.name.removesuffix(".gz").rsplit(".", 1)[0]
    response = StreamingHttpResponse(rejected_csv(file), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}-rejected.csv") or "attachment"
    return response


@opens("records.import")
@require_POST
def import_forget(request: SignedRequest, mapping_id: UUID) -> HttpResponse:
    """Ask again how the columns of such a file are meant."""
    remembered.forget(request.actor, mapping_id=mapping_id)
    return tell(request, redirect("customers:import"), _("The mapping was forgotten."))


def _upload(request: SignedRequest) -> Any:
    what = request.POST.get("what", "")
    return uploads.take_in(request.actor, request.FILES.getlist("files"), what if what in _kinds() else "")


def _kinds() -> dict[str, str]:
    return {part.code: str(part.title) for part in FORMATS["simple"].parts}


def _page(request: SignedRequest, problem: str = "") -> dict[str, Any]:
    return {
        "imports": looking.past(request.actor),
        "mappings": remembered.saved(request.actor)[:20],
        "kinds": _kinds(),
        "problem": problem,
        "largest": uploads.LARGEST >> 20,
        "step": 1,
    }


def _one(request: SignedRequest, row: Import) -> dict[str, Any]:
    page: dict[str, Any] = {"import": looking.card(row), "step": STEPS.get(row.state, 5), "state": row.state}
    if row.state == WAITING:
        first = row.files.order_by("position").first()
        return page | {
            "glances": looking.glances(row), "skipped": report_of(row.pk).skipped_files, "sorts": looking.sorts(),
            "encodings": ENCODINGS, "delimiters": DELIMITERS, "first": first.pk if first else None,
        }  # fmt: skip
    page |= {"way": looking.way(row), "undo": undo_of(row), "may_undo": can_undo(row, request.now)}
    page |= {"matches": [_matched(file) for file in row.files.order_by("position")[:3]]} | _attention(row)
    if looking.ended(row):
        report = report_of(row.pk)
        files = [(file, lines) for file, lines in zip(row.files.order_by("position"), report.files, strict=True)]
        page |= {"report": report, "files": files, "goes_on": row.state in (STOPPED, FAILED)}
    if row.state == UNDONE:
        page |= {"left": left_rows(row, limit=50), "left_codes": LEFT}
    return page


def _attention(row: Import) -> dict[str, Any]:
    if row.state in (UNDOING, UNDONE):
        return {"import": looking.card(row), "state": row.state, "attention": (), "alike": (), "more": False}
    rows, more = correcting.attention(row)
    return {
        "import": looking.card(row), "state": row.state, "attention": rows, "more": more,
        "alike": correcting.alike(row)[:3] if rows else (), "rejected_files": row.files.filter(rejected__gt=0),
    }  # fmt: skip


def _matched(file: Any) -> dict[str, Any]:
    """What was decided about the columns, beside a running import."""
    plan = read_plan(file.plan) if file.plan.get("columns") else None
    columns = looking.decided(file, plan) if plan else ()
    return {"name": file.name, "columns": columns, "filled": sum(bool(one.into) for one in columns)}
