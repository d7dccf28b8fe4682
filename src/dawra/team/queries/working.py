"""When members work and when they are away, for rooms that count working time or give out work."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from dawra.team.models import Leave, Member


@dataclass(frozen=True, slots=True)
class Leaving:
    """Days away, both ends included. covered_by: who stands in."""

    from_on: date
    until_on: date
    covered_by: UUID | None

    def holds(self, day: date) -> bool:
        return self.from_on <= day <= self.until_on

    def days(self) -> list[date]:
        return [self.from_on + timedelta(days=n) for n in range((self.until_on - self.from_on).days + 1)]


@dataclass(frozen=True, slots=True)
class Working:
    """hours: {"1": ["09:00", "17:00"]}, {} if never said. zone: "" = the company's. leaves: those asked about."""

    id: UUID
    name: str
    name_ar: str
    team_id: UUID | None
    zone: str
    hours: dict[str, list[str]]
    permissions: frozenset[str]
    is_active: bool
    leaves: tuple[Leaving, ...] = ()

    def leave_on(self, day: date) -> Leaving | None:
        return next((one for one in self.leaves if one.holds(day)), None)


def working(ids: Collection[UUID] | None = None, *, since: date, until: date) -> dict[UUID, Working]:
    """Active members, or those of the ids whoever they are, with the leaves that touch those days. 2 queries."""
    rows = Member.objects.filter(is_active=True) if ids is None else Member.objects.filter(pk__in=list(ids))
    found = list(rows.select_related("role").order_by("name", "id"))
    away: dict[UUID, list[Leaving]] = {}
    leaves = Leave.objects.filter(member__in=[row.pk for row in found], from_on__lte=until, until_on__gte=since)
    for one in leaves.order_by("from_on", "id"):
        away.setdefault(one.member_id, []).append(Leaving(one.from_on, one.until_on, one.covered_by_id))
    return {
        row.pk: Working(
            row.pk, row.name, row.name_ar, row.team_id, row.time_zone, row.working_hours, frozenset(row.role.permissions),
            row.is_active, tuple(away.get(row.pk, ())),
        )
        for row in found
    }  # fmt: skip
