"""Bringing somebody in: an invitation is bound to one address, opens once and ends after a week."""

import hashlib
import secrets
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound, Refused
from dawra.access.models import Role
from dawra.journal.actions import write
from dawra.journal.catalogue.team import InvitationWithdrawn, MemberInvited, MemberJoined
from dawra.team import rules
from dawra.team.models import Invitation, Member, Team, Workspace
from dawra.team.passwords import check_password

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Invited:
    """key: goes into the link, shown and mailed now and never again."""

    invitation: Invitation
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who accepts. An empty password: signs in elsewhere (OpenID Connect) only."""

    name: str
    name_ar: str = ""
    language: str = ""
    password: str = field(default="", repr=False)


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def invite(actor: Actor, *, email: str, role_id: UUID, team_id: UUID | None, name: str = "") -> Invited:
    """Make a way in for one address; an earlier one for the same address ends.

    Writes:  team.member_invited.1
    Raises:  Refused, Invalid, Conflict (already a member)
    """
    actor.must("team.manage")
    if actor.member_id is None:
        raise Refused()
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(_("Write an e-mail address, such as name@example.com."), field="email") from None
    if Member.objects.filter(email__iexact=email).exists():
        raise Conflict(_("This address already belongs to a member."))
    role = Role.objects.filter(pk=role_id).first()
    if role is None:
        raise Invalid(_("Choose a role."), field="role")
    if not actor.everything and not actor.permissions.issuperset(role.permissions):
        raise Refused(_("You can only give roles that allow no more than your own."))
    team = living_team(team_id)
    Invitation.objects.filter(email=email, used_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=actor.now
    )
    key = secrets.token_urlsafe(KEY_BYTES)
    invitation = Invitation.objects.create(
        email=email,
        name=name.strip()[:120],
        role=role,
        team=team,
        key_hash=hash_of(key),
        invited_by_id=actor.member_id,
        invited_at=actor.now,
        expires_at=actor.now + rules.INVITATION_LASTS,
    )
    write(actor, MemberInvited(invitation_id=invitation.pk, role=role.name or role.code, email=email), about=[])
    return Invited(invitation, key)


@transaction.atomic
def withdraw_invitation(actor: Actor, *, invitation_id: UUID) -> None:
    """Close a way in that nobody has used.

    Writes:  team.invitation_withdrawn.1
    Raises:  Refused, NotFound
    """
    actor.must("team.manage")
    found = Invitation.objects.filter(pk=invitation_id).first()
    if found is None or not Invitation.objects.filter(
        pk=invitation_id, used_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=actor.now):
        raise NotFound()
    write(actor, InvitationWithdrawn(invitation_id=found.pk, email=found.email), about=[])


@transaction.atomic
def accept_invitation(actor: Actor, *, key_hash: str, newcomer: Newcomer) -> Member:
    """Become a member, with the address, role and team of the invitation. It opens once.

    actor:    Actor.system("invitation", now): whoever holds the key has no other name yet
    key_hash: hash_of(the key in the link)
    Writes:  team.member_joined.1
    Raises:  NotFound (unknown, used, withdrawn, expired), Invalid, Conflict
    """
    actor.must("team.manage")
    return _join(actor, live(actor, key_hash=key_hash), newcomer)


@transaction.atomic
def accept_by_address(actor: Actor, *, email: str, newcomer: Newcomer) -> Member | None:
    """Somebody whose address an OpenID Connect provider has verified takes up the invitation to it, if there is one.

    Writes:  team.member_joined.1
    """
    actor.must("team.manage")
    try:
        found = live(actor, email=email.strip().lower())
    except NotFound:
        return None
    return _join(actor, found, newcomer)


def live(actor: Actor, **which: str) -> Invitation:
    """The open invitation; looking at it uses nothing up. Raises NotFound."""
    found = (
        Invitation.objects.select_related("role", "team", "invited_by")
        .filter(Q(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=actor.now), **which)
        .filter(invited_by__is_active=True)
        .first()
    )
    if found is None:
        raise NotFound(_("This invitation has been used, withdrawn or is more than 7 days old. Ask for a new one."))
    return found


def living_team(team_id: UUID | None) -> Team | None:
    """Part of giving somebody a team. Raises Invalid."""
    if team_id is None:
        return None
    team = Team.objects.filter(pk=team_id, archived_at__isnull=True).first()
    if team is None:
        raise Invalid(_("Choose a team."), field="team")
    return team


def _join(actor: Actor, invitation: Invitation, newcomer: Newcomer) -> Member:
    if not newcomer.name.strip() or len(newcomer.name) > 120:
        raise Invalid(_("Write your name."), field="name")
    workspace = Workspace.objects.get(pk=1)
    member = Member(
        email=invitation.email,
        name=newcomer.name.strip(),
        name_ar=newcomer.name_ar.strip()[:120],
        role=invitation.role,
        team=invitation.team,
        language=newcomer.language if newcomer.language in rules.LANGUAGES else workspace.language,
        created_at=actor.now,
    )
    if newcomer.password:
        check_password(newcomer.password, member)
        member.set_password(newcomer.password)
    else:
        member.set_unusable_password()
    if not Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True, withdrawn_at__isnull=True).update(
        used_at=actor.now
    ):
        raise NotFound()
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("This address already belongs to a member.")) from None
    write(actor, MemberJoined(member_id=member.pk, member=member.name), about=[member])
    return member
