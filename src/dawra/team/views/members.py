"""Members: the page of everybody, each one's own page, leave, leaving and coming back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dawra.access import queries as access
from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.journal.telling import tell
from dawra.team import queries
from dawra.team.actions import members as actions
from dawra.team.forms.people import EditMember, LeaveDays, Leaving


@opens("team.read")
@require_GET
def members(request: SignedRequest) -> HttpResponse:
    """Everybody, along the team tree. 6 queries however many they are."""
    actor = request.actor
    everybody = queries.members(actor, active=None)
    teams = queries.teams(actor)
    by_team: dict[UUID | None, list[queries.MemberCard]] = {}
    for one in everybody:
        if one.is_active:
            by_team.setdefault(one.team_id, []).append(one)
    living = {team.id for team in teams}
    takes = {
        "branches": [{"team": team, "members": by_team.get(team.id, [])} for team in teams],
        "loose": [one for team_id, some in by_team.items() if team_id not in living for one in some],
        "left": [one for one in everybody if not one.is_active],
        "invitations": queries.invitations(actor) if actor.may("team.manage") else [],
        "may_manage": actor.may("team.manage"),
    }
    return render(request, "team/members.html", takes)


@opens("team.read")
@require_GET
def member(request: SignedRequest, member_id: UUID) -> HttpResponse:
    card = queries.member(request.actor, member_id)
    return _page(request, card)


@opens("team.manage")
@require_POST
def change(request: SignedRequest, member_id: UUID) -> HttpResponse:
    actor = request.actor
    card = queries.member(actor, member_id)
    form = _edit_form(request, card, request.POST)
    if not form.is_valid():
        return _page(request, card, edit=form, status=422)
    try:
        actions.change_member(actor, member_id=member_id, plan=form.said(), version=form.cleaned_data["version"])
    except (Invalid, Conflict) as answer:
        return _page(request, card, edit=form, status=put_into(form, answer))
    return tell(request, redirect("team:member", member_id), _("Saved."))


@opens()
@require_POST
def set_leave(request: SignedRequest, member_id: UUID) -> HttpResponse:
    """One's own, or anybody's for who manages the team: the action decides."""
    actor = request.actor
    if actor.member_id != member_id:
        actor.must("team.manage")
    form = _leave_form(request, member_id, request.POST)
    if not form.is_valid():
        return _leave_again(request, member_id, form, 422)
    try:
        actions.set_leave(actor, member_id=member_id, **form.said())
    except (Invalid, Conflict) as answer:
        return _leave_again(request, member_id, form, put_into(form, answer))
    return tell(request, redirect("team:member", member_id), _("Leave noted."))


@opens()
@require_POST
def remove_leave(request: SignedRequest, member_id: UUID, leave_id: int) -> HttpResponse:
    actions.remove_leave(request.actor, leave_id=leave_id)
    return tell(request, redirect("team:member", member_id), _("Leave taken back."))


@opens("team.manage")
@require_POST
def deactivate(request: SignedRequest, member_id: UUID) -> HttpResponse:
    actor = request.actor
    card = queries.member(actor, member_id)
    form = Leaving(request.POST, members=queries.members(actor), without=member_id)
    if not form.is_valid():
        return _page(request, card, leaving=form, status=422)
    try:
        counts = actions.deactivate(actor, member_id=member_id, heir_id=UUID(form.cleaned_data["heir"]))
    except (Invalid, Conflict) as answer:
        return _page(request, card, leaving=form, status=put_into(form, answer))
    moved = sum(counts.values())
    text = ngettext(
        "%(name)s can no longer sign in; %(moved)d record was handed over.",
        "%(name)s can no longer sign in; %(moved)d records were handed over.",
        moved,
    ) % {"name": card.name, "moved": moved}
    return tell(request, redirect("team:members"), text)


@opens("team.manage")
@require_POST
def reactivate(request: SignedRequest, member_id: UUID) -> HttpResponse:
    actions.reactivate(request.actor, member_id=member_id)
    return tell(request, redirect("team:member", member_id), _("Reactivated."))


def _page(
    request: SignedRequest,
    card: queries.MemberCard,
    *,
    edit: EditMember | None = None,
    leave: LeaveDays | None = None,
    leaving: Leaving | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    manages = actor.may("team.manage")
    mine = actor.member_id == card.id
    everybody = queries.members(actor)
    takes: dict[str, Any] = {
        "one": card,
        "may_manage": manages,
        "mine": mine,
        "leaves": queries.leaves_of(actor, card.id),
        "edit": (edit or _edit_form(request, card, None)) if manages else None,
        "leave": leave or _leave_form(request, card.id, None, everybody) if manages or mine else None,
        "leaving": leaving or Leaving(members=everybody, without=card.id) if manages and not mine else None,
    }
    return render(request, "team/member.html", takes, status=status)


def _edit_form(request: SignedRequest, card: queries.MemberCard, data: Any) -> EditMember:
    actor = request.actor
    start = {"role": str(card.role_id), "team": str(card.team_id or ""), "title": card.title, "version": card.version}
    return EditMember(
        data, initial=start, hours=card.working_hours, roles=access.roles(actor), teams=queries.teams(actor)
    )


def _leave_form(
    request: SignedRequest, member_id: UUID, data: Any, everybody: list[queries.MemberCard] | None = None
) -> LeaveDays:
    known = queries.members(request.actor) if everybody is None else everybody
    return LeaveDays(data, members=known, without=member_id, prefix="leave")


def _leave_again(request: SignedRequest, member_id: UUID, form: LeaveDays, status: int) -> HttpResponse:
    return _page(request, queries.member(request.actor, member_id), leave=form, status=status)
