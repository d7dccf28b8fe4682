"""From a signed-in member to the Actor who signs."""

from datetime import datetime

from dawra.access.actor import Actor, Via
from dawra.team.models import Member, Team


def actor_for(member: Member, now: datetime, via: Via = "ui") -> Actor:
    """Who this member is today: what the role allows, whom it lets see, which teams' shares reach.

    member: with role and team at hand (select_related)
    Cost:   1 query for a role that sees its team, else none
    """
    above = frozenset(Team.ids_in(member.team.path)) if member.team else frozenset()
    role = member.role
    if role.sees == "all":
        sees = None
    elif role.sees == "team" and member.team:
        below = Member.objects.filter(team__path__startswith=member.team.path).values_list("id", flat=True)
        sees = frozenset(below) | {member.id}
    else:
        sees = frozenset({member.id})
    return Actor(
        member_id=member.id,
        name=member.name,
        now=now,
        permissions=frozenset(role.permissions),
        sees=sees,
        reached=above | {member.id},
        via=via,
    )
