"""Adding a person or a company, with whoever may be the same shown before anything is kept."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from dawra.access.errors import Answer, Conflict, Invalid
from dawra.customers import rules
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.companies import NewCompany, add_company
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.forms.records import NewCompanyForm, NewPersonForm, RecordForm
from dawra.customers.picked import Picked, picked
from dawra.customers.privacy import returning
from dawra.customers.queries import lists
from dawra.customers.queries.duplicates import Likely, likely
from dawra.customers.queries.fields import fields_of
from dawra.customers.queries.stages import stage_choices
from dawra.journal.telling import tell

FORMS: dict[str, type[RecordForm]] = {"person": NewPersonForm, "company": NewCompanyForm}
POINTS = ("email", "phone", "site")


def add(request: Any, kind: str) -> HttpResponse:
    form = _form(request, kind)
    company = _company(request, kind)
    takes: dict[str, Any] = {
        "kind": kind, "form": form, "company": company,
        "title": _("Add a person") if kind == "person" else _("Add a company"),
        "back": reverse("customers:people" if kind == "person" else "customers:companies"),
    }  # fmt: skip
    if request.method == "GET":
        return render(request, "customers/record_form.html", takes)
    if form.is_valid() and not (company and company.choices):
        found = _likely(request, kind, form)
        erased = returning.erased_among(_points(request, form)) if kind == "person" and not form.errors else []
        blocked = any(one.blocks for one in found)
        if form.is_valid() and (not (found or erased) or (request.POST.get("anyway") and not blocked)):
            try:
                returning.welcome(request.actor, points=erased)
                return _add(request, kind, form, company)
            except (Invalid, Conflict) as refusal:
                _show(form, refusal)
        takes["likely"] = found
        takes["erased"] = erased
        takes["may_anyway"] = bool(found or erased) and not blocked
    return render(request, "customers/record_form.html", takes, status=422)


def _add(request: Any, kind: str, form: RecordForm, company: Picked | None) -> HttpResponse:
    said = form.cleaned_data
    values: dict[str, Any] = {
        name: said[name]
        for name in form.fields
        if name in NewPerson.__dataclass_fields__ | NewCompany.__dataclass_fields__ and name not in ("owner_id", "tags")
    }
    values["points"] = tuple(NewPoint(point, said[point]) for point in POINTS if said.get(point))
    values["custom"] = {key: value for key, value in form.custom_values().items() if value is not None}
    values["tags"] = tuple(part for part in said["tags"].replace("،", ",").split(",") if part.strip())
    values["owner_id"] = UUID(said["owner_id"]) if said["owner_id"] else None
    values["lifecycle"] = said["lifecycle"] or "lead"
    if kind == "person":
        values["company_id"] = company.record_id if company else None
        values["company_name"] = company.words if company and not company.record_id else ""
        done = add_person(request.actor, plan=NewPerson(**values))
    else:
        done = add_company(request.actor, plan=NewCompany(**values))
    url = reverse(f"customers:{kind}", args=[done.record.pk])
    response = HttpResponse(status=204, headers={"HX-Redirect": url}) if request.htmx else HttpResponseRedirect(url)
    return tell(request, response, _("%(name)s added") % {"name": done.record.name}, undo=done.entry)


def _form(request: Any, kind: str) -> RecordForm:
    actor, language = request.actor, request.reader.language
    owners = lists.owner_choices(language)
    if not actor.may("records.assign"):
        owners = [owner for owner in owners if owner[0] == str(actor.member_id)]
    initial = {"lifecycle": "lead", "owner_id": str(actor.member_id), "name": request.GET.get("name", "")}
    return FORMS[kind](
        request.POST or None, initial=initial, custom=fields_of(kind), language=language, owners=owners,
        currency=request.reader.base_currency, actor=request.actor, stages=stage_choices(language),
    )  # fmt: skip


def _company(request: Any, kind: str) -> Picked | None:
    if kind == "company":
        return None
    return picked(request.actor, request.POST or request.GET, "company", _("Company"), "company")


def _points(request: Any, form: RecordForm) -> list[rules.Point]:
    """The addresses written; what is wrong with one is said at its field."""
    said = dict(form.cleaned_data)
    points = []
    for point in POINTS:
        if said.get(point):
            try:
                points.append(rules.point(point, said[point], said.get("country") or request.workspace.default_country))
            except rules.Wrong as wrong:
                form.add_error(point, _(wrong.sentence) % wrong.facts)
    return points


def _likely(request: Any, kind: str, form: RecordForm) -> list[Likely]:
    said = form.cleaned_data
    points = _points(request, form)
    if form.errors:
        return []
    company = [request.POST.get("company_words", "")]
    return likely(
        request.actor, kind, [said["name"], said["name_ar"]], points, companies=company, city=said.get("city") or ""
    )


def _show(form: RecordForm, refusal: Answer) -> None:
    """A refusal at the field it came from, else above the form."""
    field = getattr(refusal, "field", "")
    if field.startswith("points."):
        given = [point for point in POINTS if form.cleaned_data.get(point)]
        field = given[int(field.partition(".")[2])]
    form.add_error(field if field in form.fields else None, str(refusal))
