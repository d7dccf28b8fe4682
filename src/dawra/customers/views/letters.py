"""Writing a letter to a person, and what became of letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dawra.access import kinds
from dawra.access.answering import put_into
from dawra.access.errors import Answer, Invalid, NotFound
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers import composing
from dawra.customers.actions import letters as actions
from dawra.customers.forms.letters import LANGUAGES, LetterForm
from dawra.customers.letter_words import STATES, TONES
from dawra.customers.merging import saying
from dawra.customers.merging.faults import Faulty
from dawra.customers.merging.fields import FIELDS, About
from dawra.customers.models import Person
from dawra.customers.queries import letters as queries
from dawra.customers.queries.records import may_reach
from dawra.figures.words import named
from dawra.journal.telling import tell

ASKED = ("state__is", "person__is", "after")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is being written: from which record, to whom, from which template, in which language.

    title: the record's name; of a lead, which has none, that of whoever asked
    """

    record: Any
    title: str
    people: list[tuple[str, str]]
    person: Person | None
    template_id: UUID | None
    language: str


@require_http_methods(["GET", "HEAD", "POST"])
@opens("customers.work", record="record")
def compose(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    """From the page of a person, a company, a deal or a lead: choose whom and a template, read over, send."""
    sheet = _sheet(request, kind, record_id, request.POST if request.method == "POST" else request.GET)
    addresses = queries.addresses(sheet.person) if sheet.person else []
    merged, problem = _merged(request, sheet)
    initial = {"subject": merged.subject, "body": merged.body} if merged else {}
    posted = request.method == "POST" and sheet.person is not None
    form = LetterForm(request.POST if posted else None, initial=initial, addresses=addresses, language=sheet.language)
    status = 200
    if posted and sheet.person is not None:
        status = 422
        if form.is_valid():
            said = actions.LetterSaid(
                **form.cleaned_data, language=sheet.language, template_id=sheet.template_id, about=(kind, record_id)
            )
            try:
                kept = actions.send_letter(request.actor, person_id=sheet.person.pk, said=said)
            except Answer as answer:
                status = put_into(form, answer)
            else:
                there = HttpResponseRedirect(kinds.address(kind, record_id))
                return tell(request, there, _("The letter leaves in a minute."), undo=kept.entry)
    return render(request, "customers/letter_form.html", _takes(request, sheet, form, merged, problem), status=status)


@require_safe
@opens("customers.read")
def letters(request: SignedRequest) -> HttpResponse:
    """The log: what was written to whom, and what became of it."""
    found, after = queries.letters(request.actor, queries.LETTERS.parse(_query(request)), request.reader.language)
    takes = {
        "letters": found,
        "after": after,
        "states": list(STATES.items()),
        "state": request.GET.get("state__is", ""),
        "words": STATES,
        "tones": TONES,
    }
    return render(request, "customers/letters.html", takes)


@require_safe
@opens("customers.read", record="letter")
def letter(request: SignedRequest, letter_id: UUID) -> HttpResponse:
    card = queries.letter(request.actor, letter_id, request.reader.language)
    again = f"{reverse('customers:write_letter', args=['person', card.person_id])}?again={card.id}"
    takes = {"letter": card, "state": STATES[card.state], "tone": TONES[card.state], "again": again}
    takes["may_write"] = request.actor.may("customers.work")
    return render(request, "customers/letter.html", takes)


@require_POST
@opens("customers.work", record="letter")
def take_back(request: SignedRequest, letter_id: UUID) -> HttpResponse:
    actions.take_back_letter(request.actor, letter_id=letter_id)
    here = HttpResponseRedirect(reverse("customers:letter", args=[letter_id]))
    return tell(request, here, _("Taken back; nobody was written to."))


def _sheet(request: SignedRequest, kind: str, record_id: UUID, asked: Mapping[str, str]) -> Sheet:
    record: Any = queries.written_from(request.actor, kind, record_id)
    reads = request.reader.language
    if isinstance(record, Person):
        person: Person | None = record
        people = [(str(record.pk), named(record.name, record.name_ar, reads))]
    else:
        if kind not in FIELDS.people:
            raise NotFound()
        found = FIELDS.people[kind](request.actor, record_id)
        people = [(str(key), named(name, name_ar, reads)) for key, name, name_ar in found]
        wanted = asked.get("person") or (people[0][0] if people else "")
        # Only who stands on the record: nobody is written to "about a deal" they have no part in.
        person = Person.fetch(request.actor, UUID(wanted)) if wanted in dict(people) else None
    if hasattr(record, "name"):
        title = named(record.name, getattr(record, "name_ar", ""), reads)
    else:
        title = people[0][1] if people else ""
    template_id = _id(asked.get("template", ""))
    language = asked.get("language", "")
    if language not in composing.LANGUAGES:
        language = composing.language_of(person) if person else reads
        if template_id is not None:
            language = composing.written_in(queries.template(template_id), language)
    return Sheet(record, title, people, person, template_id, language)


def _merged(request: SignedRequest, sheet: Sheet) -> tuple[composing.Draft | None, str]:
    """The template filled in; or the words of a letter that is written again. Else what is wrong with the template."""
    if sheet.person is None or request.method == "POST":
        return None, ""
    if again := _id(request.GET.get("again", "")):
        card = queries.letter(request.actor, again, request.reader.language)
        return composing.Draft(card.language, card.subject, card.body, ()), ""
    if sheet.template_id is None:
        return None, ""
    about = About(sheet.person.pk, sheet.record.kind, sheet.record.pk, sheet.language)
    try:
        return composing.draft(request.actor, queries.template(sheet.template_id), about), ""
    except Faulty as wrong:
        return None, " ".join(saying.sentences(wrong.faults))


def _takes(
    request: SignedRequest, sheet: Sheet, form: LetterForm, merged: composing.Draft | None, problem: str
) -> dict[str, Any]:
    known = FIELDS.known() if merged and merged.missing else {}
    reads = request.reader.language
    return {
        "sheet": sheet,
        "form": form,
        "address": kinds.address(sheet.record.kind, sheet.record.pk),
        "templates": queries.templates(kind=sheet.record.kind),
        "languages": LANGUAGES,
        "missing": [(path, label_of(known[path], reads)) for path in merged.missing] if merged else [],
        "problem": problem,
        "may_reach": may_reach(sheet.person.pk, "email") if sheet.person else None,
        "has_address": sheet.person is None or bool(form.fields["to"].choices),  # type: ignore[attr-defined]
    }


def label_of(offered: Any, language: str) -> str:
    return named(offered.name, offered.name_ar, language) if offered.name else _(offered.label)


def _query(request: SignedRequest) -> QueryDict:
    """What the page itself asks; an empty filter asks nothing."""
    query = request.GET.copy()
    for name in [name for name in query if name not in ASKED or not query[name]]:
        del query[name]
    return query


def _id(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(_("There is no such template."), field="template") from None
