"""What access asks of this room: names, holders of roles, and who sees whose records."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import get_language

from dawra.access import doors
from dawra.access.doors import Named, Seer
from dawra.access.queries import title_of
from dawra.figures.words import named
from dawra.team.models import Member, Team


class TeamDirectory:
    def named(self, ids: Iterable[UUID]) -> dict[UUID, Named]:
        """Active members and living teams among the ids. 2 queries."""
        wanted = list(ids)
        members = Member.objects.filter(pk__in=wanted, is_active=True).select_related("team")
        teams = Team.objects.filter(pk__in=wanted, archived_at__isnull=True)
        return {one.id: one for one in [*map(_member, members), *map(_team, teams)]}

    def whom(self) -> list[Named]:
        """Everybody a record can be shared with, by name. 2 queries."""
        members = Member.objects.filter(is_active=True).select_related("team").order_by("name", "id")
        teams = Team.objects.filter(archived_at__isnull=True).order_by("name", "id")
        return [*map(_team, teams), *map(_member, members)]

    def seers(self, owner_id: UUID | None, permission: str) -> list[Seer]:
        """The owner, managers of the teams above, and roles that see everything. 2 queries."""
        owner = Member.objects.select_related("team").filter(pk=owner_id).first() if owner_id else None
        path = owner.team.path if owner and owner.team else ""
        found: list[Seer] = [Seer(_member(owner), "owner")] if owner and owner.is_active else []
        others = Member.objects.filter(is_active=True).exclude(role__sees="own").select_related("role", "team")
        for member in others.order_by("name", "id"):
            if member.pk == owner_id or permission not in member.role.permissions:
                continue
            if member.role.sees == "all":
                found.append(Seer(_member(member), "all", title_of(member.role)))
            elif path and member.team and path.startswith(member.team.path):
                found.append(Seer(_member(member), "manager", _read(member.team.name, member.team.name_ar)))
        return found

    def holders(self) -> dict[UUID, list[Named]]:
        """Active members by role. 1 query."""
        held: dict[UUID, list[Named]] = {}
        for member in Member.objects.filter(is_active=True).select_related("team").order_by("name", "id"):
            held.setdefault(member.role_id, []).append(_member(member))
        return held


def _member(member: Member) -> Named:
    team = member.team
    return Named("member", member.pk, member.name, member.name_ar, _read(team.name, team.name_ar) if team else "")


def _read(name: str, name_ar: str) -> str:
    return named(name, name_ar, (get_language() or "en").split("-")[0])


def _team(team: Team) -> Named:
    return Named("team", team.pk, team.name, team.name_ar)


doors.open_directory(TeamDirectory())
