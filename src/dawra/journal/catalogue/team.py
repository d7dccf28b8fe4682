"""What happens in the company: members, teams, roles, shares, tokens."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dawra.journal.catalogue import gettext_noop as _
from dawra.journal.catalogue import kind, personal


@kind("team.workspace_set_up.1", _("{actor} set up {company}"), icon="building-store")
@dataclass(frozen=True, slots=True)
class WorkspaceSetUp:
    company: str
    currency: str


@kind("team.workspace_changed.1", _("{actor} changed the company's settings: {fields}"), icon="settings")
@dataclass(frozen=True, slots=True)
class WorkspaceChanged:
    changes: dict[str, list[Any]]


@kind("team.mail_server_changed.1", _("{actor} changed the mail server: {fields}"), icon="mail-check")
@dataclass(frozen=True, slots=True)
class MailServerChanged:
    """A password is told as changed, never shown."""

    changes: dict[str, list[Any]]


@kind("team.mail_server_removed.1", _("{actor} removed the mail server {host}"), icon="mail")
@dataclass(frozen=True, slots=True)
class MailServerRemoved:
    host: str


@kind("team.member_invited.1", _("{actor} invited {email}"), icon="user-plus")
@dataclass(frozen=True, slots=True)
class MemberInvited:
    invitation_id: UUID
    role: str
    email: str = personal()


@kind("team.invitation_withdrawn.1", _("{actor} withdrew the invitation of {email}"), icon="user-minus")
@dataclass(frozen=True, slots=True)
class InvitationWithdrawn:
    invitation_id: UUID
    email: str = personal()


@kind("team.member_joined.1", _("{member} joined"), icon="user-check", tone="good")
@dataclass(frozen=True, slots=True)
class MemberJoined:
    member_id: UUID
    member: str = personal()


@kind("team.member_changed.1", _("{actor} changed {member}: {fields}"), icon="user-edit")
@dataclass(frozen=True, slots=True)
class MemberChanged:
    member_id: UUID
    changes: dict[str, list[Any]]
    member: str = personal()


@kind("team.member_deactivated.1", _("{actor} deactivated {member}; {heir} takes over"), icon="user-off", tone="bad")
@dataclass(frozen=True, slots=True)
class MemberDeactivated:
    member_id: UUID
    heir_id: UUID | None
    counts: dict[str, int]
    heir: str = ""
    member: str = personal()


@kind("team.member_reactivated.1", _("{actor} reactivated {member}"), icon="user-check")
@dataclass(frozen=True, slots=True)
class MemberReactivated:
    member_id: UUID
    member: str = personal()


@kind("team.calendar_feed_made.1", _("{actor} made an address for the calendar of {member}"), icon="calendar")
@dataclass(frozen=True, slots=True)
class CalendarFeedMade:
    """renewed: an earlier address ended with it"""

    member_id: UUID
    renewed: bool
    member: str = personal()


@kind("team.calendar_feed_ended.1", _("{actor} ended the calendar address of {member}"), icon="calendar-off")
@dataclass(frozen=True, slots=True)
class CalendarFeedEnded:
    member_id: UUID
    member: str = personal()


@kind("team.team_saved.1", _("{actor} saved the team {team}"), icon="users-group")
@dataclass(frozen=True, slots=True)
class TeamSaved:
    team_id: UUID
    team: str
    changes: dict[str, list[Any]]


@kind("team.leave_set.1", _("{actor} set the leave of {member} from {from_on} to {until_on}"), icon="beach")
@dataclass(frozen=True, slots=True)
class LeaveSet:
    member_id: UUID
    from_on: str
    until_on: str
    member: str = personal()


@kind("team.view_saved.1", _("{actor} saved the view {view}"), icon="star")
@dataclass(frozen=True, slots=True)
class ViewSaved:
    view_id: UUID
    view: str
    record_kind: str


@kind("team.view_removed.1", _("{actor} removed the view {view}"), icon="star-off")
@dataclass(frozen=True, slots=True)
class ViewRemoved:
    """query: what the view asked, so that it can be brought back"""

    view_id: UUID
    view: str
    record_kind: str
    query: dict[str, Any]
    is_shared: bool
    holder_id: UUID


@kind("access.role_saved.1", _("{actor} changed the role {role}"), icon="shield-check")
@dataclass(frozen=True, slots=True)
class RoleSaved:
    role_id: UUID
    role: str
    changes: dict[str, list[Any]]


@kind("access.record_shared.1", _("{actor} shared {name} with {whom}: {reason}"), icon="share")
@dataclass(frozen=True, slots=True)
class RecordShared:
    record_kind: str
    record_id: UUID
    with_kind: str
    with_id: UUID
    whom: str
    reason: str
    name: str = personal()


@kind("access.share_ended.1", _("{actor} ended the sharing of {name} with {whom}"), icon="share-off")
@dataclass(frozen=True, slots=True)
class ShareEnded:
    record_kind: str
    record_id: UUID
    with_kind: str
    with_id: UUID
    whom: str
    reason: str
    name: str = personal()


@kind("access.token_made.1", _("{actor} made the token {token}"), icon="key")
@dataclass(frozen=True, slots=True)
class TokenMade:
    token_id: UUID
    token: str
    scopes: list[str]


@kind("access.token_revoked.1", _("{actor} revoked the token {token}"), icon="key-off")
@dataclass(frozen=True, slots=True)
class TokenRevoked:
    token_id: UUID
    token: str
