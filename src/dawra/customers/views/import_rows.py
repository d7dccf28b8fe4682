"""Rows that need attention put right, one or many at once; and the whole import taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.customers.importing import correcting, looking, since, taking_back
from dawra.customers.importing.reporting import reason_of
from dawra.customers.models import ImportRow
from dawra.customers.models.importing import UNDONE


@opens("records.import")
@require_http_methods(["GET", "POST"])
def import_row(request: SignedRequest, import_id: UUID, row_id: int) -> HttpResponse:
    """Put the cells of a rejected row right and bring it in."""
    row = looking.one(request.actor, import_id)
    shown = correcting.one_waiting(row, row_id)
    said = request.POST
    cells = {at: said[f"cell_{at}"] for at in range(len(shown.cells)) if f"cell_{at}" in said} or dict(
        enumerate(shown.cells)
    )
    if request.method == "POST":
        changed = {at: cell for at, cell in cells.items() if cell != shown.cells[at]}
        came, left = correcting.correct(
            request.actor, import_=row, row_id=row_id, cells=changed, also_same=bool(said.get("same"))
        )
        if not any(one.pk == row_id for one in left):
            return _came(request, row.pk, came, left)
        shown = correcting.one_waiting(row, row_id)
    page = {
        "import": looking.card(row), "row": shown, "same": correcting.same_value(row, shown),
        "cells": [(at, shown.headers[at], cells.get(at, "")) for at in range(len(shown.cells)) if at != shown.index],
        "at_fault": cells.get(shown.index, "") if shown.index >= 0 else None,
        "dialog_title": _("Correct the row"),
    }  # fmt: skip
    return render(request, "customers/import_row.html", page, status=422 if request.method == "POST" else 200)


@opens("records.import")
@require_POST
def import_fix(request: SignedRequest, import_id: UUID, row_id: int) -> HttpResponse:
    """Use the cell that is known to be right."""
    row = looking.one(request.actor, import_id)
    shown = correcting.one_waiting(row, row_id)
    cells = {shown.fix.index: shown.fix.instead} if shown.fix else {}
    came, left = correcting.correct(request.actor, import_=row, row_id=row_id, cells=cells)
    return _came(request, row.pk, came, left)


@opens("records.import")
@require_POST
def import_skip(request: SignedRequest, import_id: UUID, row_id: int) -> HttpResponse:
    """Leave a rejected row out; it stays in the report and in the download."""
    row = looking.one(request.actor, import_id)
    correcting.skip(request.actor, import_=row, row_id=row_id)
    return _told(request, row.pk, _("The row is left out."))


@opens("records.import")
@require_POST
def import_alike(request: SignedRequest, import_id: UUID, file_id: UUID) -> HttpResponse:
    """Put right every row with the same thing wrong in the same column, where the right cell is known."""
    file = looking.file_of(request.actor, import_id, file_id)
    row = looking.one(request.actor, import_id)
    came, left = correcting.correct_alike(
        request.actor, import_=row, file_id=file.pk, code=request.POST.get("code", ""),
        column=request.POST.get("column", ""),
    )  # fmt: skip
    return _came(request, row.pk, came, left)


@opens("records.import")
@require_http_methods(["GET", "POST"])
def import_undo(request: SignedRequest, import_id: UUID) -> HttpResponse:
    """Ask about records edited since, then take the whole import back in the background."""
    row = looking.one(request.actor, import_id)
    if request.method == "POST":
        taking_back.begin_undo(request.actor, import_=row, edited=request.POST.get("edited") == "yes")
        return _told(request, row.pk, _("The import is being taken back."))
    count, edited = since.edited_since(request.actor, row)
    page = {
        "import": looking.card(row), "may_undo": taking_back.can_undo(row, request.now), "again": row.state == UNDONE,
        "edited": edited, "count": count, "more": count - len(edited),
        "left": taking_back.undo_of(row).edited, "dialog_title": _("Take back the import"),
        "may_delete": request.actor.may("customers.delete"),
    }  # fmt: skip
    return render(request, "customers/import_undo.html", page)


def _came(request: SignedRequest, import_id: UUID, came: int, left: list[ImportRow]) -> HttpResponse:
    told: list[Any] = []
    if came:
        told.append(ngettext("%(count)s row is in now.", "%(count)s rows are in now.", came) % {"count": came})
    if left:
        told.append(reason_of(left[0])[1])
    return _told(request, import_id, " ".join(told) or _("Nothing changed."))


def _told(request: SignedRequest, import_id: UUID, text: str) -> HttpResponse:
    """Back to the import, also out of a dialog, and said there."""
    messages.success(request, text)
    url = reverse("customers:import_one", args=[import_id])
    return HttpResponse(status=204, headers={"HX-Redirect": url}) if request.htmx else redirect(url)
