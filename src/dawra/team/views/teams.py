"""The team tree."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.journal.telling import tell
from dawra.team import queries
from dawra.team.actions import teams as actions
from dawra.team.forms.people import EditTeam
from dawra.team.queries.people import teams_to_move_under


@opens("team.read")
@require_GET
def teams(request: SignedRequest) -> HttpResponse:
    return _tree(request, None)


@opens("team.manage")
@require_POST
def add(request: SignedRequest) -> HttpResponse:
    form = EditTeam(request.POST, teams=queries.teams(request.actor))
    if not form.is_valid():
        return _tree(request, form, 422)
    try:
        actions.add_team(request.actor, plan=form.said())
    except (Invalid, Conflict) as answer:
        return _tree(request, form, put_into(form, answer))
    return tell(request, redirect("team:teams"), _("Team added."))


@opens("team.manage")
@require_http_methods(["GET", "POST"])
def change(request: SignedRequest, team_id: UUID) -> HttpResponse:
    actor = request.actor
    card = queries.team(actor, team_id)
    start: dict[str, Any] = {
        "name": card.name,
        "name_ar": card.name_ar,
        "parent": str(card.parent_id or ""),
        "version": card.version,
    }
    form = EditTeam(request.POST or None, initial=start, teams=teams_to_move_under(actor, team_id))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.change_team(actor, team_id=team_id, plan=form.said(), version=form.cleaned_data["version"])
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return tell(request, redirect("team:teams"), _("Saved."))
    return render(request, "team/team.html", {"team": card, "form": form}, status=status)


@opens("team.manage")
@require_POST
def archive(request: SignedRequest, team_id: UUID) -> HttpResponse:
    actions.archive_team(request.actor, team_id=team_id)
    return tell(request, redirect("team:teams"), _("Team archived."))


def _tree(request: SignedRequest, form: EditTeam | None, status: int = 200) -> HttpResponse:
    actor = request.actor
    branches = queries.teams(actor)
    manages = actor.may("team.manage")
    takes = {
        "branches": branches,
        "may_manage": manages,
        "form": form or (EditTeam(teams=branches) if manages else None),
    }
    return render(request, "team/teams.html", takes, status=status)
