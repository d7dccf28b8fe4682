"""Whether somebody of us has turned to a customer since a moment: what first answers are measured by."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from dawra.customers.models import Activity, ActivityLink, Affiliation, Company, Person

# What a machine sent of itself is no answer, even if a member's token logged it.
AUTOMATIC = ("auto_reply", "automatic")


@dataclass(frozen=True, slots=True)
class Contacted:
    """When, and which member."""

    at: datetime
    by: UUID


def first_contact_since(record_id: UUID, since: datetime) -> Contacted | None:
    """The first call or e-mail of ours, or meeting, that a member logged about a person or company. 1 query.

    Whoever asks answers for a record; who may see the activity does not matter to a clock.
    """
    linked = ActivityLink.objects.filter(activity=OuterRef("pk"), record_id=record_id)
    ours = Q(what__in=("call", "email"), direction="out") | Q(what="meeting")
    rows = Activity._base_manager.filter(
        ours, Exists(linked), happened_at__gte=since, deleted_at__isnull=True, created_by__isnull=False
    ).exclude(outcome__in=AUTOMATIC)
    found = rows.order_by("happened_at", "id").values_list("happened_at", "created_by_id").first()
    if found is None or found[0] is None:
        return None
    return Contacted(found[0], found[1])


@dataclass(frozen=True, slots=True)
class Known:
    """What giving a record to somebody asks about it."""

    country: str
    language: str
    owner_id: UUID | None


def known_of(kind: str, record_id: UUID) -> Known:
    """Country, language and owner of a person or company; a person without a country has their company's. 1 or 2 queries."""
    model = Person if kind == "person" else Company
    row = model._base_manager.values_list("country", "language", "owner_id").get(pk=record_id)
    known = Known(*row)
    if known.country or kind != "person":
        return known
    works = Affiliation.objects.filter(person_id=record_id, until_on__isnull=True).order_by("-is_primary", "id")
    country = works.values_list("company__country", flat=True).first() or ""
    return Known(country, known.language, known.owner_id)
