"""Letters to people: put into the outbox, and taken back while they wait there. `posting` sends them."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as said_now
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid
from dawra.customers.composing import LANGUAGES
from dawra.customers.merging.fields import FIELDS
from dawra.customers.merging.language import LONGEST_RESULT, clean, holes_in, left_over, one_line
from dawra.customers.models import Letter, LetterTemplate, Person
from dawra.customers.models.letter import QUEUED, TAKEN_BACK
from dawra.customers.queries import letters as queries
from dawra.customers.queries.records import may_reach
from dawra.journal.actions import write
from dawra.journal.catalogue import letters as told
from dawra.journal.models import Entry

WAITS = timedelta(seconds=60)  # so long a letter can be taken back
MOST_AT_ONCE = 200  # a member's letters that wait: letters to one at a time, not mailings


@dataclass(frozen=True, slots=True)
class LetterSaid:
    """to: one of the person's addresses, "" = the first. language: en or ar. about: the record it is written from."""

    subject: str
    body: str
    language: str
    to: str = ""
    template_id: UUID | None = None
    about: tuple[str, UUID] | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    letter: Letter
    entry: Entry


@transaction.atomic
def send_letter(actor: Actor, *, person_id: UUID, said: LetterSaid) -> Kept:
    """Put a letter to a person into the outbox; it leaves after a minute.

    Writes: customers.letter_queued.1; customers.letter_sent.1 once it has left
    Raises: Refused, NotFound, Invalid (empty, no address, a value missing), Conflict (the person does not want e-mail)
    """
    actor.must("customers.work")
    person: Person = Person.fetch(actor, person_id)
    subject, body = one_line(said.subject), clean(said.body).strip()
    _must_be_whole(subject, body, said)
    if may_reach(person.pk, "email") is False:
        raise Conflict(_("This person does not want e-mail. That is recorded under consent."))
    about_kind, about_id = said.about or ("", None)
    if about_id is not None and about_kind != "person":
        queries.written_from(actor, about_kind, about_id)
    if Letter.objects.filter(written_by=actor.member_id, state=QUEUED).count() >= MOST_AT_ONCE:
        raise Conflict(_("%(most)s of your letters wait already. Try again in a few minutes."), most=MOST_AT_ONCE)
    template = LetterTemplate.objects.filter(pk=said.template_id).first() if said.template_id else None
    letter = Letter.objects.create(
        person=person,
        about_kind=about_kind if about_id and about_kind != "person" else "",
        about_id=about_id if about_kind != "person" else None,
        template=template,
        language=said.language,
        to=_address(person, said.to),
        subject=subject,
        body=body,
        queued_at=actor.now,
        send_at=actor.now + WAITS,
        written_by_id=actor.member_id,
    )
    # About nobody yet: the timeline tells of letters that left. Whoever wrote it can take it back.
    return Kept(letter, write(actor, told.LetterQueued(letter.pk), about=[]))


@transaction.atomic
def take_back_letter(actor: Actor, *, letter_id: UUID, cause: Entry | None = None) -> Entry:
    """It stays here; nobody was written to.

    Writes: customers.letter_taken_back.1
    Raises: Refused, NotFound, Conflict (it has left)
    """
    actor.must("customers.work")
    letter = queries.fetch(actor, letter_id)
    waiting = Letter.objects.filter(pk=letter.pk, state=QUEUED)
    if not waiting.update(state=TAKEN_BACK, ended_at=actor.now, version=letter.version + 1):
        raise Conflict(_("This letter does not wait any more."))
    return write(actor, told.LetterTakenBack(letter.pk), about=[], cause=cause)


def _must_be_whole(subject: str, body: str, said: LetterSaid) -> None:
    if said.language not in LANGUAGES:
        raise Invalid(_("A letter is in English or in Arabic."), field="language")
    if not subject or len(subject) > 300:
        raise Invalid(_("Write a subject of at most 300 characters."), field="subject")
    if not body or len(body) > LONGEST_RESULT:
        raise Invalid(_("Write the letter."), field="body")
    for field, text in (("subject", said.subject), ("body", said.body)):
        if missing := holes_in(text):
            named = ", ".join(f"⟦{path}⟧" for path in missing)
            raise Invalid(
                said_now("Nothing is known for %(fields)s: write it yourself.") % {"fields": named}, field=field
            )
        if left := left_over(text, FIELDS.groups):
            raise Invalid(
                said_now("“%(field)s” would be sent as it stands: write what is meant.") % {"field": left}, field=field
            )


def _address(person: Person, wanted: str) -> str:
    there = queries.addresses(person)
    if not there:
        raise Invalid(_("No e-mail address of this person is known. Add one first."), field="to")
    to = wanted.strip() or there[0]
    if to.lower() not in {one.lower() for one in there}:
        raise Invalid(_("Choose one of the person's addresses."), field="to")
    try:
        validate_email(to)
    except ValidationError:
        raise Invalid(_("This is no e-mail address."), field="to") from None
    return to
