"""Roles: what they allow, how far they see, who holds them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dawra.access import doors, queries
from dawra.access.actions import roles as actions
from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid
from dawra.access.forms import EditRole
from dawra.access.register import opens
from dawra.access.requests import SignedRequest


@opens("access.roles")
@require_GET
def roles(request: SignedRequest) -> HttpResponse:
    return render(request, "access/roles.html", {"roles": queries.roles(request.actor)})


@opens("access.roles")
@require_http_methods(["GET", "POST"])
def add(request: SignedRequest) -> HttpResponse:
    return _edit(request, None, EditRole(request.POST or None, initial={"sees": "own"}))


@opens("access.roles")
@require_http_methods(["GET", "POST"])
def change(request: SignedRequest, role_id: UUID) -> HttpResponse:
    card = queries.role(request.actor, role_id)
    start = {"name": card.name, "sees": card.sees, "permissions": sorted(card.permissions)}
    return _edit(request, card, EditRole(request.POST or None, initial=start))


@opens("access.roles")
@require_POST
def remove(request: SignedRequest, role_id: UUID) -> HttpResponse:
    actions.remove_role(request.actor, role_id=role_id)
    return doors.tell(request, redirect("access:roles"), _("Role removed."))


def _edit(request: SignedRequest, card: queries.RoleCard | None, form: EditRole) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.save_role(request.actor, role_id=card.id if card else None, plan=form.said())
            except (Invalid, Conflict) as answer:
                status = put_into(form, answer)
            else:
                return doors.tell(request, redirect("access:roles"), _("Saved."))
    return render(request, "access/role.html", {"role": card, "form": form}, status=status)
