"""Reading the company: its people and teams, who is away, what one should know."""

from dawra.team.queries.notices import Notice, notices, unread
from dawra.team.queries.people import (
    InvitationCard,
    LeaveCard,
    MemberCard,
    TeamCard,
    invitations,
    leaves_of,
    member,
    members,
    members_by_id,
    myself,
    team,
    teams,
    workspace,
)

__all__ = [
    "InvitationCard",
    "LeaveCard",
    "MemberCard",
    "Notice",
    "TeamCard",
    "invitations",
    "leaves_of",
    "member",
    "members",
    "members_by_id",
    "myself",
    "notices",
    "team",
    "teams",
    "unread",
    "workspace",
]
