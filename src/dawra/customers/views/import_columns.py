"""The wizard's second and third step: what the columns mean, and what would happen."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.actions.fields import FieldPlan, define_field
from dawra.customers.forms.import_columns import Answers, answers, with_fields
from dawra.customers.forms.panels import TYPE_NAMES
from dawra.customers.importing import arriving, judging, looking, planning, remembered, showing, uploads
from dawra.customers.importing.opening import part_of, plan_of
from dawra.customers.importing.reading import Unreadable
from dawra.customers.importing.recognising import FORMATS
from dawra.customers.importing.saying import sentence
from dawra.customers.models import Import, ImportFile
from dawra.customers.models.importing import CREATED, REJECTED, UNCHANGED, UPDATED, WAITING
from dawra.customers.rules import Option
from dawra.team.choices import countries, currencies


@opens("records.import")
@require_http_methods(["GET", "POST"])
def import_columns(request: SignedRequest, import_id: UUID, file_id: UUID) -> HttpResponse:
    """What each column of one file fills, and the questions its values leave open."""
    file = looking.file_of(request.actor, import_id, file_id)
    row = looking.one(request.actor, import_id)
    if row.state != WAITING:
        return redirect("customers:import_one", import_id=row.pk)
    file.within = row
    try:
        seen = arriving.sample(file, uploads.LIMITS)
    except (Unreadable, FileNotFoundError) as wrong:
        told = {"code": wrong.code, **wrong.facts} if isinstance(wrong, Unreadable) else {"code": "gone"}
        raise Invalid(sentence(told).replace("%", "%%"), field="files") from wrong
    if request.method == "GET":
        return _columns(request, row, file, seen, Answers(plan_of(file)))
    said = answers(request.POST, plan_of(file), seen)
    if request.POST.get("go") != "next":  # a field was chosen: what it asks is shown at once
        return _columns(request, row, file, seen, said)
    try:
        if said.fresh:
            return _columns(request, row, file, seen, said, 422)
        decided = _decide(request, row, file, seen, said)
    except Invalid as wrong:
        return _columns(request, row, file, seen, said, 422, str(wrong))
    if decided is None:
        return _columns(request, row, file, seen, said, 422)
    following = row.files.filter(position__gt=file.position).order_by("position").first()
    if following:
        return redirect("customers:import_columns", import_id=row.pk, file_id=following.pk)
    judging.begin_dry_run(request.actor, import_=row)
    return redirect("customers:import_check", import_id=row.pk)


@opens("records.import")
@require_http_methods(["GET", "POST"])
def import_check(request: SignedRequest, import_id: UUID) -> HttpResponse:
    """The dry run: what would be added, changed and refused. Nothing is written."""
    row = looking.one(request.actor, import_id)
    if row.state != WAITING:
        return redirect("customers:import_one", import_id=row.pk)
    if request.method == "POST":
        judging.begin_dry_run(request.actor, import_=row)
        return redirect("customers:import_check", import_id=row.pk)
    run = judging.dry_run(row)
    asked = {name for name, _column, _question in run.open}
    page = {
        "import": looking.card(row), "run": run, "state": row.state, "step": 3, "rates": looking.rates_asked(row),
        "files": [(file, _verdict(row, file, request.reader.language)) for file in run.files],
        "rows": sum(file.rows for file in run.files), "good": sum(file.rows - file.rejected for file in run.files),
        "total": sum(file.total or 0 for file in run.files),
        "sums": {name: sum(getattr(file, name) for file in run.files) for name in (CREATED, UPDATED, UNCHANGED)},
        "open_file": next((one.pk for one in row.files.order_by("position") if one.name in asked), None),
    }  # fmt: skip
    return render(request, "customers/import_check.html#run" if request.htmx else "customers/import_check.html", page)


@opens("records.import")
@require_GET
def import_mapping(request: SignedRequest, import_id: UUID) -> HttpResponse:
    """The first file's columns."""
    row = looking.one(request.actor, import_id)
    first = row.files.order_by("position").first()
    if first is None or row.state != WAITING:
        return redirect("customers:import_one", import_id=row.pk)
    return redirect("customers:import_columns", import_id=row.pk, file_id=first.pk)


def _decide(request: SignedRequest, row: Import, file: ImportFile, seen: arriving.Sample, said: Answers) -> Any:
    """The plan as kept; None while something is still to be answered. New fields are made last."""
    part = FORMATS[said.plan.system].part(said.plan.part)
    filled = {one.field for one in said.plan.columns} - {""}
    if said.is_open or showing.missing(part, filled, {}):
        return None
    made = {}
    for at, new in said.new.items():
        options = tuple(Option("", line.strip()) for line in new.choices.splitlines() if line.strip())
        card = define_field(
            request.actor, record_kind=showing.KINDS.get(part.target, ""), type=new.type,
            plan=FieldPlan(new.name, options=options if new.type in ("choice", "choices") else ()),
        )  # fmt: skip
        made[at] = f"custom.{card.key}"
    plan = with_fields(said, made, seen)
    planning.decide(request.actor, import_=row, plans={file.pk: plan})
    if said.remember:
        remembered.remember(request.actor, file=file, plan=plan, name=said.remember)
    return None if plan.open else plan


def _columns(
    request: SignedRequest, row: Import, file: ImportFile, seen: arriving.Sample, said: Answers, status: int = 200,
    problem: str = "",
) -> HttpResponse:  # fmt: skip
    shown = showing.columns_of(file, said.plan, seen, request.reader.language, said.new)
    page = {
        "import": looking.card(row), "file": shown, "files": row.files.order_by("position"), "step": 2,
        "state": row.state, "types": TYPE_NAMES.items(), "countries": countries()[1:], "currencies": currencies(),
        "may_add_fields": request.actor.may("customers.fields") and bool(shown.record_kind), "problem": problem,
        "is_refused": status == 422,
        "name": request.POST.get("name", "") or file.name.rsplit(".", 1)[0],
        "remember": request.method == "GET" or bool(request.POST.get("remember")),
    }  # fmt: skip
    template = "customers/import_columns.html#form" if request.htmx else "customers/import_columns.html"
    return render(request, template, page, status=200 if request.htmx else status)


def _verdict(row: Import, verdict: judging.FileVerdict, language: str) -> list[tuple[str, Any]]:
    """(outcome, its examples as differences) for what there is."""
    file = row.files.get(pk=verdict.file_id)
    part = part_of(file)
    names = showing.field_names(part.all_columns(), showing.KINDS.get(part.target, ""), language)
    return [
        (outcome, [(one, _changes(one, names)) for one in verdict.examples.get(outcome, ())])
        for outcome in (REJECTED, UPDATED, CREATED, UNCHANGED)
        if verdict.examples.get(outcome)
    ]


def _changes(one: judging.Example, names: Any) -> list[tuple[str, str, Any, Any]]:
    return [
        (names.get(name, "") or names.get(f"custom.{name}", ""), name, before, after)
        for name, (before, after) in one.changes.items()
    ]
