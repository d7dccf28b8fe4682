"""The page of one person or company, and editing it: in place, or field by field after somebody else was faster."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from dawra.access.errors import Conflict, Invalid, NotFound, Stale
from dawra.customers import places
from dawra.customers.actions.companies import edit_company
from dawra.customers.actions.editing import Done
from dawra.customers.actions.people import edit_person
from dawra.customers.duplicates.merging import follow
from dawra.customers.forms.records import CompanyForm, PersonForm, RecordForm
from dawra.customers.models import Company, Person
from dawra.customers.panels import panels_of
from dawra.customers.queries import fields as custom
from dawra.customers.queries import lists, records
from dawra.customers.queries.stages import TONES, stage_choices
from dawra.customers.queries.timeline import timeline_of
from dawra.figures.words import named
from dawra.journal.catalogue import as_plain
from dawra.journal.telling import tell

MODELS: dict[str, type[Person] | type[Company]] = {"person": Person, "company": Company}
FORMS: dict[str, type[RecordForm]] = {"person": PersonForm, "company": CompanyForm}
# What the facts card shows, in this order; the rest is on the edit page.
FACTS = {
    "person": ("title", "country", "city", "language", "time_zone", "source", "about"),
    "company": ("industry", "employees", "founded_year", "country", "city", "address", "language", "source", "about"),
}
LONG = frozenset({"about", "address", "time_zone"})


@dataclass(frozen=True, slots=True)
class Fact:
    """value: as shown (looks tells how). raw: as an input holds it. options: id of a <template> of choices."""

    name: str
    label: Any
    value: Any
    looks: str
    raw: Any
    type: str = "text"
    options: str = ""
    choices: Any = ()
    in_place: bool = True


def page(request: Any, kind: str, record_id: UUID) -> HttpResponse:
    actor, language = request.actor, request.reader.language
    try:
        record = MODELS[kind].fetch(actor, record_id, "owner", *(["parent"] if kind == "company" else []))
    except NotFound:
        return _moved(actor, kind, record_id)
    fields = custom.fields_of(kind)
    stages = stage_choices(language)
    is_person = kind == "person"
    affiliations = (
        records.companies_of(actor, record, language)
        if isinstance(record, Person)
        else records.people_of(actor, record, language)
    )
    takes = {
        "record": record,
        "kind": kind,
        "name": lists.link_to(record, language),
        "facts": facts(record, fields, language, actor),
        "points": records.points_of(record),
        "places": affiliations,
        "stages": [(code, name, _state(code, record.lifecycle)) for code, name in stages],
        "stage_name": dict(stages).get(record.lifecycle, record.lifecycle),
        "stage_tone": TONES.get(record.lifecycle, ""),
        "tags": lists.tag_names([record.pk]).get(record.pk, []),
        "consents": records.consents_of(record) if isinstance(record, Person) else [],
        "owners": _owners(record, language),
        "panels": panels_of(actor, kind, record.pk),
        "timeline": timeline_of(actor, record, show=request.GET.get("show", ""), after=request.GET.get("after", "")),
        "address": request.path,
        "may_work": actor.may("customers.work"),
        "may_delete": actor.may("customers.delete"),
        "may_assign": actor.may("records.assign") or record.owner_id in (None, actor.member_id),
        "list_url": reverse("customers:people" if is_person else "customers:companies"),
        "edit_url": reverse(f"customers:edit_{kind}", args=[record.pk]),
        "field_url": reverse(f"customers:{kind}_field", args=[record.pk]),
        "access_url": _who_sees(kind, record.pk),
        "privacy_url": _privacy(actor, kind, record.pk),
        "parent": _parent(record, actor, language),
    }
    return render(request, "customers/record.html", takes)


def _moved(actor: Any, kind: str, record_id: UUID) -> HttpResponse:
    """The old address of a merged record leads to the one that was kept, for who may see that. Raises NotFound."""
    return HttpResponseRedirect(reverse(f"customers:{kind}", args=[follow(actor, kind, record_id)]))


def facts(record: Any, fields: list[Any], language: str, actor: Any) -> list[Fact]:
    """The record's own fields, then custom ones. 1 query if a custom field names people."""
    form = FORMS[record.kind](language=language)
    found = []
    for name in FACTS[record.kind]:
        value, field = getattr(record, name), form.fields[name]
        looks = "number" if isinstance(value, int) and name != "founded_year" else "text"
        choices = getattr(field, "choices", None)
        shown = _code_name(name, value, language) if choices is not None else value
        kind = "number" if name in ("employees", "founded_year") else "text"
        found.append(
            Fact(
                name, field.label, shown, looks, "" if value is None else value, kind,
                f"o-{name}" if choices is not None else "", choices or (), name not in LONG,
            )
        )  # fmt: skip
    people = lists.people_named(actor, [f for f in fields if f.type == "person"], [record], language)
    for one in fields:
        stored = record.custom.get(one.key)
        value = people.get(stored) if one.type == "person" else custom.shown(one, stored, language)
        choices = [("", "—"), *custom.options_of(one, language)] if one.type == "choice" else ()
        label = named(one.name, one.name_ar, language)
        found.append(
            Fact(
                one.input_name, label, value, custom.LOOKS[one.type], stored or "", "date" if one.type == "date" else "text",
                f"o-{one.input_name}" if choices else "", choices, one.type in ("text", "date", "choice", "link"),
            )
        )  # fmt: skip
    return found


def edit_in_place(request: Any, kind: str, record_id: UUID) -> HttpResponse:
    """field, value, version: one fact changed where it stands."""
    name = request.POST.get("field", "")
    record = MODELS[kind].fetch(request.actor, record_id)
    form = _form(request, kind, record, {name: request.POST.get("value", "")}, only={name})
    if name not in form.fields:
        raise Invalid(_("There is no field “%(name)s”."), field=name, name=name[:80])
    if not form.is_valid():
        raise Invalid(" ".join(str(error) for error in form.errors[name]), field=name)
    done = _keep(request, kind, record_id, _changes(form), _version(request.POST))
    response = (
        HttpResponse(status=204)
        if request.htmx
        else HttpResponseRedirect(reverse(f"customers:{kind}", args=[record_id]))
    )
    response.headers["X-Version"] = str(done.record.version)
    return tell(request, response, _("Saved"), undo=done.entry)


def edit(request: Any, kind: str, record_id: UUID) -> HttpResponse:
    """The whole form, or with ?field= some of it. Only what was changed in it is written."""
    record = MODELS[kind].fetch(request.actor, record_id)
    only = request.GET.getlist("field")
    here = reverse(f"customers:{kind}", args=[record_id])
    takes: dict[str, Any] = {
        "record": record, "kind": kind, "back": here, "title": _("Edit"), "name": lists.link_to(record, request.reader.language),
    }  # fmt: skip
    if request.method == "GET":
        form = _form(request, kind, record, None, only=only)
        seen = json.dumps({name: _as_seen(form.initial.get(name, f.initial)) for name, f in form.fields.items()})
        return render(
            request, "customers/record_form.html", takes | {"form": form, "seen": seen, "version": record.version}
        )
    form = _form(request, kind, record, request.POST, only=only)
    said = _seen(request.POST)
    if not form.is_valid():
        again = takes | {"form": form, "seen": json.dumps(said), "version": request.POST.get("version", "")}
        return render(request, "customers/record_form.html", again, status=422)
    theirs = {name for name in form.fields if request.POST.get(f"keep_{name}") == "theirs"}
    touched = {n for n in form.fields if n not in theirs and (n not in said or _typed(form, n) != said[n])}
    try:
        done = _keep(request, kind, record_id, _changes(form, touched), _version(request.POST))
    except Stale as stale:
        return _conflict(request, takes, form, stale)
    return tell(request, HttpResponseRedirect(here), _("Saved"), undo=done.entry)


def _conflict(request: Any, takes: dict[str, Any], form: RecordForm, stale: Stale) -> HttpResponse:
    """Field by field: what is there now beside what was typed. Everything typed goes along in the form."""
    rows = []
    for column, yours in stale.facts["yours"].items():
        name = column.replace("custom.", "custom_", 1)
        rows.append(
            {"name": name, "label": form.fields[name].label, "theirs": stale.facts["theirs"][column], "yours": yours}
        )
    passed = [
        (n, v) for n in request.POST for v in request.POST.getlist(n) if n not in ("csrfmiddlewaretoken", "version")
    ]
    keep = [(n, v) for n, v in passed if not n.startswith("keep_")]
    more = {"rows": rows, "keep": keep, "version": stale.facts["version"], "action": request.get_full_path()}
    return render(request, "customers/conflict.html", takes | more, status=409)


def _form(request: Any, kind: str, record: Any, data: Any, *, only: Any) -> RecordForm:
    initial = {name: getattr(record, name) for name in FORMS[kind].base_fields if hasattr(record, name)}
    return FORMS[kind](
        data, initial=initial, custom=custom.fields_of(kind), values=record.custom, language=request.reader.language,
        currency=request.reader.base_currency, actor=request.actor, only=only,
    )  # fmt: skip


def _changes(form: RecordForm, touched: Any = None) -> dict[str, Any]:
    """Form names → the action's columns, custom.<key> for custom fields."""
    codes = {field.input_name: f"custom.{field.key}" for field in form.custom}
    return {codes.get(n, n): form.cleaned_data[n] for n in form.fields if touched is None or n in touched}


def _keep(request: Any, kind: str, record_id: UUID, changes: Mapping[str, Any], version: int | None) -> Done:
    if kind == "person":
        return edit_person(request.actor, person_id=record_id, changes=changes, version=version)
    return edit_company(request.actor, company_id=record_id, changes=changes, version=version)


def _version(post: Mapping[str, str]) -> int | None:
    text = post.get("version", "")
    if text and not text.isdigit():
        raise Conflict(_("The form is out of date. Open it again."))
    return int(text) if text else None


def _seen(post: Mapping[str, str]) -> dict[str, Any]:
    try:
        seen = json.loads(post.get("seen") or "{}")
    except ValueError:
        return {}
    return seen if isinstance(seen, dict) else {}


def _typed(form: RecordForm, name: str) -> Any:
    value = form.fields[name].widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    return _as_seen(value)


def _as_seen(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(str(one) for one in value)
    return "" if value is None else str(as_plain(value)).replace("\r\n", "\n").strip()


def _state(code: str, now: str) -> str:
    return "now" if code == now else ""


def _code_name(name: str, value: str, language: str) -> str:
    if name == "country":
        return places.country_name(value, language)
    return places.language_name(value, language) if name == "language" else value.replace("_", " ")


def _parent(record: Any, actor: Any, language: str) -> Any:
    if not getattr(record, "parent_id", None):
        return None
    parent = Company.objects.visible_to(actor).filter(pk=record.parent_id).first()
    return lists.link_to(parent, language) if parent else None


def _privacy(actor: Any, kind: str, record_id: UUID) -> str:
    may = kind == "person" and actor.may("customers.privacy")
    return reverse("customers:privacy", args=[record_id]) if may else ""


def _who_sees(kind: str, record_id: UUID) -> str:
    """The dialog of the access room; "" where that is not served."""
    try:
        return reverse("access:who_sees", args=[kind, record_id])
    except NoReverseMatch:
        return ""


def _owners(record: Any, language: str) -> list[tuple[str, str]]:
    """Whom it can be given to; whoever has it now stands there too, even if they no longer work here."""
    choices = lists.owner_choices(language)
    if record.owner and str(record.owner_id) not in dict(choices):
        choices.append((str(record.owner_id), named(record.owner.name, record.owner.name_ar, language)))
    return choices
