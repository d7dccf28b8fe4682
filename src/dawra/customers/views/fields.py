"""Settings: custom fields and the names of lifecycle stages."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dawra.access.errors import Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers import rules
from dawra.customers.actions import fields as actions
from dawra.customers.actions import lifecycle
from dawra.customers.actions.fields import FieldPlan
from dawra.customers.forms.panels import KIND_NAMES, TYPE_NAMES, FieldForm
from dawra.customers.queries.fields import field_by_id, fields_of
from dawra.customers.queries.stages import own_names, stage_choices, stages_of
from dawra.customers.rules import FieldCard
from dawra.journal.telling import tell


@require_GET
@opens("customers.fields")
def fields(request: SignedRequest) -> HttpResponse:
    """All kinds' fields, 3 queries, and the stage names, 2."""
    own = own_names()
    kinds = []
    for kind, name in KIND_NAMES.items():
        every = fields_of(kind, archived=True)
        shown = [f for f in every if not f.archived]
        kinds.append({"kind": kind, "name": name, "fields": shown, "archived": [f for f in every if f.archived]})
    stages = [
        {"code": code, "usual": name, "name": own.get(code, ("", ""))[0], "name_ar": own.get(code, ("", ""))[1]}
        for code, name in stage_choices(request.reader.language)
    ]
    return render(request, "customers/fields.html", {"kinds": kinds, "types": TYPE_NAMES, "stages": stages})


@require_http_methods(["GET", "POST"])
@opens("customers.fields")
def add(request: SignedRequest) -> HttpResponse:
    kind = request.POST.get("record_kind") or request.GET.get("kind", "person")
    stages = stages_of(kind, request.reader.language)
    form = FieldForm(request.POST or None, initial={"record_kind": kind}, stages=stages)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.define_field(request.actor, record_kind=said["record_kind"], type=said["type"], plan=_plan(form))
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return tell(request, _back(), _("Field added"))
    return _form(request, form, _("Add a field"))


@require_http_methods(["GET", "POST"])
@opens("customers.fields")
def field(request: SignedRequest, field_id: UUID) -> HttpResponse:
    card = field_by_id(field_id)
    if card is None:
        raise NotFound()
    stages = stages_of(card.record_kind, request.reader.language)
    form = FieldForm(request.POST or None, initial=_initial(card), fixed=True, stages=stages)
    if card.type not in ("choice", "choices"):
        form.fields["options"].widget = form.fields["options"].hidden_widget()
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        try:
            entry = actions.change_field(
                request.actor, field_id=field_id, plan=_plan(form), version=int(version) if version.isdigit() else None
            )
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return tell(request, _back(), _("Field changed"), undo=entry)
    return _form(request, form, _("Edit field"), card)


@require_POST
@opens("customers.fields")
def archive(request: SignedRequest, field_id: UUID) -> HttpResponse:
    entry = actions.archive_field(request.actor, field_id=field_id)
    return tell(request, _back(), _("Field archived; its values are kept"), undo=entry)


@require_POST
@opens("customers.fields")
def bring_back(request: SignedRequest, field_id: UUID) -> HttpResponse:
    entry = actions.bring_back_field(request.actor, field_id=field_id)
    return tell(request, _back(), _("Field is back, with its values"), undo=entry)


@require_POST
@opens("customers.fields")
def move(request: SignedRequest, field_id: UUID) -> HttpResponse:
    """up or down by one place."""
    card = field_by_id(field_id)
    if card is None:
        raise NotFound()
    order = [one.id for one in fields_of(card.record_kind)]
    if field_id in order:
        at = order.index(field_id)
        to = max(0, min(len(order) - 1, at + (-1 if request.POST.get("to") == "up" else 1)))
        order.insert(to, order.pop(at))
        actions.order_fields(request.actor, record_kind=card.record_kind, field_ids=order)
    return _back()


@require_POST
@opens("customers.fields")
def rename_stage(request: SignedRequest) -> HttpResponse:
    said = {name: request.POST.get(name, "") for name in ("code", "name", "name_ar")}
    lifecycle.rename_stage(request.actor, **said)
    return tell(request, _back(), _("Stage renamed"))


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("customers:fields"))


def _plan(form: FieldForm) -> FieldPlan:
    said = form.cleaned_data
    return FieldPlan(
        name=said["name"], name_ar=said["name_ar"], hint=said["hint"], options=form.said_options(),
        required_at=tuple(said["required_at"]), searchable=said["searchable"],
    )  # fmt: skip


def _initial(card: FieldCard) -> dict[str, Any]:
    options: list[rules.Option] = [option for option in card.options if not option.archived]
    lines = [f"{option.name} | {option.name_ar}" if option.name_ar else option.name for option in options]
    return {
        "name": card.name, "name_ar": card.name_ar, "hint": card.hint, "options": "\n".join(lines),
        "required_at": list(card.required_at), "searchable": card.searchable,
    }  # fmt: skip


def _form(request: Any, form: FieldForm, title: str, card: FieldCard | None = None) -> HttpResponse:
    takes = {"form": form, "title": title, "field": card, "types": TYPE_NAMES}
    return render(request, "customers/field_form.html", takes, status=422 if form.errors else 200)
