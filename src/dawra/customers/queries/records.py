"""What the page of one person or company shows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.models import Affiliation, Company, Consent, ContactPoint, LifecycleChange, Person
from dawra.customers.queries.lists import link_to

MOST_LINKS = 50


@dataclass(frozen=True, slots=True)
class PointCard:
    id: UUID
    kind: str
    value: str
    normal: str
    label: str
    is_primary: bool

    @property
    def address(self) -> str:
        """Where a click leads; only ever a scheme of ours."""
        if self.kind == "email":
            return f"mailto:{self.value}"
        if self.kind == "phone":
            return f"tel:{self.normal}"
        return self.value if self.value.startswith(("https://", "http://")) else ""


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """One link between a person and a company, seen from either side; link leads to the other side."""

    id: UUID
    link: Any
    role: str
    is_primary: bool
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True, slots=True)
class ConsentCard:
    channel: str
    granted: bool
    basis: str
    wording: str
    proof: str
    given_at: datetime
    recorded_by: str


def points_of(record: Person | Company) -> list[PointCard]:
    """The primary one of each kind first. 1 query."""
    rows = ContactPoint.objects.filter(**{record.kind: record}).order_by("kind", "-is_primary", "id")
    return [PointCard(p.pk, p.kind, p.value, p.normal, p.label, p.is_primary) for p in rows]


def companies_of(actor: Actor, person: Person, language: str) -> list[PlaceCard]:
    """Present ones first, then past ones; only companies the actor may see. 2 queries."""
    rows = list(Affiliation.objects.filter(person=person).order_by("-is_primary", "id")[:MOST_LINKS])
    seen = {c.pk: c for c in Company.objects.visible_to(actor).filter(pk__in=[r.company_id for r in rows])}
    return _places(rows, {row.pk: seen.get(row.company_id) for row in rows}, language)


def people_of(actor: Actor, company: Company, language: str) -> list[PlaceCard]:
    """Present ones first, then past ones; only people the actor may see. 2 queries."""
    rows = list(Affiliation.objects.filter(company=company).order_by("-is_primary", "id")[:MOST_LINKS])
    seen = {p.pk: p for p in Person.objects.visible_to(actor).filter(pk__in=[r.person_id for r in rows])}
    return _places(rows, {row.pk: seen.get(row.person_id) for row in rows}, language)


def consents_of(person: Person) -> list[ConsentCard]:
    """What counts now: the newest row of each channel. 1 query."""
    newest: dict[str, ConsentCard] = {}
    for row in Consent.objects.filter(person=person).select_related("recorded_by").order_by("given_at", "recorded_at"):
        by = row.recorded_by.name if row.recorded_by else ""
        newest[row.channel] = ConsentCard(row.channel, row.granted, row.basis, row.wording, row.proof, row.given_at, by)
    return list(newest.values())


def may_reach(person_id: UUID, channel: str) -> bool | None:
    """Whether a person allowed contact over a channel; None where nobody has asked. 1 query."""
    row = Consent.objects.filter(person_id=person_id, channel=channel).order_by("-given_at", "-recorded_at").first()
    return row.granted if row else None


def lifecycle_of(record_id: UUID) -> list[LifecycleChange]:
    """Every transition, oldest first. 1 query."""
    return list(LifecycleChange.objects.filter(record_id=record_id).order_by("changed_at", "id"))


def _places(rows: list[Affiliation], others: dict[UUID, Any], language: str) -> list[PlaceCard]:
    cards = [
        PlaceCard(row.pk, link_to(others[row.pk], language), row.role, row.is_primary, row.from_on, row.until_on)
        for row in rows
        if others[row.pk] is not None
    ]
    return sorted(cards, key=lambda card: card.until_on is not None)
