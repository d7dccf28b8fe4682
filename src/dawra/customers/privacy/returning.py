"""An address of somebody who asked to be erased comes again: said, and taken in only if a person wants it so.

Erasing is no ban: whoever comes back by themselves is a customer like any other. But an old list must not undo what was
asked for, so a form asks for a confirmation, a program gets an error, and a row of an import is rejected.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid
from dawra.customers.models import ContactPoint
from dawra.customers.privacy import ledger
from dawra.customers.rules import Point
from dawra.journal.actions import write
from dawra.journal.catalogue.customers import AddressWelcomed

KINDS = ("email", "phone", "social")
"""A site is a company's."""


class ErasedBefore(Conflict):
    """The address of somebody who was erased, and nobody said that they came back."""

    code = "erased_before"


def theirs_alone(person_ids: Iterable[UUID]) -> set[str]:
    """Digests of the addresses that these records have and nobody else has: a switchboard is not a person. 2 queries."""
    ids = list(person_ids)
    own = set(ContactPoint.objects.filter(person_id__in=ids, kind__in=KINDS).values_list("kind", "normal"))
    others = ContactPoint.objects.filter(normal__in=[normal for _kind, normal in own]).exclude(person_id__in=ids)
    return {ledger.digest(*one) for one in own - set(others.values_list("kind", "normal"))}


def erased_among(points: Iterable[Point]) -> list[Point]:
    """Those of the addresses that the ledger knows. No query."""
    known = ledger.addresses()
    return [one for one in points if known and one.kind in KINDS and ledger.digest(one.kind, one.normal) in known]


def must_not_be_erased(points: Iterable[Point]) -> None:
    """Raises ErasedBefore."""
    found = erased_among(points)
    if found:
        raise ErasedBefore(
            _(
                "“%(value)s” belonged to somebody who asked to be erased. Add them only if they came back by themselves."
            ),
            value=found[0].value,
        )


def welcome(actor: Actor, *, points: Iterable[Point], reason: str = "") -> None:
    """Somebody who was erased has come back by themselves: their addresses may be kept again.

    points: all that are meant; those the ledger does not know are passed over
    Writes: customers.address_welcomed.1, without the address
    Raises: Refused
    """
    actor.must("customers.work")
    found = erased_among(points)
    if not found:
        return
    ledger.welcome([ledger.digest(one.kind, one.normal) for one in found], actor.now)
    with transaction.atomic():
        write(actor, AddressWelcomed(len(found), reason.strip()[:300]), about=[])


def welcome_written(actor: Actor, *, points: Iterable[Point], reason: str) -> None:
    """The same for who answers for privacy, before an import is tried again. Raises Refused, Invalid."""
    actor.must("customers.privacy")
    points = list(points)
    if not reason.strip():
        raise Invalid(_("Say why: whoever asks later must be able to know."), field="reason")
    if not erased_among(points):
        raise Invalid(_("No erased person is known to have had this address."), field="address")
    welcome(actor, points=points, reason=reason)
