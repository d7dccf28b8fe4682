"""Whether we may reach a person over a channel: recorded by somebody, with a reason; never set silently."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.customers.models import Consent, Person
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import ConsentRecorded
from dawra.journal.models import Entry

CHANNELS = ("email", "phone", "sms", "whatsapp", "post")
GRANTS = ("consent", "contract", "legitimate_interest", "legal_duty")


@dataclass(frozen=True, slots=True)
class NewConsent:
    """granted:  may we, or may we no longer
    basis:    consent, contract, legitimate_interest, legal_duty; objection where it is withdrawn
    wording:  the words agreed to. proof: where that can be seen. given_at: when it was said (aware), not typed
    """

    channel: str
    granted: bool
    basis: str
    wording: str = ""
    proof: str = ""
    given_at: datetime | None = None


@transaction.atomic
def record_consent(actor: Actor, *, person_id: UUID, consent: NewConsent, cause: Entry | None = None) -> Entry:
    """Keep that a person allowed, or withdrew, contact over a channel. Earlier rows stay.

    Writes: customers.consent_recorded.1
    Raises: Refused, NotFound, Invalid
    """
    actor.must("customers.work")
    person: Person = Person.fetch(actor, person_id)
    given_at = consent.given_at or actor.now
    if consent.channel not in CHANNELS:
        raise Invalid(_("Choose a channel."), field="channel")
    if consent.basis not in (GRANTS if consent.granted else (*GRANTS, "objection")):
        raise Invalid(_("Choose on what basis."), field="basis")
    if consent.granted and consent.basis == "consent" and not consent.wording.strip():
        raise Invalid(_("Write the words the person agreed to."), field="wording")
    if given_at > actor.now:
        raise Invalid(_("This lies in the future."), field="given_at")
    row = Consent.objects.create(
        person=person,
        channel=consent.channel,
        granted=consent.granted,
        basis=consent.basis,
        wording=consent.wording.strip()[:5000],
        proof=consent.proof.strip()[:5000],
        given_at=given_at,
        recorded_at=actor.now,
        recorded_by_id=actor.member_id,
    )
    fact = ConsentRecorded(person.pk, row.pk, row.channel, row.granted, row.basis)
    return write(actor, fact, about=[person], at=given_at, cause=cause)
