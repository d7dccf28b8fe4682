"""Letter templates: written, changed, archived. What cannot be read is refused with where and how it is written instead."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid, NotFound, Stale
from dawra.customers import composing
from dawra.customers.merging import saying
from dawra.customers.merging.faults import Faulty
from dawra.customers.merging.fields import FIELDS, read
from dawra.customers.models import LetterTemplate
from dawra.journal.actions import write
from dawra.journal.catalogue import letters as told
from dawra.journal.models import Entry

MOST_TEMPLATES = 300


@dataclass(frozen=True, slots=True)
class TemplateSaid:
    """name, name_ar: as chosen from a list. Texts in the merge language; one of the two languages may be empty."""

    name: str
    name_ar: str = ""
    subject: str = ""
    body: str = ""
    subject_ar: str = ""
    body_ar: str = ""


@transaction.atomic
def write_template(
    actor: Actor,
    *,
    said: TemplateSaid,
    template_id: UUID | None = None,
    version: int | None = None,
    cause: Entry | None = None,
) -> tuple[LetterTemplate, Entry | None]:
    """Keep a letter to begin others from, or change one; letters already written stay as they are.

    Writes: customers.letter_template_saved.1 (nothing if nothing differs)
    Raises: Refused, NotFound, Stale, Invalid (its field says which text, its words where and how it is written instead)
    """
    actor.must("customers.fields")
    wanted = _checked(said)
    if template_id is None:
        if LetterTemplate.objects.filter(archived_at__isnull=True).count() >= MOST_TEMPLATES:
            raise Invalid(
                _("There are %(most)s templates already. Archive one first."), field="name", most=MOST_TEMPLATES
            )
        row = LetterTemplate.objects.create(**wanted)
        before: dict[str, Any] = {}
    else:
        row = _fetch(template_id)
        before = _texts(row)
        if before == _texts_of(wanted) and version in (None, row.version):
            return row, None
        _change(row, wanted | {"is_starter": False, "is_sample": False}, version)
    fact = told.LetterTemplateSaved(row.pk, row.name, before, _texts(row))
    return row, write(actor, fact, about=[], cause=cause)


@transaction.atomic
def archive_template(
    actor: Actor, *, template_id: UUID, version: int | None = None, cause: Entry | None = None
) -> Entry | None:
    """Nobody begins a letter from it any more.

    Writes: customers.letter_template_archived.1
    Raises: Refused, NotFound, Stale
    """
    actor.must("customers.fields")
    row = _fetch(template_id)
    if row.archived_at is not None:
        return None
    _change(row, {"archived_at": actor.now}, version)
    return write(actor, told.LetterTemplateArchived(row.pk, row.name), about=[], cause=cause)


@transaction.atomic
def bring_back_template(
    actor: Actor, *, template_id: UUID, version: int | None = None, cause: Entry | None = None
) -> Entry | None:
    """It can be chosen again.

    Writes: customers.letter_template_back.1
    Raises: Refused, NotFound, Stale
    """
    actor.must("customers.fields")
    row = _fetch(template_id)
    if row.archived_at is None:
        return None
    _change(row, {"archived_at": None}, version)
    return write(actor, told.LetterTemplateBack(row.pk, row.name), about=[], cause=cause)


def faults_in(said: TemplateSaid) -> dict[str, list[str]]:
    """What is wrong with each text, in the reader's language; {} if nothing is. At most 3 queries."""
    known = FIELDS.known()
    found = {}
    for name in ("subject", "body", "subject_ar", "body_ar"):
        try:
            read(getattr(said, name), known, is_line=name.startswith("subject"))
        except Faulty as wrong:
            found[name] = saying.sentences(wrong.faults)
    return found


def _checked(said: TemplateSaid) -> dict[str, Any]:
    wanted: dict[str, Any] = {name: str(text).replace("\r\n", "\n").strip() for name, text in asdict(said).items()}
    if not wanted["name"] or len(wanted["name"]) > 80 or len(wanted["name_ar"]) > 80:
        raise Invalid(_("Give the template a name of at most 80 characters."), field="name")
    pairs = (("subject", "body"), ("subject_ar", "body_ar"))
    if not wanted["body"] and not wanted["body_ar"]:
        raise Invalid(_("Write the letter in at least one language."), field="body")
    for subject, body in pairs:
        if bool(wanted[subject]) != bool(wanted[body]):
            raise Invalid(_("A letter has a subject and a text."), field=body if wanted[subject] else subject)
        if len(wanted[subject]) > 300:
            raise Invalid(_("A subject has at most 300 characters."), field=subject)
    wrong = faults_in(TemplateSaid(**wanted))
    for name, sentences in wrong.items():
        raise Invalid(" ".join(sentences), field=name)
    texts: Iterable[str] = (wanted[name] for pair in pairs for name in pair)
    return wanted | {"groups": composing.groups_of(*texts, known=FIELDS.known())}


def _texts(row: LetterTemplate) -> dict[str, Any]:
    return {name: getattr(row, name) for name in TemplateSaid.__slots__}


def _texts_of(wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: wanted[name] for name in TemplateSaid.__slots__}


def _fetch(template_id: UUID) -> LetterTemplate:
    row = LetterTemplate.objects.filter(pk=template_id).first()
    if row is None:
        raise NotFound()
    return row


def _change(row: LetterTemplate, values: dict[str, Any], version: int | None) -> None:
    seen = row.version if version is None else version
    if not LetterTemplate.objects.filter(pk=row.pk, version=seen).update(version=seen + 1, **values):
        now = LetterTemplate.objects.get(pk=row.pk)
        theirs = {name: getattr(now, name) for name in values}
        raise Stale(record="letter_template", id=row.pk, version=now.version, theirs=theirs, yours=values)
    for name, value in values.items():
        setattr(row, name, value)
    row.version = seen + 1
