"""Editing many at once: choose what, see how many, apply, undo."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dawra.access.errors import Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers import places
from dawra.customers.actions.bulk import Change, edit_many, start_bulk
from dawra.customers.forms.choosing import PersonField
from dawra.customers.forms.custom import custom_field
from dawra.customers.models import BulkRun
from dawra.customers.queries import lists
from dawra.customers.queries.fields import fields_of
from dawra.customers.queries.stages import stage_choices
from dawra.customers.views.listing import WORDS
from dawra.figures.words import named
from dawra.journal.telling import tell


@require_POST
@opens("records.bulk")
def people(request: SignedRequest) -> HttpResponse:
    return _bulk(request, "person")


@require_POST
@opens("records.bulk")
def companies(request: SignedRequest) -> HttpResponse:
    return _bulk(request, "company")


def _bulk(request: Any, kind: str) -> HttpResponse:
    """First which field, then its value, then done; every step carries the choice along as hidden inputs."""
    chosen, everything = _chosen(request), request.POST.get("which") == "all"
    asked = request.POST.get("asked", "")
    back = reverse(f"customers:{WORDS[kind].part}") + (f"?{asked}" if asked else "")
    if not chosen and not everything:
        raise Invalid(_("Choose at least one row."), field="id")
    field, problem = request.POST.get("field", ""), ""
    asked_for = _input(request, kind, field) if field else None
    if field and "apply" in request.POST:
        try:
            change = Change(field, _value(asked_for, request.POST))
            if everything:
                run = start_bulk(request.actor, kind=kind, asked=asked, change=change)
                return HttpResponseRedirect(reverse("customers:bulk_run", args=[run.pk]))
            entry = edit_many(request.actor, kind=kind, ids=chosen, change=change)
        except ValidationError as refusal:
            problem = refusal.messages[0]
        except Invalid as refusal:
            problem = str(refusal)
        else:
            count = entry.facts["count"]
            text = ngettext("%(count)s record changed", "%(count)s records changed", count) % {"count": count}
            return tell(request, HttpResponseRedirect(back), text, undo=entry)
    takes = {
        "kind": kind, "ids": chosen, "which": "all" if everything else "chosen", "asked": asked, "back": back,
        "fields": _fields(request, kind), "field": field, "input": asked_for or "",
        "problem": problem, "words": WORDS[kind],
    }  # fmt: skip
    return render(request, "customers/bulk.html", takes, status=422 if problem else 200)


@require_GET
@opens("records.bulk")
def run(request: SignedRequest, run_id: UUID) -> HttpResponse:
    """How far a bulk edit is; looks again by itself until it is done."""
    found = BulkRun.objects.select_related("entry").filter(pk=run_id, member=request.actor.member_id).first()
    if found is None:
        raise NotFound()
    part = WORDS[found.record_kind].part
    takes = {"run": found, "back": reverse(f"customers:{part}") + (f"?{found.asked}" if found.asked else "")}
    return render(request, "customers/bulk_run.html", takes)


def _chosen(request: Any) -> list[UUID]:
    try:
        return [UUID(text) for text in dict.fromkeys(request.POST.getlist("id"))]
    except ValueError:
        raise Invalid(_("Choose at least one row."), field="id") from None


def _fields(request: Any, kind: str) -> list[tuple[str, str]]:
    language = request.reader.language
    known = [
        ("lifecycle", _("Lifecycle stage")), ("country", _("Country")), ("tag_add", _("Add a tag")),
        ("tag_remove", _("Remove a tag")),
    ]  # fmt: skip
    if request.actor.may("records.assign"):
        known.insert(0, ("owner", _("Owner")))
    return [*known, *((f"custom.{f.key}", named(f.name, f.name_ar, language)) for f in fields_of(kind))]


def _value(asked_for: Any, post: Any) -> Any:
    """What was entered, as written; a person as an id. Raises ValidationError."""
    if isinstance(asked_for.field, PersonField):
        return asked_for.field.clean(asked_for.field.widget.value_from_datadict(post, {}, "value"))
    values = post.getlist("value")
    return values if len(values) > 1 else "".join(values)


def _input(request: Any, kind: str, field: str) -> Any:
    """The input for a new value, drawn."""
    from django import forms

    language, name = request.reader.language, dict(_fields(request, kind)).get(field, "")
    choices: Any = {
        "owner": lambda: [("", _("Nobody")), *lists.owner_choices(language)],
        "lifecycle": lambda: stage_choices(language),
        "country": lambda: [("", "—"), *places.countries(language)],
    }.get(field)
    if field.startswith("custom."):
        found = next((f for f in fields_of(kind) if f.key == field[7:]), None)
        if found is None:
            raise NotFound()
        wanted: forms.Field = custom_field(found, None, language, actor=request.actor)
    elif choices:
        wanted = forms.ChoiceField(choices=choices(), required=False)
    else:
        wanted = forms.CharField(max_length=60, required=False)
    wanted.label, wanted.required = name, False
    form = forms.Form(initial={})
    form.fields["value"] = wanted
    return form["value"]
