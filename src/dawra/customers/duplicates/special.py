"""Where moving rows is not enough: which address and which company come first, and whose refusal counts."""

from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.duplicates import moving
from dawra.customers.duplicates.moving import Moved
from dawra.customers.models import Affiliation, Consent, ContactPoint
from dawra.customers.rules.merging import Said, withdrawn


def before(actor: Actor, kind: str, kept_id: UUID, gone_id: UUID, done: Moved) -> None:
    """Called before rows move."""
    _points(kind, kept_id, gone_id, done)
    if kind == "person":
        _one_company_first(kept_id, gone_id, done)
        _stricter(actor, kept_id, gone_id, done)
    else:
        _same_places(kept_id, gone_id, done)


def after(kind: str, kept_id: UUID) -> None:
    """Called when they are back: an address of each sort is the primary one."""
    points = list(ContactPoint.objects.filter(**{f"{kind}_id": kept_id}).order_by("id"))
    chosen = {point.kind for point in points if point.is_primary}
    for point in points:
        if point.kind not in chosen:
            chosen.add(point.kind)
            ContactPoint.objects.filter(pk=point.pk).update(is_primary=True)


def _points(kind: str, kept_id: UUID, gone_id: UUID, done: Moved) -> None:
    there = set(ContactPoint.objects.filter(**{f"{kind}_id": kept_id}).values_list("kind", flat=True))
    for point in ContactPoint.objects.filter(**{f"{kind}_id": gone_id}, kind__in=there, is_primary=True):
        moving.change(point, "is_primary", False, done)


def _one_company_first(kept_id: UUID, gone_id: UUID, done: Moved) -> None:
    open_ones = Affiliation.objects.filter(until_on__isnull=True, is_primary=True)
    if open_ones.filter(person_id=kept_id).exists():
        for link in open_ones.filter(person_id=gone_id):
            moving.change(link, "is_primary", False, done)


def _same_places(kept_id: UUID, gone_id: UUID, done: Moved) -> None:
    """Somebody who holds the same open place in both companies keeps the first mark."""
    mine = {(one.person_id, one.role): one for one in _open(kept_id)}
    for link in _open(gone_id).filter(is_primary=True):
        twin = mine.get((link.person_id, link.role))
        if twin is not None:
            moving.change(link, "is_primary", False, done)
            moving.change(twin, "is_primary", True, done)


def _open(company_id: UUID) -> Any:
    return Affiliation.objects.filter(company_id=company_id, until_on__isnull=True)


def _stricter(actor: Actor, kept_id: UUID, gone_id: UUID, done: Moved) -> None:
    """A refusal that a newer grant of the other record would hide is said once more, today."""
    for channel, refusal in withdrawn(_said(kept_id), _said(gone_id)).items():
        row = Consent.objects.create(
            person_id=kept_id, channel=channel, granted=False, basis=refusal.basis, given_at=actor.now,
            recorded_at=actor.now, recorded_by_id=actor.member_id, proof="Two records of one person were merged.",
        )  # fmt: skip
        moving.made(row, done)


def _said(person_id: UUID) -> dict[str, Said]:
    rows = Consent.objects.filter(person_id=person_id).order_by("given_at", "id")
    return {row.channel: Said(row.granted, row.basis, row.given_at) for row in rows}
