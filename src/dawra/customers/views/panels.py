"""The panels of a record page: stage, owner, tags, addresses, companies, consent, bin."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dawra.access.errors import Answer, Conflict, Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.actions import bin, consent, contact, lifecycle, owner, tags
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.consent import NewConsent
from dawra.customers.actions.contact import Place
from dawra.customers.forms.panels import ConsentForm, PlaceForm, PointForm
from dawra.customers.models import Affiliation, Company, ContactPoint, Person
from dawra.customers.picked import picked
from dawra.customers.queries.stages import stage_choices
from dawra.customers.views.answering import done
from dawra.journal.telling import tell

MODELS: dict[str, type[Person] | type[Company]] = {"person": Person, "company": Company}


def _saved(request: Any, text: str, kind: str, record_id: UUID, entry: Any = None) -> HttpResponse:
    """A toast; the page draws itself anew with scripts, and is opened again without."""
    if request.htmx:
        return tell(request, HttpResponse(status=204), text, undo=entry)
    return done(request, text, back=reverse(f"customers:{kind}", args=[record_id]), undo=entry)


def _known(kind: str) -> str:
    if kind not in MODELS:
        raise NotFound()
    return kind


@require_POST
@opens("customers.work", record="record")
def stage(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    to_stage = request.POST.get("stage", "")
    kept = lifecycle.set_lifecycle(
        request.actor, kind=_known(kind), record_id=record_id, to_stage=to_stage, reason=request.POST.get("reason", "")
    )
    name = dict(stage_choices(request.reader.language)).get(to_stage, to_stage)
    return _saved(request, _("Moved to %(stage)s") % {"stage": name}, kind, record_id, kept.entry)


@require_POST
@opens("customers.work", record="record")
def assign(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    owner_id = request.POST.get("owner_id", "")
    kept = owner.assign(
        request.actor, kind=_known(kind), record_id=record_id, owner_id=_id(owner_id, "owner_id") if owner_id else None
    )
    text = _("Owner changed")
    if MODELS[kind].objects.visible_to(request.actor).filter(pk=record_id).exists():
        return _saved(request, text, kind, record_id, kept.entry)
    # Whoever gave the record away may no longer see it: on to the list.
    url = reverse("customers:people" if kind == "person" else "customers:companies")
    if request.htmx:
        return tell(request, HttpResponse(status=204, headers={"HX-Redirect": url}), text, undo=kept.entry)
    return done(request, text, back=url, undo=kept.entry)


@require_POST
@opens(record="record")
def tag(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    """add: names separated by commas; remove: names. For deals as well."""
    add = [part for part in request.POST.get("add", "").replace("،", ",").split(",") if part.strip()]
    entry = tags.change_tags(
        request.actor, kind=kind, record_id=record_id, add=add, remove=request.POST.getlist("remove")
    )
    if kind in MODELS or request.htmx:
        return _saved(request, _("Tags changed"), kind, record_id, entry)
    return done(request, _("Tags changed"), back="/", undo=entry)


@require_POST
@opens("customers.delete", record="record")
def delete(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    kept = bin.delete_record(request.actor, kind=_known(kind), record_id=record_id)
    url = reverse("customers:people" if kind == "person" else "customers:companies")
    text = _("%(name)s moved to the bin") % {"name": kept.record.name}
    if request.htmx:
        return tell(request, HttpResponse(status=204, headers={"HX-Redirect": url}), text, undo=kept.entry)
    return done(request, text, back=url, undo=kept.entry)


@require_POST
@opens("customers.work", record="record")
def restore(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    kept = bin.restore_record(request.actor, kind=_known(kind), record_id=record_id)
    return _saved(request, _("%(name)s is back") % {"name": kept.record.name}, kind, record_id, kept.entry)


@require_http_methods(["GET", "POST"])
@opens("customers.work", record="record")
def add_point(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    record = MODELS[_known(kind)].fetch(request.actor, record_id)
    form = PointForm(request.POST or None, initial={"kind": request.GET.get("kind", "email")})
    if request.method == "POST" and form.is_valid():
        try:
            kept = contact.add_point(request.actor, kind=kind, record_id=record.pk, point=NewPoint(**form.cleaned_data))
        except (Invalid, Conflict) as refusal:
            _show(form, refusal)
        else:
            return _saved(request, _("Address added"), kind, record_id, kept.entry)
    return _dialog(request, form, _("Add an address"), request.path)


@require_http_methods(["GET", "POST"])
@opens("customers.work", record="point")
def point(request: SignedRequest, point_id: UUID) -> HttpResponse:
    row, kind, record_id = _point(request, point_id)
    initial = {"kind": row.kind, "value": row.value, "label": row.label, "is_primary": row.is_primary}
    form = PointForm(request.POST or None, initial=initial)
    del form.fields["kind"]
    if request.method == "POST" and form.is_valid():
        try:
            new = NewPoint(row.kind, **form.cleaned_data)
            kept = contact.change_point(request.actor, point_id=point_id, point=new)
        except (Invalid, Conflict) as refusal:
            _show(form, refusal)
        else:
            return _saved(request, _("Address changed"), kind, record_id, kept.entry)
    return _dialog(
        request, form, _("Edit address"), request.path, remove=reverse("customers:remove_point", args=[point_id])
    )


@require_POST
@opens("customers.work", record="point")
def remove_point(request: SignedRequest, point_id: UUID) -> HttpResponse:
    _row, kind, record_id = _point(request, point_id)
    kept = contact.remove_point(request.actor, point_id=point_id)
    return _saved(request, _("Address removed"), kind, record_id, kept.entry)


@require_http_methods(["GET", "POST"])
@opens("customers.work", record="record")
def affiliate(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    """From a person's page a company is chosen, from a company's a person."""
    record = MODELS[_known(kind)].fetch(request.actor, record_id)
    other = "company" if kind == "person" else "person"
    label = _("Company") if kind == "person" else _("Person")
    choice = picked(request.actor, request.POST or request.GET, "other", label, other, required=True)
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and choice.record_id:
        person_id, company_id = (record.pk, choice.record_id) if kind == "person" else (choice.record_id, record.pk)
        place = Place(**form.cleaned_data)
        try:
            kept = contact.affiliate(request.actor, person_id=person_id, company_id=company_id, place=place)
        except (Invalid, Conflict) as refusal:
            _show(form, refusal)
        else:
            return _saved(request, _("Linked"), kind, record_id, kept.entry)
    elif request.method == "POST" and not choice.record_id and not choice.choices:
        form.add_error(None, _("Nothing here has that name. Choose from the list, or add it first."))
    return _dialog(
        request, form, _("Link a company") if kind == "person" else _("Link a person"), request.path, picker=choice
    )


@require_http_methods(["GET", "POST"])
@opens("customers.work", record="affiliation")
def affiliation(request: SignedRequest, affiliation_id: UUID) -> HttpResponse:
    link = Affiliation.objects.filter(pk=affiliation_id).first()
    if link is None:
        raise NotFound()
    Person.fetch(request.actor, link.person_id)
    names = ("role", "is_primary", "from_on", "until_on")
    form = PlaceForm(request.POST or None, initial={name: getattr(link, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            place = Place(**form.cleaned_data)
            kept = contact.change_affiliation(request.actor, affiliation_id=affiliation_id, place=place)
        except Invalid as refusal:
            _show(form, refusal)
        else:
            return _saved(request, _("Link changed"), "person", link.person_id, kept.entry)
    return _dialog(request, form, _("Edit link"), request.path)


@require_http_methods(["GET", "POST"])
@opens("customers.work", record="person")
def record_consent(request: SignedRequest, record_id: UUID) -> HttpResponse:
    person: Person = Person.fetch(request.actor, record_id)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data | {"granted": form.cleaned_data["granted"] == "yes"}
        try:
            consent.record_consent(request.actor, person_id=person.pk, consent=NewConsent(**said))
        except Invalid as refusal:
            _show(form, refusal)
        else:
            return _saved(request, _("Consent recorded"), "person", person.pk)
    return _dialog(request, form, _("Record consent"), request.path)


def _dialog(request: Any, form: Any, title: str, action: str, **more: Any) -> HttpResponse:
    takes = {"form": form, "dialog_title": title, "action": action, "submit": _("Save"), **more}
    return render(request, "customers/form_dialog.html", takes, status=422 if request.method == "POST" else 200)


def _show(form: Any, refusal: Answer) -> None:
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, str(refusal))


def _point(request: Any, point_id: UUID) -> tuple[ContactPoint, str, UUID]:
    row = ContactPoint.objects.filter(pk=point_id).first()
    if row is None:
        raise NotFound()
    kind, record_id = row.holder
    MODELS[kind].fetch(request.actor, record_id)
    return row, kind, record_id


def _id(text: str, field: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(_("Choose one from the list."), field=field) from None
