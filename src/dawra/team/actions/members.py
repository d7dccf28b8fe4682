"""What an administrator changes about members: role, team, leave; leaving and coming back."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actions.tokens import end_tokens_of
from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound, Refused
from dawra.access.models import Role
from dawra.access.rules import opens_the_house
from dawra.journal.actions import write
from dawra.journal.catalogue.team import LeaveSet, MemberChanged, MemberDeactivated, MemberReactivated
from dawra.journal.models import Entry
from dawra.team import rules
from dawra.team.actions.inviting import living_team
from dawra.team.changing import change
from dawra.team.models import Leave, Member, Workspace
from dawra.team.steps import INHERIT_STEPS

MOST_BATCHES = 2000


@dataclass(frozen=True, slots=True)
class MemberPlan:
    """working_hours: {"1": ["09:00", "17:00"]} by ISO weekday."""

    role_id: UUID
    team_id: UUID | None
    title: str
    working_hours: dict[str, list[str]]


@transaction.atomic
def change_member(actor: Actor, *, member_id: UUID, plan: MemberPlan, version: int | None = None) -> Entry | None:
    """Give a member another role, team, title or working hours. Another role ends their sessions.

    Writes:  team.member_changed.1 (nothing if nothing differs)
    Raises:  Refused, NotFound, Invalid, Conflict (the last administrator), Stale
    """
    actor.must("team.manage")
    _alone()
    member = _member(member_id)
    role = Role.objects.filter(pk=plan.role_id).first()
    if role is None:
        raise Invalid(_("Choose a role."), field="role")
    if role.pk != member.role_id:
        _may_give(actor, member.role, role)
        if opens_the_house(member.role.permissions) and not opens_the_house(role.permissions):
            _others_keep_the_keys(member)
    hours = rules.working_hours(plan.working_hours)
    if hours is None:
        raise Invalid(
            _("Write each day's hours as 09:00 and 17:00, the end after the beginning."), field="working_hours"
        )
    values: dict[str, Any] = {
        "role_id": role.pk,
        "team_id": None if plan.team_id is None else plan.team_id,
        "title": plan.title.strip()[:120],
        "working_hours": hours,
    }
    if plan.team_id != member.team_id:
        living_team(plan.team_id)
    before = {"role": member.role, "team": member.team}
    changes = change(member, values, version)
    if not changes:
        return None
    fresh = _member(member_id)
    said = {
        name.removesuffix("_id"): [
            _said(before[name.removesuffix("_id")]),
            _said(getattr(fresh, name.removesuffix("_id"))),
        ]
        if name in ("role_id", "team_id")
        else pair
        for name, pair in changes.items()
    }
    return write(actor, MemberChanged(member_id=member.pk, changes=said, member=member.name), about=[member])


@transaction.atomic
def set_leave(
    actor: Actor, *, member_id: UUID, from_on: date, until_on: date, covered_by_id: UUID | None = None
) -> Leave:
    """Note the days a member is away, both ends included, and who stands in. Everybody may note their own.

    Writes:  team.leave_set.1
    Raises:  Refused, NotFound, Invalid
    """
    if actor.member_id != member_id:
        actor.must("team.manage")
    member = _member(member_id)
    if not rules.leave_fits(from_on, until_on):
        raise Invalid(_("The last day comes after the first, within two years."), field="until_on")
    if covered_by_id == member_id:
        raise Invalid(_("Choose somebody else to stand in."), field="covered_by")
    if covered_by_id is not None and not Member.objects.filter(pk=covered_by_id, is_active=True).exists():
        raise Invalid(_("Choose an active member to stand in."), field="covered_by")
    if Leave.objects.filter(member=member, from_on__lte=until_on, until_on__gte=from_on).exists():
        raise Conflict(_("These days overlap with a leave already noted. Remove that one first."))
    leave = Leave.objects.create(member=member, from_on=from_on, until_on=until_on, covered_by_id=covered_by_id)
    fact = LeaveSet(member_id=member.pk, from_on=from_on.isoformat(), until_on=until_on.isoformat(), member=member.name)
    write(actor, fact, about=[member])
    return leave


@transaction.atomic
def remove_leave(actor: Actor, *, leave_id: int) -> None:
    """Take back days of leave; everybody may take back their own.

    Writes:  team.member_changed.1
    Raises:  Refused, NotFound
    """
    leave = Leave.objects.select_related("member").filter(pk=leave_id).first()
    if leave is None or (actor.member_id != leave.member_id and not actor.may("team.manage")):
        raise NotFound()
    days = f"{leave.from_on.isoformat()} – {leave.until_on.isoformat()}"
    leave.delete()
    fact = MemberChanged(member_id=leave.member_id, changes={"leave": [days, None]}, member=leave.member.name)
    write(actor, fact, about=[leave.member])


def hand_over(actor: Actor, *, member_id: UUID, heir_id: UUID) -> dict[str, int]:
    """Part of deactivating: open work goes to the heir, in transactions of at most 500 records; {"deals": 37}.

    Stopping half-way loses nothing: what was handed over stays, the rest goes the next time.
    """
    actor.must("team.manage")
    member, heir = _member(member_id), _heir(member_id, heir_id)
    total: Counter[str] = Counter()
    for step in INHERIT_STEPS:
        for _batch in range(MOST_BATCHES):
            with transaction.atomic():
                moved = step(member, heir, actor)
            total.update(moved)
            if not any(moved.values()):
                break
    return dict(total)


def deactivate(actor: Actor, *, member_id: UUID, heir_id: UUID) -> dict[str, int]:
    """Somebody leaves: open work goes to the heir, sessions and tokens end, the history stays.

    Writes:  team.member_deactivated.1, and what each handing over writes
    Raises:  Refused, NotFound, Invalid, Conflict (the last administrator, oneself)
    """
    actor.must("team.manage")
    with transaction.atomic():
        _may_leave(actor, member_id)
        _heir(member_id, heir_id)
    counts = hand_over(actor, member_id=member_id, heir_id=heir_id)
    return close_account(actor, member_id=member_id, heir_id=heir_id, counts=counts)


@transaction.atomic
def close_account(actor: Actor, *, member_id: UUID, heir_id: UUID, counts: dict[str, int]) -> dict[str, int]:
    """The last step of leaving, once the work is handed over: nobody signs in as this member any more.

    Writes:  team.member_deactivated.1
    Raises:  as deactivate
    """
    actor.must("team.manage")
    member = _may_leave(actor, member_id)
    heir = _heir(member_id, heir_id)
    change(member, {"is_active": False, "deactivated_at": actor.now}, None)
    end_tokens_of(actor, member_id)
    fact = MemberDeactivated(member_id=member.pk, heir_id=heir.pk, counts=counts, heir=heir.name, member=member.name)
    write(actor, fact, about=[member, heir])
    return counts


@transaction.atomic
def reactivate(actor: Actor, *, member_id: UUID) -> None:
    """Somebody comes back, with the role they had. Old tokens stay revoked.

    Writes:  team.member_reactivated.1
    Raises:  Refused, NotFound, Conflict
    """
    actor.must("team.manage")
    member = _member(member_id)
    if member.is_active:
        raise Conflict(_("This member is active."))
    _may_give(actor, member.role, member.role)
    change(member, {"is_active": True, "deactivated_at": None}, None)
    write(actor, MemberReactivated(member_id=member.pk, member=member.name), about=[member])


def _alone() -> None:
    """Two administrators who demote each other at once must not both succeed."""
    Workspace.objects.select_for_update().filter(pk=1).first()


def _member(member_id: UUID) -> Member:
    member: Member | None = Member.objects.select_related("role", "team").filter(pk=member_id).first()
    if member is None:
        raise NotFound()
    return member


def _heir(member_id: UUID, heir_id: UUID) -> Member:
    heir: Member | None = Member.objects.filter(pk=heir_id, is_active=True).exclude(pk=member_id).first()
    if heir is None:
        raise Invalid(_("Choose an active member who takes over the open work."), field="heir")
    return heir


def _may_leave(actor: Actor, member_id: UUID) -> Member:
    _alone()
    member = _member(member_id)
    if member.pk == actor.member_id:
        raise Conflict(_("You cannot deactivate yourself. Ask another administrator."))
    if not member.is_active:
        raise Conflict(_("This member has already been deactivated."))
    _may_give(actor, member.role, member.role)
    if opens_the_house(member.role.permissions):
        _others_keep_the_keys(member)
    return member


def _may_give(actor: Actor, before: Role, after: Role) -> None:
    """Whoever may manage members may not lift anybody, themselves included, above themselves."""
    if actor.everything or actor.may("access.roles"):
        return
    if not actor.permissions.issuperset({*before.permissions, *after.permissions}):
        raise Refused(_("You can only give or take roles that allow no more than your own."))


def _others_keep_the_keys(leaving: Member) -> None:
    keys = [role.pk for role in Role.objects.all() if opens_the_house(role.permissions)]
    if not Member.objects.filter(is_active=True, role_id__in=keys).exclude(pk=leaving.pk).exists():
        raise Conflict(_("This is the last administrator. Make somebody else one first."))


def _said(thing: Any) -> str | None:
    return None if thing is None else str(thing)
