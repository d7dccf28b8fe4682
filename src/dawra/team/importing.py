"""Members and teams that come with an import: parts of the import's own act, which asks and commits."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from dawra.access.actor import Actor
from dawra.access.models import Role
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue.team import MemberChanged, TeamSaved
from dawra.team.models import Member, Team

NOWHERE = "imported.invalid"
"""RFC 6761: no address under .invalid can ever be reached."""


@dataclass(frozen=True, slots=True)
class Brought:
    id: UUID
    is_new: bool


def bring_team(actor: Actor, *, name: str, parent_id: UUID | None = None) -> Brought:
    """A living team of this name under this parent, made if there is none.

    Writes:  team.team_saved.1 if it is new
    """
    actor.must("team.manage")
    for team in Team.objects.filter(parent_id=parent_id, archived_at__isnull=True):
        if fold(name) in (fold(team.name), fold(team.name_ar)):
            return Brought(team.pk, False)
    parent = Team.objects.get(pk=parent_id) if parent_id else None
    team = Team(name=name[:80], parent=parent)
    team.path = (parent.path if parent else "/") + team.id.hex + "/"
    team.save(force_insert=True)
    journal.write_many(actor, [(TeamSaved(team.pk, team.name, {"name": [None, team.name]}), [team], actor.now)])
    return Brought(team.pk, True)


def member_of(*, name: str, email: str = "") -> UUID | None:
    """Whom a row means: who has this e-mail, else the only one of this name in either script. 1 query."""
    everybody = list(Member.objects.values_list("id", "email", "name", "name_ar"))
    if email:
        for pk, mail, *_names in everybody:
            if fold(mail) == fold(email):
                return pk
    same = [pk for pk, _mail, *names in everybody if fold(name) in map(fold, names)]
    return same[0] if len(same) == 1 else None


def bring_member(actor: Actor, *, name: str, role: str, team_id: UUID | None, email: str = "") -> Brought:
    """Whom the row means if somebody is meant (`member_of`); else a new one who cannot sign in until invited.

    The address of a new one is random and unreachable, the password unusable, the member inactive: records can
    belong to them, nobody can become them.
    Writes:  team.member_changed.1 for a new one
    """
    actor.must("team.manage")
    meant = member_of(name=name, email=email)
    if meant is not None:
        return Brought(meant, False)
    member = Member(
        email=f"{secrets.token_hex(12)}@{NOWHERE}",
        name=name[:120],
        role=Role.objects.get(code=role),
        team_id=team_id,
        is_active=False,
        created_at=actor.now,
    )
    member.set_unusable_password()
    member.save(force_insert=True)
    made = MemberChanged(member.pk, {"name": [None, member.name]}, member.name)
    journal.write_many(actor, [(made, [member], actor.now)])
    return Brought(member.pk, True)


def take_member_back(actor: Actor, *, member_id: UUID) -> bool:
    """Remove a member whom an import made: nobody could ever sign in as them, and nothing refers to them.

    Gives:   False if somebody is meant who may sign in, or whom anything refers to
    Writes:  team.member_changed.1
    """
    actor.must("team.manage")
    member = Member.objects.filter(pk=member_id, is_active=False, email__endswith=f"@{NOWHERE}").first()
    if member is None or _is_referred_to(member):
        return False
    gone, name = Gone(member.pk), member.name
    member.delete()
    journal.write_many(actor, [(MemberChanged(gone.pk, {"name": [name, None]}, name), [gone], actor.now)])
    return True


@dataclass(frozen=True, slots=True)
class Gone:
    """A member as the journal names one who is no longer there."""

    pk: UUID
    kind: str = "member"


def _is_referred_to(member: Member) -> bool:
    for one in member._meta.get_fields(include_hidden=True):
        if one.auto_created and not one.concrete and one.related_model._base_manager.filter(**{one.field.name: member}):  # type: ignore[union-attr]
            return True
    return False


def move_member(actor: Actor, *, member_id: UUID, team_id: UUID | None) -> None:
    """Into the team the file now names.

    Writes:  team.member_changed.1 if it is another one
    """
    actor.must("team.manage")
    member = Member.objects.get(pk=member_id)
    if team_id is None or member.team_id == team_id:
        return
    before, member.team_id = member.team_id, team_id
    member.save(update_fields=["team"])
    moved = MemberChanged(member.pk, {"team_id": [before, team_id]}, member.name)
    journal.write_many(actor, [(moved, [member], actor.now)])
