"""Members and teams of the sample company: they own records, nobody can sign in as them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import ProtectedError

from dawra.access.actor import Actor
from dawra.access.models import Role
from dawra.team.models import Member, Team, Workspace

NOWHERE = "sample.invalid"


@dataclass(frozen=True, slots=True)
class NewMember:
    id: UUID
    name: str
    name_ar: str
    role: str
    team_id: UUID


def write_teams(actor: Actor, teams: Sequence[tuple[UUID, str, str]]) -> None:
    """(id, name, Arabic name); those that are there stay."""
    actor.must("workspace.operate")
    there = set(Team.objects.filter(pk__in=[team[0] for team in teams]).values_list("id", flat=True))
    for key, name, name_ar in teams:
        if key not in there:
            Team.objects.create(id=key, name=name, name_ar=name_ar, path=f"/{key.hex}/")


def write_members(actor: Actor, members: Sequence[NewMember]) -> None:
    """Those that are there stay. The address can never be reached, the password never be given."""
    actor.must("workspace.operate")
    roles = {role.code: role for role in Role.objects.all()}
    there = set(Member.objects.filter(pk__in=[member.id for member in members]).values_list("id", flat=True))
    for new in members:
        if new.id in there:
            continue
        member = Member(
            id=new.id, email=f"{new.id.hex}@{NOWHERE}", name=new.name, name_ar=new.name_ar, role=roles[new.role],
            team_id=new.team_id, is_active=False, is_sample=True, created_at=actor.now,
        )  # fmt: skip
        member.set_unusable_password()
        member.save(force_insert=True)


def sample_members() -> list[UUID]:
    return list(Member.objects.filter(is_sample=True).values_list("id", flat=True))


def take_out(team_ids: Sequence[UUID]) -> int:
    """Remove the sample's members and teams; one that something still points at stays, as a deactivated member.

    Returns how many stayed.
    """
    kept = 0
    for member in Member.objects.filter(is_sample=True):
        try:
            member.delete()
        except ProtectedError:
            Member.objects.filter(pk=member.pk).update(is_sample=False, team=None)
            kept += 1
    for team in Team.objects.filter(pk__in=team_ids, members__isnull=True, children__isnull=True):
        team.delete()
    return kept


def mark_loaded(at: datetime | None) -> None:
    Workspace.objects.filter(pk=1).update(sample_loaded_at=at)
