"""Settings: letter templates, checked while they are written and looked at with a real contact."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers import composing
from dawra.customers.actions import letter_templates as actions
from dawra.customers.forms.letters import TemplateForm
from dawra.customers.merging.fields import FIELDS, About, Offered
from dawra.customers.merging.filters import FILTERS
from dawra.customers.merging.language import fill
from dawra.customers.models import LetterTemplate, Person
from dawra.customers.queries import letters as queries
from dawra.customers.views.letters import label_of
from dawra.figures.words import named
from dawra.journal.telling import tell

MOST_CONTACTS = 20


@require_safe
@opens("customers.fields")
def templates(request: SignedRequest) -> HttpResponse:
    """1 query."""
    every = queries.templates(archived=True)
    shown, archived = [one for one in every if not one.is_archived], [one for one in every if one.is_archived]
    return render(request, "customers/letter_templates.html", {"templates": shown, "archived": archived})


@require_http_methods(["GET", "HEAD", "POST"])
@opens("customers.fields")
def add(request: SignedRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@opens("customers.fields")
def template(request: SignedRequest, letter_template_id: UUID) -> HttpResponse:
    return _edit(request, queries.template(letter_template_id))


@require_POST
@opens("customers.fields")
def archive(request: SignedRequest, letter_template_id: UUID) -> HttpResponse:
    entry = actions.archive_template(request.actor, template_id=letter_template_id)
    return tell(request, _back(), _("Template archived."), undo=entry)


@require_POST
@opens("customers.fields")
def bring_back(request: SignedRequest, letter_template_id: UUID) -> HttpResponse:
    entry = actions.bring_back_template(request.actor, template_id=letter_template_id)
    return tell(request, _back(), _("The template can be used again."), undo=entry)


def _edit(request: SignedRequest, row: LetterTemplate | None) -> HttpResponse:
    stands = {name: getattr(row, name) for name in queries.TEXTS} if row else {}
    form, status = TemplateForm(request.POST or None, initial=stands), 200
    looks = request.POST.get("act") == "look"
    if request.method == "POST" and looks and request.htmx:
        return render(request, "customers/letter_look.html", {"looks": _looks(request, form)})
    if request.method == "POST" and not looks:
        status = 422
        if form.is_valid():
            version = request.POST.get("version", "")
            try:
                _kept, entry = actions.write_template(
                    request.actor,
                    said=form.said(),
                    template_id=row.pk if row else None,
                    version=int(version) if version.isdecimal() else None,
                )
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return tell(request, _back(), _("Template saved."), undo=entry)
    takes = {
        "form": form,
        "row": row,
        "groups": _fields(request),
        "filters": [one.example for one in FILTERS.values()],
        "contacts": _contacts(request),
        "contact": request.POST.get("contact", ""),
        "looks": _looks(request, form) if row or looks else [],
    }
    return render(request, "customers/letter_template.html", takes, status=status)


def _looks(request: SignedRequest, form: TemplateForm) -> list[dict[str, Any]]:
    """Each language's text as the chosen contact would read it, or what is wrong with it."""
    texts = {name: str(form[name].value() or "").replace("\r\n", "\n") for name in queries.TEXTS}
    said = actions.TemplateSaid(**texts)
    wrong = actions.faults_in(said)
    person = _chosen(request)
    found: list[dict[str, Any]] = []
    for language, subject, body in (("en", said.subject, said.body), ("ar", said.subject_ar, said.body_ar)):
        suffix = "_ar" if language == "ar" else ""
        faults = [*wrong.get(f"subject{suffix}", []), *wrong.get(f"body{suffix}", [])]
        if not subject and not body:
            continue
        look: dict[str, Any] = {"language": language, "faults": faults, "draft": None}
        if not faults:
            look["draft"] = _draft(request, person, language, subject, body)
        found.append(look)
    return found


def _draft(request: SignedRequest, person: Person | None, language: str, subject: str, body: str) -> composing.Draft:
    """Without any contact yet: every field shows where it will stand."""
    known = FIELDS.known()
    if person is not None:
        about = About(person.pk, "person", person.pk, language)
        return composing.merged(request.actor, about, subject, body, known)
    from dawra.customers.merging.language import parse

    filled = [fill(parse(text), {}, lambda value, filters: None) for text in (subject, body)]
    return composing.Draft(language, filled[0].text, filled[1].text, ())


def _contacts(request: SignedRequest) -> list[tuple[str, str]]:
    rows = Person.objects.visible_to(request.actor).order_by("-updated_at", "-id")[:MOST_CONTACTS]
    return [(str(row.pk), named(row.name, row.name_ar, request.reader.language)) for row in rows]


def _chosen(request: SignedRequest) -> Person | None:
    rows = Person.objects.visible_to(request.actor)
    wanted = request.POST.get("contact", "")
    if wanted:
        try:
            return rows.filter(pk=UUID(wanted)).first()
        except ValueError:
            raise Invalid(_("Choose one of the contacts."), field="contact") from None
    return rows.order_by("-updated_at", "-id").first()


def _fields(request: SignedRequest) -> list[dict[str, Any]]:
    """What can be inserted, by group: path and label."""
    reads = request.reader.language

    def shown(one: Offered) -> tuple[str, str]:
        return "{" + one.path + "}", label_of(one, reads)

    return [
        {"label": _(group.label), "kind": group.kind, "fields": [shown(one) for one in group.all()]}
        for group in FIELDS.groups.values()
    ]


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("customers:letter_templates"))
