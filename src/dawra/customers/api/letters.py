"""Letters to people and the templates they begin from, for programs: the same actions as the pages."""

from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access.contract import (
    Body,
    as_json,
    described,
    list_json,
    parameters_of,
    record_json,
    version_wanted,
)
from dawra.access.errors import Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers import composing
from dawra.customers.actions import letter_templates as templates
from dawra.customers.actions import letters as actions
from dawra.customers.merging import saying
from dawra.customers.merging.faults import Faulty
from dawra.customers.merging.fields import FIELDS, About
from dawra.customers.models import Person
from dawra.customers.queries import letters as queries

router = Router(tags=["letters"])
READ, WORK = described(permission="customers.read"), described(permission="customers.work")
DESIGN, CHANGE = described(permission="customers.fields"), described(permission="customers.fields", tagged=True)


class LetterTemplateBody(Body):
    """Texts in the merge language, such as {person.first_name|or:"there"}; one of the two languages may be empty."""

    name: str = Field(min_length=1, max_length=80)
    name_ar: str = Field(default="", max_length=80)
    subject: str = Field(default="", max_length=300)
    body: str = Field(default="", max_length=20_000)
    subject_ar: str = Field(default="", max_length=300)
    body_ar: str = Field(default="", max_length=20_000)


class LetterBody(Body):
    """to: one of the person's addresses, "" = the first. template_id alone merges it; subject and body are sent as they are.

    language: "" = the person's. about_kind, about_id: the deal, company or lead it is written from.
    """

    to: str = Field(default="", max_length=320)
    template_id: UUID | None = None
    subject: str = Field(default="", max_length=300)
    body: str = Field(default="", max_length=50_000)
    language: Literal["", "en", "ar"] = ""
    about_kind: Literal["", "deal", "company", "lead"] = ""
    about_id: UUID | None = None


@router.get(
    "/letter-templates", operation_id="list_letter_templates", summary="Letter templates in use",
    openapi_extra=described(permission="customers.work"),
)  # fmt: skip
@opens("customers.work")
def list_letter_templates(request: SignedRequest) -> HttpResponse:
    return list_json([queries.plain_template(queries.template(one.id)) for one in queries.templates()], "")


@router.post(
    "/letter-templates", operation_id="add_letter_template", summary="Write a letter template", openapi_extra=DESIGN
)
@opens("customers.fields")
def add_letter_template(request: SignedRequest, body: LetterTemplateBody) -> HttpResponse:
    row, _entry = templates.write_template(request.actor, said=templates.TemplateSaid(**body.model_dump()))
    return record_json(queries.plain_template(row), status=201)


@router.get(
    "/letter-templates/{letter_template_id}", operation_id="letter_template", summary="One letter template",
    openapi_extra=described(permission="customers.work"),
)  # fmt: skip
@opens("customers.work")
def letter_template(request: SignedRequest, letter_template_id: UUID) -> HttpResponse:
    return record_json(queries.plain_template(queries.template(letter_template_id)))


@router.put(
    "/letter-templates/{letter_template_id}", operation_id="change_letter_template",
    summary="Say a letter template anew", openapi_extra=CHANGE,
)  # fmt: skip
@opens("customers.fields")
def change_letter_template(request: SignedRequest, letter_template_id: UUID, body: LetterTemplateBody) -> HttpResponse:
    said, version = templates.TemplateSaid(**body.model_dump()), version_wanted(request)
    row, _entry = templates.write_template(request.actor, said=said, template_id=letter_template_id, version=version)
    return record_json(queries.plain_template(row))


@router.post(
    "/letter-templates/{letter_template_id}/archive", operation_id="archive_letter_template",
    summary="Nobody begins from it any more", openapi_extra=CHANGE,
)  # fmt: skip
@opens("customers.fields")
def archive_letter_template(request: SignedRequest, letter_template_id: UUID) -> HttpResponse:
    version = version_wanted(request)
    templates.archive_template(request.actor, template_id=letter_template_id, version=version)
    return record_json(queries.plain_template(queries.template(letter_template_id)))


@router.post(
    "/letter-templates/{letter_template_id}/bring-back", operation_id="bring_letter_template_back",
    summary="It can be chosen again", openapi_extra=CHANGE,
)  # fmt: skip
@opens("customers.fields")
def bring_letter_template_back(request: SignedRequest, letter_template_id: UUID) -> HttpResponse:
    version = version_wanted(request)
    templates.bring_back_template(request.actor, template_id=letter_template_id, version=version)
    return record_json(queries.plain_template(queries.template(letter_template_id)))


@router.get(
    "/letters", operation_id="list_letters", summary="Letters, newest first, and what became of them",
    openapi_extra=described(permission="customers.read", parameters=parameters_of(queries.LETTERS)),
)  # fmt: skip
@opens("customers.read")
def list_letters(request: SignedRequest) -> HttpResponse:
    found, following = queries.letters(request.actor, queries.LETTERS.parse(request.GET), request.reader.language)
    return list_json([queries.plain(card) for card in found], following)


@router.get("/letters/{letter_id}", operation_id="letter", summary="One letter", openapi_extra=READ)
@opens("customers.read", record="letter")
def letter(request: SignedRequest, letter_id: UUID) -> HttpResponse:
    return record_json(queries.plain(queries.letter(request.actor, letter_id, request.reader.language)))


@router.post(
    "/people/{person_id}/letters", operation_id="send_letter", summary="Put a letter into the outbox; it leaves after a minute",
    openapi_extra=WORK,
)  # fmt: skip
@opens("customers.work", record="person")
def send_letter(request: SignedRequest, person_id: UUID, body: LetterBody) -> HttpResponse:
    kept = actions.send_letter(request.actor, person_id=person_id, said=_said(request, person_id, body))
    card = queries.letter(request.actor, kept.letter.pk, request.reader.language)
    return as_json(queries.plain(card) | {"undo": kept.entry.key}, 202)


@router.post(
    "/letters/{letter_id}/take-back", operation_id="take_letter_back", summary="Keep a letter that still waits",
    openapi_extra=WORK,
)  # fmt: skip
@opens("customers.work", record="letter")
def take_letter_back(request: SignedRequest, letter_id: UUID) -> HttpResponse:
    actions.take_back_letter(request.actor, letter_id=letter_id)
    return record_json(queries.plain(queries.letter(request.actor, letter_id, request.reader.language)))


def _said(request: SignedRequest, person_id: UUID, body: LetterBody) -> actions.LetterSaid:
    """Raises Invalid where the template cannot be read any more."""
    person = Person.fetch(request.actor, person_id)
    kind, record_id = (body.about_kind, body.about_id) if body.about_id else ("person", person_id)
    if kind and kind != "person":
        # As on the pages: only to who stands on the record.
        FIELDS.people[kind](request.actor, record_id)
    language = body.language or composing.language_of(person)
    subject, text = body.subject, body.body
    if body.template_id is not None and not subject and not text:
        row = queries.template(body.template_id)
        language = body.language or composing.written_in(row, language)
        try:
            draft = composing.draft(request.actor, row, About(person_id, kind or "person", record_id, language))
        except Faulty as wrong:
            raise Invalid(" ".join(saying.sentences(wrong.faults)), field="template_id") from None
        subject, text = draft.subject, draft.body
    return actions.LetterSaid(
        subject, text, language, to=body.to, template_id=body.template_id, about=(kind or "person", record_id)
    )
