"""Who of us knows somebody: members who have dealt with a person or company, by how much and how lately."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.models import Activity, ActivityLink, Affiliation

HALF_LIFE_DAYS = 90.0  # after so many days an act counts half: our choice, a quarter of a year
WEIGHTS = {"meeting": 3.0, "call": 2.0, "email": 1.0, "note": 0.5, "task": 0.5}
MOST_ACTS = 1000
MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Knows:
    """strength: acts, each weighed by its kind and halved for every quarter of a year since. share: of the strongest, 0..100"""

    member_id: UUID
    name: str
    name_ar: str
    acts: int
    last_at: datetime
    strength: float
    share: int


def who_knows(actor: Actor, record_id: UUID) -> list[Knows]:
    """Members with past activities about a record, or about people now at a company; the strongest first. 2 queries."""
    at = Affiliation.objects.filter(company_id=record_id, until_on__isnull=True).values_list("person_id", flat=True)
    about = [record_id, *at[:200]]
    links = ActivityLink.objects.filter(record_id__in=about).values("activity_id")
    rows = (
        Activity.objects.visible_to(actor)
        .filter(pk__in=links, happened_at__isnull=False, happened_at__lte=actor.now, owner__isnull=False)
        .order_by("-happened_at", "-id")
        .values_list("owner_id", "owner__name", "owner__name_ar", "what", "happened_at")[:MOST_ACTS]
    )
    names: dict[UUID, tuple[str, str]] = {}
    acts: dict[UUID, int] = defaultdict(int)
    last: dict[UUID, datetime] = {}
    strength: dict[UUID, float] = defaultdict(float)
    for owner, name, name_ar, what, happened_at in rows:
        names[owner] = (name, name_ar)
        acts[owner] += 1
        last.setdefault(owner, happened_at)
        days = max(0.0, (actor.now - happened_at).total_seconds() / 86_400)
        strength[owner] += WEIGHTS.get(what, 1.0) * 0.5 ** (days / HALF_LIFE_DAYS)
    order = sorted(names, key=lambda one: (-strength[one], str(one)))[:MOST_SHOWN]
    most = strength[order[0]] if order else 1.0
    return [
        Knows(one, *names[one], acts[one], last[one], strength[one], round(100 * strength[one] / (most or 1.0)))
        for one in order
    ]
