"""Letters and their templates, as pages and programs read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dawra.access import kinds
from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.listing import Field, Listing, Query
from dawra.access.record import Record
from dawra.customers.merging.fields import FIELDS
from dawra.customers.models import ContactPoint, Letter, LetterTemplate, Person
from dawra.customers.models.letter import LETTER_STATES
from dawra.figures.words import named

TEXTS = ("name", "name_ar", "subject", "body", "subject_ar", "body_ar")
LETTERS = Listing(
    fields={
        "state": Field("state", "choice", _("State"), choices=LETTER_STATES),
        "person": Field("person_id", "id", _("Person")),
        "member": Field("written_by_id", "id", _("Written by")),
        "template": Field("template_id", "id", _("Template")),
        "about": Field("about_id", "id", _("Record")),
        "queued": Field("queued_at", "moment", _("Written on")),
    },
    sorts={"queued": "queued_at"},
    default_sort="-queued",
)


@dataclass(frozen=True, slots=True)
class TemplateCard:
    id: UUID
    version: int
    name: str
    name_ar: str
    languages: tuple[str, ...]
    groups: tuple[str, ...]
    is_starter: bool
    is_archived: bool


@dataclass(frozen=True, slots=True)
class LetterCard:
    """to: "" once the person was erased. can_take_back: it still waits, and the actor may."""

    id: UUID
    version: int
    person_id: UUID
    person: str
    about_kind: str
    about_id: UUID | None
    template_id: UUID | None
    language: str
    to: str
    subject: str
    body: str
    state: str
    queued_at: datetime
    send_at: datetime
    ended_at: datetime | None
    tries: int
    told: str
    member_id: UUID | None
    member: str
    can_take_back: bool


def templates(*, archived: bool = False, kind: str | None = None) -> list[TemplateCard]:
    """By name; with kind only those that can be used from such a record. 1 query."""
    rows = LetterTemplate.objects.order_by("name", "id")
    if not archived:
        rows = rows.filter(archived_at__isnull=True)
    return [_template(row) for row in rows if kind is None or _fits(row.groups, kind)]


def template(template_id: UUID) -> LetterTemplate:
    """Raises NotFound; 1 query."""
    row = LetterTemplate.objects.filter(pk=template_id).first()
    if row is None:
        raise NotFound()
    return row


def plain_template(row: LetterTemplate) -> dict[str, Any]:
    names = ("id", "version", *TEXTS, "groups", "is_starter")
    return {name: getattr(row, name) for name in names} | {"archived": row.archived_at is not None}


def letters(actor: Actor, asked: Query, language: str) -> tuple[list[LetterCard], str]:
    """Letters to people the actor may see, newest first, and the mark of the next page. 1 query."""
    page = LETTERS.page(_visible(actor), asked)
    return [_letter(actor, row, language) for row in page.rows], page.next


def letter(actor: Actor, letter_id: UUID, language: str) -> LetterCard:
    """Raises NotFound; 1 query."""
    return _letter(actor, fetch(actor, letter_id), language)


def fetch(actor: Actor, letter_id: UUID) -> Letter:
    """Whoever sees the person sees what was written to them. Raises NotFound; 1 query."""
    row: Letter | None = _visible(actor).filter(pk=letter_id).first()
    if row is None:
        raise NotFound()
    return row


def plain(card: LetterCard) -> dict[str, Any]:
    return {name: getattr(card, name) for name in LetterCard.__slots__}


def written_from(actor: Actor, kind: str, record_id: UUID) -> Record:
    """The record a letter is written from, or about. Raises NotFound, Refused; 1 query."""
    if kind in FIELDS.reads:
        actor.must(FIELDS.reads[kind])
        return kinds.fetch(actor, kind, record_id)
    return kinds.open_record(actor, kind, record_id)


def addresses(person: Person) -> list[str]:
    """Where a person can be written to, the first first. 1 query."""
    rows = ContactPoint.objects.filter(person=person, kind="email").order_by("-is_primary", "id")
    return list(rows.values_list("value", flat=True))


def _visible(actor: Actor) -> QuerySet[Any]:
    actor.must("customers.read")
    people = Person.objects.visible_to(actor)
    return Letter.objects.filter(person__in=people).select_related("person", "written_by")


def _fits(groups: Iterable[str], kind: str) -> bool:
    return all(group in FIELDS.groups and FIELDS.groups[group].kind in ("", kind) for group in groups)


def _template(row: LetterTemplate) -> TemplateCard:
    languages = tuple(code for code, text in (("en", row.body), ("ar", row.body_ar)) if text)
    archived = row.archived_at is not None
    return TemplateCard(
        row.pk, row.version, row.name, row.name_ar, languages, tuple(row.groups), row.is_starter, archived
    )


def _letter(actor: Actor, row: Letter, language: str) -> LetterCard:
    by = row.written_by
    return LetterCard(
        id=row.pk,
        version=row.version,
        person_id=row.person_id,
        person=named(row.person.name, row.person.name_ar, language),
        about_kind=row.about_kind,
        about_id=row.about_id,
        template_id=row.template_id,
        language=row.language,
        to=row.to,
        subject=row.subject,
        body=row.body,
        state=row.state,
        queued_at=row.queued_at,
        send_at=row.send_at,
        ended_at=row.ended_at,
        tries=row.tries,
        told=row.told,
        member_id=row.written_by_id,
        member=named(by.name, by.name_ar, language) if by else "",
        can_take_back=row.state == "queued" and actor.may("customers.work"),
    )
