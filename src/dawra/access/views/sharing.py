"""Who sees one record and why; sharing it, and ending that."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dawra.access import doors, kinds, queries
from dawra.access.actions import sharing as actions
from dawra.access.answering import put_into
from dawra.access.errors import Conflict, Invalid
from dawra.access.forms import NewShare
from dawra.access.record import Record
from dawra.access.register import opens
from dawra.access.requests import SignedRequest


@opens("team.read", record="any")
@require_GET
def who_sees(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    """A page of its own; as a dialog (htmx) only its piece."""
    return _page(request, _record(request, kind, record_id))


@opens("records.share", record="any")
@require_POST
def share(request: SignedRequest, kind: str, record_id: UUID) -> HttpResponse:
    record = _record(request, kind, record_id)
    form = NewShare(request.POST, whom=doors.directory().whom())
    if not form.is_valid():
        return _page(request, record, form, 422)
    try:
        entry = actions.share(request.actor, record=record, with_whom=form.whom(), reason=form.cleaned_data["reason"])
    except (Invalid, Conflict) as answer:
        return _page(request, record, form, put_into(form, answer))
    return doors.tell(request, _after(request, record), _("Shared."), undo=entry)


@opens("records.share", record="any")
@require_POST
def end(request: SignedRequest, kind: str, record_id: UUID, with_id: UUID) -> HttpResponse:
    record = _record(request, kind, record_id)
    entry = actions.end_share(request.actor, record=record, with_id=with_id)
    return doors.tell(request, _after(request, record), _("No longer shared."), undo=entry)


def _record(request: SignedRequest, kind: str, record_id: UUID) -> Record:
    return kinds.open_record(request.actor, kind, record_id)


def _after(request: SignedRequest, record: Record) -> HttpResponse:
    if request.htmx:
        return _page(request, record)
    return redirect("access:who_sees", record.kind, record.pk)


def _page(request: SignedRequest, record: Record, form: NewShare | None = None, status: int = 200) -> HttpResponse:
    actor = request.actor
    may_share = actor.may("records.share")
    takes = {
        "record": record,
        "who": queries.who_sees(actor, record),
        "form": form or (NewShare(whom=doors.directory().whom()) if may_share else None),
    }
    return render(request, "access/who_sees.html", takes, status=status)
