"""Members, teams, leaves and invitations, as frozen cards."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Subquery

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.queries import title_of
from dawra.team import rules
from dawra.team.choices import DAYS
from dawra.team.models import Invitation, Leave, Member, Notification, Team, Workspace


@dataclass(frozen=True, slots=True)
class MemberCard:
    """role_title: source text, translated where it is shown. away_until: last day of a leave that holds today."""

    id: UUID
    name: str
    name_ar: str
    email: str
    title: str
    role_id: UUID
    role_title: str
    team_id: UUID | None
    team: str
    team_ar: str
    is_active: bool
    away_until: date | None
    stand_in: str
    working_hours: dict[str, list[str]]
    version: int

    @property
    def days(self) -> list[dict[str, Any]]:
        """Working days in the week's order, for the page."""
        return [
            {"name": name, "begins": hours[0], "ends": hours[1]}
            for number, name in DAYS
            if (hours := self.working_hours.get(str(number)))
        ]


@dataclass(frozen=True, slots=True)
class TeamCard:
    """depth: 0 at the top."""

    id: UUID
    name: str
    name_ar: str
    parent_id: UUID | None
    depth: int
    version: int
    members: list[MemberCard] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LeaveCard:
    id: int
    from_on: date
    until_on: date
    stand_in: str


@dataclass(frozen=True, slots=True)
class InvitationCard:
    id: UUID
    email: str
    name: str
    role_title: str
    team: str
    invited_by: str
    invited_at: datetime
    expires_at: datetime
    has_expired: bool


def workspace() -> Workspace | None:
    """The company of this installation; None before the first run. 1 query."""
    return Workspace.objects.filter(pk=1).first()


def habits() -> Workspace:
    """The company's habits, or what holds before it is set up. 1 query."""
    return workspace() or Workspace(base_currency="USD")


def signing_in(**who: Any) -> Member | None:
    """The member of an id or an e-mail with role and team, whoever asks: for signing in. 1 query.

    `unread` comes along, for the bell that every page shows.
    """
    theirs = Notification.objects.filter(member=OuterRef("pk"), read_at__isnull=True, cleared_at__isnull=True)
    count = theirs.order_by().values("member").annotate(n=Count("pk")).values("n")
    return Member.objects.select_related("role", "team").annotate(unread=Subquery(count)).filter(**who).first()


def today(actor: Actor) -> date:
    company = workspace()
    return actor.now.astimezone(ZoneInfo(company.time_zone if company else "UTC")).date()


def members(actor: Actor, *, active: bool | None = True) -> list[MemberCard]:
    """Everybody by name; active=None for those who left too. 3 queries."""
    actor.must("team.read")
    rows = Member.objects.select_related("role", "team")
    if active is not None:
        rows = rows.filter(is_active=active)
    away = _away(today(actor))
    return [_card(row, away.get(row.pk)) for row in rows.order_by("name", "id")]


def members_by_id(ids: Iterable[UUID]) -> dict[UUID, MemberCard]:
    """Names for owners already seen on records. 1 query."""
    return {row.pk: _card(row, None) for row in Member.objects.filter(pk__in=list(ids)).select_related("role", "team")}


def member(actor: Actor, member_id: UUID) -> MemberCard:
    """Raises NotFound; 3 queries."""
    actor.must("team.read")
    row = Member.objects.select_related("role", "team").filter(pk=member_id).first()
    if row is None:
        raise NotFound()
    return _card(row, _away(today(actor)).get(row.pk))


def myself(actor: Actor) -> Member:
    """The member who signs, for the profile page. Raises NotFound; 1 query."""
    found: Member | None = Member.objects.select_related("role", "team").filter(pk=actor.member_id).first()
    if found is None:
        raise NotFound()
    return found


def teams(actor: Actor) -> list[TeamCard]:
    """The tree from the top down, each team before those below it, by name. 1 query."""
    actor.must("team.read")
    below: dict[UUID | None, list[Team]] = {}
    rows = list(Team.objects.filter(archived_at__isnull=True).order_by("name", "id"))
    living = {row.pk for row in rows}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in living else None, []).append(row)

    def walk(parent_id: UUID | None, depth: int) -> Iterable[TeamCard]:
        for row in below.get(parent_id, []):
            yield TeamCard(row.pk, row.name, row.name_ar, row.parent_id, depth, row.version)
            yield from walk(row.pk, depth + 1)

    return list(walk(None, 0))


def team(actor: Actor, team_id: UUID) -> TeamCard:
    """Raises NotFound; 1 query."""
    found = next((card for card in teams(actor) if card.id == team_id), None)
    if found is None:
        raise NotFound()
    return found


def teams_to_move_under(actor: Actor, team_id: UUID) -> list[TeamCard]:
    """Where a team may go: anywhere but below itself. 2 queries."""
    own = Team.objects.filter(pk=team_id).values_list("path", flat=True).first()
    paths = dict(Team.objects.values_list("pk", "path"))
    return [card for card in teams(actor) if own is None or not rules.would_circle(own, paths[card.id])]


def leaves_of(actor: Actor, member_id: UUID) -> list[LeaveCard]:
    """Present and coming leaves of a member, the nearest first. 2 queries."""
    if actor.member_id != member_id:
        actor.must("team.read")
    rows = Leave.objects.filter(member_id=member_id, until_on__gte=today(actor)).select_related("covered_by")
    return [
        LeaveCard(row.pk, row.from_on, row.until_on, row.covered_by.name if row.covered_by else "")
        for row in rows.order_by("from_on", "id")
    ]


def invitations(actor: Actor) -> list[InvitationCard]:
    """Ways in that nobody has used or withdrawn, the newest first. 1 query."""
    actor.must("team.manage")
    rows = Invitation.objects.filter(used_at__isnull=True, withdrawn_at__isnull=True)
    return [
        InvitationCard(
            id=row.pk,
            email=row.email,
            name=row.name,
            role_title=title_of(row.role),
            team=row.team.name if row.team else "",
            invited_by=row.invited_by.name,
            invited_at=row.invited_at,
            expires_at=row.expires_at,
            has_expired=row.expires_at <= actor.now,
        )
        for row in rows.select_related("role", "team", "invited_by").order_by("-invited_at", "-id")[:200]
    ]


def _away(day: date) -> dict[Any, Leave]:
    rows = Leave.objects.filter(from_on__lte=day, until_on__gte=day).select_related("covered_by")
    return {row.member_id: row for row in rows.order_by("until_on", "id")}


def _card(row: Any, leave: Leave | None) -> MemberCard:
    return MemberCard(
        id=row.pk,
        name=row.name,
        name_ar=row.name_ar,
        email=row.email,
        title=row.title,
        role_id=row.role_id,
        role_title=title_of(row.role),
        team_id=row.team_id,
        team=row.team.name if row.team else "",
        team_ar=row.team.name_ar if row.team else "",
        is_active=row.is_active,
        away_until=leave.until_on if leave else None,
        stand_in=leave.covered_by.name if leave and leave.covered_by else "",
        working_hours=row.working_hours,
        version=row.version,
    )
